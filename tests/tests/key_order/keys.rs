//! The keys worth trying of each type, and the order that those of its bytes must have.

use jiff::civil;
use proptest::{collection::vec, prelude::*, sample::select};
use std::{
    cmp::Ordering,
    fmt::Debug,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZero,
    rc::Rc,
    sync::Arc,
    time::Duration,
};
use storage::key::{Key, Reverse};

/// A key type with an order of its own, to compare that of its bytes with, and the keys worth
/// trying.
pub(crate) trait Keys: Key + Clone + Debug {
    fn order(&self, other: &Self) -> Ordering;
    fn any() -> BoxedStrategy<Self>;
}

macro_rules! keys {
    ($($ty:ty, $order:expr, $any:expr;)*) => {$(
        impl Keys for $ty {
            fn order(&self, other: &Self) -> Ordering {
                $order(self, other)
            }

            fn any() -> BoxedStrategy<Self> {
                $any.boxed()
            }
        }
    )*};
}
macro_rules! integer_keys {
    ($($ty:ty)*) => {$(
        keys! {
            // Every order of magnitude is as likely as any other.
            $ty, Ord::cmp, (any::<$ty>(), 0..<$ty>::BITS).prop_map(|(bits, by)| bits >> by);
            NonZero<$ty>, Ord::cmp, <$ty>::any().prop_filter_map("zero", NonZero::new);
        }
    )*};
}
integer_keys!(u8 u16 u32 u64 u128 i8 i16 i32 i64 i128 usize isize);

const EDGES: [&str; 11] =
    ["\0", "\x01", "a", "b", "\x7F", "é", "中", "\u{FFFF}", "\u{10000}", "\u{1F525}", "\u{10FFFF}"];
const MOMENTS: &[i64] =
    &[i64::MIN, -1_000_000_001, -1_000_000_000, -1, 0, 1, 86_400_000_000_000, i64::MAX];
const NANOS: [u32; 6] = [0, 1, 255, 256, 999_999_998, 999_999_999];

keys! {
    bool, Ord::cmp, any::<bool>();
    char, Ord::cmp, any::<char>();
    f32, f32::total_cmp,
        prop_oneof![any::<u32>().prop_map(f32::from_bits), -2.0..2.0_f32, Just(-0.0)];
    f64, f64::total_cmp,
        prop_oneof![any::<u64>().prop_map(f64::from_bits), -2.0..2.0_f64, Just(-0.0)];
    String, Ord::cmp, vec(select(&EDGES[..]), 0..5).prop_map(|parts| parts.concat());
    Box<str>, Ord::cmp, String::any().prop_map(Into::into);
    Rc<str>, Ord::cmp, String::any().prop_map(Into::into);
    Arc<str>, Ord::cmp, String::any().prop_map(Into::into);
    smol_str::SmolStr, Ord::cmp, String::any().prop_map(Into::into);
    Vec<u8>, Ord::cmp, vec(select(vec![0, 1, b'a', 0xFE, 0xFF]), 0..6);
    Duration, Ord::cmp, (u64::any(), select(&NANOS[..])).prop_map(|(s, n)| Duration::new(s, n));
    Ipv4Addr, Ord::cmp, u32::any().prop_map(Ipv4Addr::from_bits);
    Ipv6Addr, Ord::cmp, u128::any().prop_map(Ipv6Addr::from_bits);
    IpAddr, Ord::cmp,
        prop_oneof![Ipv4Addr::any().prop_map(IpAddr::V4), Ipv6Addr::any().prop_map(IpAddr::V6)];
    uuid::Uuid, Ord::cmp, u128::any().prop_map(uuid::Uuid::from_u128);
    jiff::Timestamp, Ord::cmp,
        i128::any().prop_filter_map("range", |n| jiff::Timestamp::from_nanosecond(n >> 58).ok());
    civil::Date, Ord::cmp, (-9999..=9999_i16, 1..=12_i8, 1..=31_i8)
        .prop_filter_map("date", |(y, m, d)| civil::Date::new(y, m, d).ok());
    chrono::NaiveDate, Ord::cmp,
        i32::any().prop_filter_map("range", |day| chrono::NaiveDate::from_epoch_days(day >> 4));
    chrono::NaiveDateTime, Ord::cmp,
        (chrono::NaiveDate::any(), 0..86_400_u32, select(&NANOS[..]), 0..=1_u32)
        .prop_filter_map("leap", |(date, second, nano, leap)| {
            let nano = nano + leap * 1_000_000_000;
            chrono::Timelike::with_nanosecond(&date.and_hms_opt(0, 0, 0)?, nano)?
                .checked_add_signed(chrono::TimeDelta::seconds(second.into()))
        });
    chrono::DateTime<chrono::Utc>, Ord::cmp, chrono::NaiveDateTime::any().prop_map(|v| v.and_utc());
    chrono::DateTime<chrono::Local>, Ord::cmp, select(MOMENTS)
        .prop_map(|at| chrono::DateTime::from_timestamp_nanos(at).with_timezone(&chrono::Local));
    // Of one moment, the offset decides.
    chrono::DateTime<chrono::FixedOffset>,
        |a: &Self, b: &Self| a.cmp(b).then(a.offset().local_minus_utc().cmp(&b.offset().local_minus_utc())),
        (select(MOMENTS), chrono::FixedOffset::any())
        .prop_map(|(at, offset)| chrono::DateTime::from_timestamp_nanos(at).with_timezone(&offset));
    time::OffsetDateTime,
        |a: &Self, b: &Self| a.cmp(b).then(a.offset().whole_seconds().cmp(&b.offset().whole_seconds())),
        (select(MOMENTS), time::UtcOffset::any()).prop_map(|(at, offset)| {
            time::OffsetDateTime::from_unix_timestamp_nanos(at.into()).unwrap().to_offset(offset)
        });
    civil::DateTime, Ord::cmp, (civil::Date::any(), civil::Time::any())
        .prop_map(|(date, time)| date.to_datetime(time));
    civil::Time, Ord::cmp, (0..24_i8, 0..60_i8, 0..60_i8, select(&NANOS[..]))
        .prop_map(|(h, m, s, n)| civil::time(h, m, s, n as i32));
    chrono::NaiveTime, Ord::cmp, chrono::NaiveDateTime::any().prop_map(|v| v.time());
    time::PrimitiveDateTime, Ord::cmp, (time::Date::any(), time::Time::any())
        .prop_map(|(date, time)| Self::new(date, time));
    time::UtcDateTime, Ord::cmp, (time::Date::any(), time::Time::any())
        .prop_map(|(date, time)| Self::new(date, time));
    time::Date, Ord::cmp, (time::Date::MIN.to_julian_day()..=time::Date::MAX.to_julian_day())
        .prop_map(|day| Self::from_julian_day(day).unwrap());
    time::Time, Ord::cmp, (0..24_u8, 0..60_u8, 0..60_u8, select(&NANOS[..]))
        .prop_map(|(h, m, s, n)| Self::from_hms_nano(h, m, s, n).unwrap());
    jiff::SignedDuration, Ord::cmp, (i64::any(), select(&NANOS[..])).prop_map(|(s, n)| {
        Self::new(s, if s < 0 { -(n as i32) } else { n as i32 })
    });
    time::Duration, Ord::cmp, jiff::SignedDuration::any()
        .prop_map(|v| Self::new(v.as_secs(), v.subsec_nanos()));
    chrono::TimeDelta, Ord::cmp, (i64::any(), select(&NANOS[..]))
        .prop_filter_map("range", |(s, n)| Self::new(s, n));
    jiff::tz::Offset, Ord::cmp, (-93_599..=93_599).prop_map(|s| Self::from_seconds(s).unwrap());
    // Its own order ties offsets west of UTC that differ.
    time::UtcOffset, |a: &Self, b: &Self| a.whole_seconds().cmp(&b.whole_seconds()),
        (-93_599..=93_599).prop_map(|s| Self::from_whole_seconds(s).unwrap());
    chrono::FixedOffset, |a: &Self, b: &Self| a.local_minus_utc().cmp(&b.local_minus_utc()),
        (-86_399..=86_399).prop_map(|s| Self::east_opt(s).unwrap());
}

impl<K: Keys> Keys for Option<K> {
    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Some(a), Some(b)) => a.order(b),
            (a, b) => a.is_some().cmp(&b.is_some()),
        }
    }

    fn any() -> BoxedStrategy<Self> {
        proptest::option::of(K::any()).boxed()
    }
}

impl<K: Keys> Keys for Reverse<K> {
    fn order(&self, other: &Self) -> Ordering {
        other.0.order(&self.0)
    }

    fn any() -> BoxedStrategy<Self> {
        K::any().prop_map(Reverse).boxed()
    }
}

impl<K: Keys, const N: usize> Keys for [K; N] {
    fn order(&self, other: &Self) -> Ordering {
        self.iter().zip(other).fold(Ordering::Equal, |order, (a, b)| order.then_with(|| a.order(b)))
    }

    fn any() -> BoxedStrategy<Self> {
        vec(K::any(), N).prop_map(|keys| keys.try_into().unwrap()).boxed()
    }
}

macro_rules! tuple_keys {
    ($($K:ident $i:tt)*) => {
        impl<$($K: Keys),*> Keys for ($($K,)*) {
            fn order(&self, other: &Self) -> Ordering {
                Ordering::Equal$(.then_with(|| self.$i.order(&other.$i)))*
            }

            fn any() -> BoxedStrategy<Self> {
                ($($K::any(),)*).boxed()
            }
        }
    };
}
tuple_keys!(A 0);
tuple_keys!(A 0 B 1);
tuple_keys!(A 0 B 1 C 2);
tuple_keys!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);
