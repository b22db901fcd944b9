//! Keys sort as their values do, alone and in every place of a composite key, and come back as they
//! went in.
//!
//! The lists are the values that other stores got wrong; the properties hold for 100 000 pairs of
//! each type. `PROPTEST_CASES` raises their number.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test fails by panicking"
)]

mod enums;
mod keys;

use enums::Sender;
use jiff::civil;
use keys::Keys;
use proptest::{
    collection::vec,
    prelude::*,
    sample::{Index, select},
    test_runner::{Config, TestCaseResult, TestRunner},
};
use std::{
    cmp::Ordering,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZero,
    rc::Rc,
    sync::Arc,
    time::Duration,
};
use storage::key::{
    Key, KeyBuf, KeyReader, Lookup, MAX_KEY_LEN, Place, Reverse, decode, describe, encode,
};

const PLACES: [Place; 2] = [Place::Inner, Place::Last];

/// All pairs of this many keys are compared in one case: 120.
const KEYS_PER_CASE: usize = 16;
const CASES: u32 = 840;

// ---- The lists ----

#[test]
fn integers_in_order() {
    macro_rules! check {
        ($($ty:ty)*) => {$(
            let mut keys: Vec<$ty> =
                INTEGERS.iter().filter_map(|i| <$ty>::try_from(*i).ok()).collect();
            keys.extend([<$ty>::MIN, <$ty>::MIN + 1, <$ty>::MAX - 1, <$ty>::MAX]);
            keys.sort_unstable();
            keys.dedup();
            ascending(&keys);
            let keys: Vec<_> = keys.into_iter().filter_map(NonZero::<$ty>::new).collect();
            ascending(&keys);
        )*};
    }
    check!(u8 u16 u32 u64 u128 i8 i16 i32 i64 i128);
}

const INTEGERS: [i128; 14] =
    [-4_294_967_295, -65_536, -256, -255, -128, -2, -1, 0, 1, 127, 255, 256, 65_535, 65_536];

#[test]
fn floats_in_total_order() {
    let f64s = [
        -f64::NAN,
        f64::NEG_INFINITY,
        f64::MIN,
        -1e10,
        -1.0,
        -f64::MIN_POSITIVE,
        -5e-324,
        -0.0,
        0.0,
        5e-324,
        f64::MIN_POSITIVE,
        1.0,
        1e10,
        f64::MAX,
        f64::INFINITY,
        f64::NAN,
    ];
    ascending(&f64s);
    let f32s = [
        -f32::NAN,
        f32::NEG_INFINITY,
        f32::MIN,
        -1e10,
        -1.0,
        -f32::MIN_POSITIVE,
        -1e-45,
        -0.0,
        0.0,
        1e-45,
        f32::MIN_POSITIVE,
        1.0,
        1e10,
        f32::MAX,
        f32::INFINITY,
        f32::NAN,
    ];
    ascending(&f32s);
}

const TEXTS: [&str; 17] = [
    "",
    "\0",
    "\0\0",
    "\0\x01",
    "\x01",
    "a",
    "a\0",
    "a\0b",
    "a\x01",
    "aa",
    "ab",
    "b",
    "é",
    "中文",
    "\u{FFFF}",
    "\u{1F525}",
    "\u{10FFFF}",
];

#[test]
fn text_and_bytes_in_order() {
    ascending(&TEXTS.map(str::to_owned));
    let mut bytes: Vec<Vec<u8>> = TEXTS.iter().map(|text| text.as_bytes().to_vec()).collect();
    bytes.extend([vec![0xFF], vec![0xFF, 0x00], vec![0xFF, 0xFF], vec![0xFF; MAX_KEY_LEN]]);
    ascending(&bytes);
    ascending(&[false, true]);
    ascending(&['\0', 'a', 'é', '\u{D7FF}', '\u{E000}', '\u{FFFF}', '\u{10000}', char::MAX]);
}

#[test]
fn options_and_composites_in_order() {
    let text = |text: &str| text.to_owned();
    ascending(&[None, Some(text("")), Some(text("\0")), Some(text("a"))]);
    ascending(&[None, Some(None), Some(Some(0_u8)), Some(Some(1))]);
    ascending(&[(None, 1), (Some(0_u32), 0_i8), (Some(0), 1)]);
    ascending(&[
        (text(""), text("b")),
        (text("a"), text("")),
        (text("a"), text("b")),
        (text("a"), text("bc")),
        (text("ab"), text("")),
        (text("ab"), text("c")),
    ]);
    ascending(&[
        ((text("a"), 1_u8), text("\0")),
        ((text("a"), 2), text("")),
        ((text("a\0"), 0), text("")),
    ]);
    ascending(&[[text("a"), text("b")], [text("a\0"), text("")], [text("a\x01"), text("")]]);
    ascending(&[[0_u8; 16], [1; 16], [0xFF; 16]]);
    ascending(&[[0_u8; 0]]);
    ascending(&[Reverse(text("b")), Reverse(text("a\0")), Reverse(text("a")), Reverse(text(""))]);
    ascending(&[(Reverse(2_u64), text("a")), (Reverse(1), text("")), (Reverse(1), text("a"))]);
}

#[test]
fn addresses_and_durations_in_order() {
    let v4 = ["0.0.0.0", "9.255.255.255", "10.0.0.0", "255.255.255.255"];
    let v4: Vec<Ipv4Addr> = v4.iter().map(|text| text.parse().unwrap()).collect();
    let v6: Vec<Ipv6Addr> =
        ["::", "::1", "1::", "ff02::1"].map(|text| text.parse().unwrap()).into();
    ascending(&v4);
    ascending(&v6);
    let both = v4.into_iter().map(IpAddr::V4).chain(v6.into_iter().map(IpAddr::V6));
    ascending(&both.collect::<Vec<_>>());
    ascending(&[
        Duration::ZERO,
        Duration::from_nanos(1),
        Duration::new(0, 999_999_999),
        Duration::from_secs(1),
        Duration::from_secs(256),
        Duration::MAX,
    ]);
}

#[test]
fn moments_before_1970_come_before_those_after() {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
    use jiff::{Timestamp, civil::Date};

    let nanos = [-1_000_000_001, -1_000_000_000, -999_999_999, -1, 0, 1, 1_000_000_000, 256 << 32];
    let mut keys = vec![Timestamp::MIN];
    keys.extend(nanos.map(|nanos| Timestamp::from_nanosecond(nanos).unwrap()));
    keys.push(Timestamp::MAX);
    ascending(&keys);

    let mut keys = vec![DateTime::<Utc>::MIN_UTC];
    keys.extend(nanos.map(|nanos| DateTime::from_timestamp_nanos(nanos.try_into().unwrap())));
    // A leap second lies between the second before it and the one after it.
    keys.extend(
        [(59, 0), (59, 1_500_000_000), (60, 0)].map(|(second, nanos)| {
            DateTime::from_timestamp(1_483_228_740 + second, nanos).unwrap()
        }),
    );
    keys.push(DateTime::<Utc>::MAX_UTC);
    ascending(&keys);
    ascending(&keys.iter().map(DateTime::naive_utc).collect::<Vec<NaiveDateTime>>());

    let days =
        [(-9999, 1, 1), (-1, 12, 31), (0, 1, 1), (1969, 12, 31), (1970, 1, 1), (9999, 12, 31)];
    ascending(&days.map(|(year, month, day)| Date::new(year, month, day).unwrap()));
    let days = days.map(|(year, month, day)| {
        NaiveDate::from_ymd_opt(year.into(), month.unsigned_abs().into(), day.unsigned_abs().into())
            .unwrap()
    });
    ascending(&[&[NaiveDate::MIN], &days[..], &[NaiveDate::MAX]].concat());
}

/// Checks all pairs of keys that are given in ascending order, in every place.
fn ascending<K: Keys>(keys: &[K]) {
    for (index, a) in keys.iter().enumerate() {
        comes_back(a).unwrap();
        for b in &keys[index + 1..] {
            pair(a, b).unwrap();
            for (place, lower, upper) in in_every_place(a, b) {
                assert!(lower < upper, "{}, {place}: {a:?} sorts behind {b:?}", describe::<K>());
            }
        }
    }
}

/// The lesser and the greater key as parts of other keys, with neighbours that pull the other way.
fn in_every_place<K: Keys>(a: &K, b: &K) -> [(&'static str, KeyBuf, KeyBuf); 9] {
    let (none, some) = (None::<K>, Some(a.clone()));
    [
        ("alone", encode::<K>(a), encode::<K>(b)),
        ("first", encode::<(K, u8)>(&(a, 255)), encode::<(K, u8)>(&(b, 0))),
        ("before text", encode::<(K, String)>(&(a, "\u{10FFFF}")), encode::<(K, String)>(&(b, ""))),
        (
            "in the middle",
            encode::<(String, K, u8)>(&("x", a, 255)),
            encode::<(String, K, u8)>(&("x", b, 0)),
        ),
        ("last", encode::<(String, K)>(&("x", a)), encode::<(String, K)>(&("x", b))),
        ("reversed", encode::<Reverse<K>>(&Reverse(b)), encode::<Reverse<K>>(&Reverse(a))),
        (
            "reversed, first",
            encode::<(Reverse<K>, u8)>(&(Reverse(b), 255)),
            encode::<(Reverse<K>, u8)>(&(Reverse(a), 0)),
        ),
        ("optional", encode::<Option<K>>(&none), encode::<Option<K>>(&some)),
        ("in an array", encode::<[K; 2]>(&[a, b]), encode::<[K; 2]>(&[b, a])),
    ]
}

// ---- The laws ----

/// Order, identity and freedom of prefixes.
fn pair<K: Keys>(a: &K, b: &K) -> TestCaseResult {
    let order = a.order(b);
    for place in PLACES {
        let (a_bytes, b_bytes) = (bytes(a, place), bytes(b, place));
        prop_assert_eq!(a_bytes.cmp(&b_bytes), order, "{:?} and {:?}, {:?}", a, b, place);
    }
    if order != Ordering::Equal {
        let (a_bytes, b_bytes) = (bytes(a, Place::Inner), bytes(b, Place::Inner));
        prop_assert!(!a_bytes.starts_with(&b_bytes), "{:?} starts with {:?}", a, b);
        prop_assert!(!b_bytes.starts_with(&a_bytes), "{:?} starts with {:?}", b, a);
    }
    Ok(())
}

/// What was encoded is decoded, takes as many bytes as it says and leaves alone what follows it.
fn comes_back<K: Keys>(key: &K) -> TestCaseResult {
    for place in PLACES {
        let mut encoded = bytes(key, place);
        if let Some(width) = K::WIDTH {
            prop_assert_eq!(encoded.len(), width);
        }
        let follower: &[u8] = if place == Place::Inner { b"\0\xFF" } else { b"" };
        encoded.extend(follower);
        let mut input = KeyReader::new(&encoded);
        let decoded = K::from_ref(K::decode(&mut input, place)?);
        prop_assert_eq!(decoded.order(key), Ordering::Equal, "{:?} became {:?}", key, decoded);
        prop_assert_eq!(input.rest(), follower);
    }
    Ok(())
}

/// Bytes are refused, or they are the encoding of what they are read as.
fn read<K: Keys>(input: &[u8]) -> TestCaseResult {
    if let Ok(key) = decode::<K>(input) {
        prop_assert_eq!(&*encode::<K>(&K::from_ref(key)), input);
    }
    let mut reader = KeyReader::new(input);
    if let Ok(key) = K::decode(&mut reader, Place::Inner) {
        let mut encoded = bytes(&K::from_ref(key), Place::Inner);
        encoded.extend(reader.rest());
        prop_assert_eq!(&*encoded, input);
    }
    Ok(())
}

fn bytes<K: Key>(key: &K, place: Place) -> KeyBuf {
    let mut bytes = KeyBuf::new();
    Lookup::<K>::encode(key, &mut bytes, place);
    bytes
}

fn run<K: Keys, S: Strategy>(strategy: &S, law: impl Fn(S::Value) -> TestCaseResult) {
    let config = Config::default();
    let cases = config.cases.max(CASES);
    let mut runner = TestRunner::new(Config { cases, failure_persistence: None, ..config });
    if let Err(failure) = runner.run(strategy, law) {
        panic!("{}: {failure}", describe::<K>());
    }
}

fn laws<K: Keys>() {
    run::<K, _>(&vec(K::any(), KEYS_PER_CASE), |keys| {
        for (index, a) in keys.iter().enumerate() {
            comes_back(a)?;
            keys[index + 1..].iter().try_for_each(|b| pair(a, b))?;
        }
        Ok(())
    });
    let byte = prop_oneof![select(vec![0_u8, 1, 2, 4, 6, 0x7F, 0x80, 0xFE, 0xFF]), any::<u8>()];
    run::<K, _>(&vec(vec(byte.clone(), 0..40), 4), |inputs| {
        inputs.iter().try_for_each(|input| read::<K>(input))
    });
    // One byte from a key: the nearest there is to one.
    let damage = (K::any(), any::<Index>(), byte, any::<bool>());
    run::<K, _>(&vec(damage, 4), |damaged| {
        for (key, at, byte, cut) in &damaged {
            for place in PLACES {
                let mut bytes = bytes(key, place).to_vec();
                let at = at.index(bytes.len() + 1);
                match bytes.get_mut(at) {
                    Some(_) if *cut => bytes.truncate(at),
                    Some(old) => *old = *byte,
                    None => bytes.push(*byte),
                }
                read::<K>(&bytes)?;
            }
        }
        Ok(())
    });
}

macro_rules! laws {
    ($($test:ident: $($ty:ty),*;)*) => {$(
        #[test]
        fn $test() {
            $(laws::<$ty>();)*
        }
    )*};
}
laws! {
    laws_of_unsigned_integers: u8, u16, u32, u64, u128, NonZero<u64>;
    laws_of_signed_integers: i8, i16, i32, i64, i128, NonZero<i32>;
    laws_of_words: usize, isize, NonZero<usize>, NonZero<isize>;
    laws_of_floats: f32, f64, bool, char;
    laws_of_text: String, Vec<u8>;
    laws_of_text_of_other_owners: Box<str>, Rc<str>, Arc<str>, smol_str::SmolStr;
    laws_of_options: Option<u32>, Option<String>, Option<Option<bool>>;
    laws_of_arrays: [u8; 16], [i32; 3], [String; 2], [[Vec<u8>; 2]; 2];
    laws_of_tuples: (i8,), (String, u32), (Vec<u8>, String), (Option<String>, f64, Vec<u8>);
    laws_of_nested_tuples: ((String, u8), (Option<i16>, String)), Option<(String, String)>;
    laws_of_the_longest_tuple: Twelve;
    laws_of_reverse: Reverse<u64>, Reverse<String>, Reverse<Reverse<Vec<u8>>>, Reverse<f64>;
    laws_of_reversed_parts: (Reverse<String>, String), Option<Reverse<(String, i8)>>,
        [Reverse<Option<String>>; 2], (String, Reverse<(Vec<u8>, Reverse<u16>)>, bool);
    laws_of_enums: Sender, Option<Sender>, (Sender, Sender), [Sender; 2];
    laws_of_reversed_enums: Reverse<Sender>, (Reverse<Sender>, u8);
    laws_of_addresses: Ipv4Addr, Ipv6Addr, IpAddr, uuid::Uuid;
    laws_of_spans_and_days: Duration, civil::Date, chrono::NaiveDate;
    laws_of_moments: jiff::Timestamp, chrono::DateTime<chrono::Utc>, chrono::NaiveDateTime;
    laws_of_moments_of_the_machine: chrono::DateTime<chrono::Local>;
    laws_of_moments_with_offsets: chrono::DateTime<chrono::FixedOffset>, time::OffsetDateTime;
    laws_of_clocks: civil::DateTime, civil::Time, chrono::NaiveTime, time::PrimitiveDateTime, time::Time;
    laws_of_moments_and_days_of_time: time::UtcDateTime, time::Date;
    laws_of_signed_durations: jiff::SignedDuration, chrono::TimeDelta, time::Duration;
    laws_of_offsets: jiff::tz::Offset, chrono::FixedOffset, time::UtcOffset;
}

type Twelve = (u8, i16, String, bool, char, Vec<u8>, u64, Option<i8>, f32, String, i128, String);
