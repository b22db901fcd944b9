//! Types of fixed width that stand in the form of another one: characters, identifiers, addresses, times.
//!
//! ```text
//! char                        uint
//! usize, isize                ulong, long; what this machine's words cannot hold is refused
//! u128, i128                  struct of two halves, the lower one first
//! NonZero                     as the integer; 0 and a missing one are refused
//! Uuid, Ipv4Addr, Ipv6Addr    struct of 16 or 4 bytes, in the order in which they are printed
//! IpAddr, SocketAddr          struct with the version, 4 or 6; what version 4 does not have is zero
//! keys of time                struct of the parts of their keys, such as seconds and nanoseconds
//! ```
//!
//! The verifier refuses a form that is no value, so a view has the value itself.

use super::{
    bytes::Table,
    kind::{Default, Extent, Fixed, FlatLeaf, FlatType, Inline, Item, Leaf},
    leaf::{Number, Primitive},
    parts::FormParts,
    verify::{Verdict, Verifier, refuse},
    writer::Writer,
};
use crate::{
    codec::StoredAs, error::FlatFault, invariant::Invariant as _, key::KeptAs,
    schema::for_each_integer,
};
use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::NonZero,
    time::{Duration, SystemTime},
};

/// A type whose values stand in the form of another one.
pub trait FlatAs: FlatLeaf<Leaf = As> + fmt::Debug {
    /// The form.
    type Form: FlatLeaf<Leaf: Fixed<Self::Form>>;
    /// Whether it must be there, without `Option`.
    const REQUIRED: bool;

    /// The form of a value; `None` for one that has none.
    fn to_form(value: &Self) -> Option<Self::Form>;
    /// The value of a form; `None` for a form of no value.
    fn of_form(form: Self::Form) -> Option<Self>;
    /// What is read where nothing was verified.
    fn fallback() -> Self;
}

/// The leaf of such types.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct As;

type FormLeaf<T> = <<T as FlatAs>::Form as FlatLeaf>::Leaf;

/// The value whose form lies at `at`.
#[inline]
fn value_at<T: FlatAs>(bytes: &[u8], at: usize) -> Option<T> {
    T::of_form(FormLeaf::<T>::read(bytes, at))
}

impl<T: FlatAs> Leaf<T> for As {
    const SIZE: usize = <FormLeaf<T> as Leaf<T::Form>>::SIZE;
    const ALIGN: usize = <FormLeaf<T> as Leaf<T::Form>>::ALIGN;
    const RANK: usize = <FormLeaf<T> as Leaf<T::Form>>::RANK;
    const PLAIN: bool = false;
    const EXTENT: Extent = Extent::Inline;
    const REQUIRED: bool = T::REQUIRED;
    type Ready = ();
    type View<'a> = T;

    #[inline]
    fn prepare(value: &T, out: &mut Writer) {
        if T::to_form(value).is_none() {
            out.refuse(FlatFault::OutOfRange);
        }
    }

    #[inline]
    fn store(value: &T, (): (), place: &mut [u8], _: usize) {
        <Self as Fixed<T>>::write(value, place);
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict {
        if !FormLeaf::<T>::PLAIN {
            FormLeaf::<T>::verify(verifier, at)?;
        }
        match value_at::<T>(verifier.bytes(), at) {
            Some(_) => Ok(()),
            None => refuse(FlatFault::OutOfRange, at),
        }
    }

    #[inline]
    fn view(bytes: &[u8], at: usize) -> T {
        value_at(bytes, at).unwrap_or_else(T::fallback)
    }

    #[inline]
    fn own(view: T) -> Verdict<T> {
        Ok(view)
    }

    fn show(view: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(view, f)
    }

    fn missing(table: Table<'_>, default: Default) -> T {
        let form = FormLeaf::<T>::own(FormLeaf::<T>::missing(table, default));
        form.ok().and_then(T::of_form).unwrap_or_else(T::fallback)
    }

    #[inline]
    fn is_default(value: &T, default: Default) -> bool {
        T::to_form(value).is_some_and(|form| FormLeaf::<T>::is_default(&form, default))
    }
}

impl<T: FlatAs> Fixed<T> for As {
    #[inline]
    fn read(bytes: &[u8], at: usize) -> T {
        <Self as Leaf<T>>::view(bytes, at)
    }

    #[inline]
    fn write(value: &T, place: &mut [u8]) {
        match T::to_form(value) {
            Some(form) => FormLeaf::<T>::write(&form, place),
            // `prepare` has refused the value.
            None => place.fill(0),
        }
    }

    fn print(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(value, f)
    }
}

impl<T: FlatAs> Item<T> for As {}

/// Types by their form: `[whether they are required] Type as Form, to, of, fallback;`.
macro_rules! forms {
    ($([$required:expr] $ty:ty as $form:ty, $to:expr, $of:expr, $fallback:expr;)*) => {$(
        impl FlatType for $ty {
            type Kind = Inline;
        }

        impl FlatLeaf for $ty {
            type Leaf = As;
        }

        impl FlatAs for $ty {
            type Form = $form;
            const REQUIRED: bool = $required;

            #[inline]
            fn to_form(value: &Self) -> Option<$form> {
                let to: fn(&Self) -> Option<$form> = $to;
                to(value)
            }

            #[inline]
            fn of_form(form: $form) -> Option<Self> {
                let of: fn($form) -> Option<Self> = $of;
                of(form)
            }

            fn fallback() -> Self {
                $fallback
            }
        }
    )*};
}

forms! {
    [false] char as u32, |char| Some((*char).into()), Self::from_u32, Self::default();
    [false] usize as u64, |word| u64::try_from(*word).ok(), |form| Self::try_from(form).ok(), 0;
    [false] isize as i64, |word| i64::try_from(*word).ok(), |form| Self::try_from(form).ok(), 0;
    [true] NonZero<usize> as u64, |word| word.get().try_into().ok(),
        |form| form.try_into().ok().and_then(Self::new), Self::MIN;
    [true] NonZero<isize> as i64, |word| word.get().try_into().ok(),
        |form| form.try_into().ok().and_then(Self::new), Self::MIN;
    [true] Ipv4Addr as [u8; 4], |ip| Some(ip.octets()), |octets| Some(octets.into()),
        Self::UNSPECIFIED;
    [true] Ipv6Addr as [u8; 16], |ip| Some(ip.octets()), |octets| Some(octets.into()),
        Self::UNSPECIFIED;
    [true] IpAddr as FormParts<(u8, [u8; 16])>, |ip| Some(FormParts(versioned(*ip))),
        |FormParts((version, octets))| of_version(version, octets), Ipv4Addr::UNSPECIFIED.into();
    [true] SocketAddrV4 as FormParts<(Ipv4Addr, u16)>, |socket| Some(FormParts((*socket.ip(), socket.port()))),
        |FormParts((ip, port))| Some(Self::new(ip, port)), Self::new(Ipv4Addr::UNSPECIFIED, 0);
    [true] SocketAddrV6 as FormParts<(Ipv6Addr, u16, u32, u32)>,
        |v6| Some(FormParts((*v6.ip(), v6.port(), v6.flowinfo(), v6.scope_id()))),
        |FormParts((ip, port, flow, scope))| Some(Self::new(ip, port, flow, scope)),
        Self::new(Ipv6Addr::UNSPECIFIED, 0, 0, 0);
    [true] SocketAddr as FormParts<(IpAddr, u16, u32, u32)>, |socket| Some(FormParts(socket_parts(*socket))),
        |FormParts(parts)| of_socket_parts(parts), SocketAddrV4::fallback().into();
}

/// Types that may have a default: those that stand in the form of a number.
macro_rules! numbers {
    ($($ty:ty as $form:ty;)*) => {$(
        impl Number<$ty> for As {
            #[inline]
            fn bits(value: &$ty) -> u64 {
                <$ty as FlatAs>::to_form(value).map_or(0, |form| Primitive::bits(&form))
            }
        }
    )*};
}
numbers! {
    char as u32;
    usize as u64;
    isize as i64;
}

const V4: u8 = 4;
const V6: u8 = 6;

fn versioned(ip: IpAddr) -> (u8, [u8; 16]) {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, d] = ip.octets();
            (V4, [a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
        }
        IpAddr::V6(ip) => (V6, ip.octets()),
    }
}

fn of_version(version: u8, octets: [u8; 16]) -> Option<IpAddr> {
    match (version, octets) {
        (V4, [a, b, c, d, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]) => {
            Some(Ipv4Addr::new(a, b, c, d).into())
        }
        (V6, octets) => Some(Ipv6Addr::from(octets).into()),
        _ => None,
    }
}

fn socket_parts(socket: SocketAddr) -> (IpAddr, u16, u32, u32) {
    let (flow, scope) = match socket {
        SocketAddr::V4(_) => (0, 0),
        SocketAddr::V6(v6) => (v6.flowinfo(), v6.scope_id()),
    };
    (socket.ip(), socket.port(), flow, scope)
}

fn of_socket_parts((ip, port, flow, scope): (IpAddr, u16, u32, u32)) -> Option<SocketAddr> {
    match (ip, flow, scope) {
        (IpAddr::V4(ip), 0, 0) => Some(SocketAddrV4::new(ip, port).into()),
        (IpAddr::V4(_), ..) => None,
        (IpAddr::V6(ip), ..) => Some(SocketAddrV6::new(ip, port, flow, scope).into()),
    }
}

#[cfg(feature = "uuid")]
forms! {
    [true] uuid::Uuid as [u8; 16], |uuid| Some(uuid.into_bytes()),
        |bytes| Some(Self::from_bytes(bytes)), Self::nil();
}

forms! {
    [true] u128 as FormParts<(u64, u64)>, |number| Some(FormParts(halves(*number))),
        |FormParts((low, high))| Some(whole(low, high)), 0;
    [true] i128 as FormParts<(u64, i64)>,
        |number| {
            let (low, high) = halves(number.cast_unsigned());
            Some(FormParts((low, high.cast_signed())))
        },
        |FormParts((low, high))| Some(whole(low, high.cast_unsigned()).cast_signed()), 0;
}

/// The lower and the upper half of a number.
fn halves(number: u128) -> (u64, u64) {
    let low = u64::try_from(number & u128::from(u64::MAX));
    (low.invariant("a half is kept"), u64::try_from(number >> 64).invariant("a half is left"))
}

fn whole(low: u64, high: u64) -> u128 {
    u128::from(high) << 64 | u128::from(low)
}

macro_rules! non_zero {
    ($int:ident $scalar:ident) => {
        forms! {
            [true] NonZero<$int> as $int, |number| Some(number.get()), Self::new, Self::MIN;
        }
    };
}
for_each_integer!(non_zero);

forms! {
    [true] Duration as FormParts<(u64, u32)>, |span| Some(FormParts(span.to_base())),
        |FormParts(base)| Self::from_base(base), Self::ZERO;
    [true] SystemTime as FormParts<(i64, u32)>, |moment| moment.to_form().ok().map(FormParts),
        |FormParts(form)| Self::from_form(form).ok(), Self::UNIX_EPOCH;
}

/// Types of other crates that are stored in the parts of their keys.
#[cfg(any(feature = "chrono", feature = "jiff", feature = "time"))]
macro_rules! times {
    ($($ty:ty, $fallback:expr;)*) => {
        forms! {$(
            [true] $ty as FormParts<<$ty as KeptAs>::Base>, |value| Some(FormParts(value.to_base())),
                |FormParts(base)| Self::from_base(base), $fallback;
        )*}
    };
    // Of one number: of it alone, and of nothing that could be left out as a default.
    (single $($ty:ty, $fallback:expr;)*) => {
        forms! {$(
            [true] $ty as FormParts<(i32,)>, |value| Some(FormParts((value.to_base(),))),
                |FormParts((base,))| Self::from_base(base), $fallback;
        )*}
    };
}

#[cfg(feature = "jiff")]
times! {
    jiff::Timestamp, Self::UNIX_EPOCH;
    jiff::SignedDuration, Self::ZERO;
    jiff::civil::DateTime, Self::default();
    jiff::civil::Time, Self::midnight();
}
#[cfg(feature = "jiff")]
times! {
    single
    jiff::civil::Date, Self::default();
    jiff::tz::Offset, Self::UTC;
}

#[cfg(feature = "chrono")]
times! {
    chrono::DateTime<chrono::Utc>, Self::UNIX_EPOCH;
    chrono::DateTime<chrono::FixedOffset>, Self::default();
    chrono::NaiveDateTime, Self::default();
    chrono::NaiveTime, Self::default();
    chrono::TimeDelta, Self::zero();
}
#[cfg(feature = "chrono")]
times! {
    single
    chrono::NaiveDate, Self::default();
    chrono::FixedOffset, chrono::Offset::fix(&chrono::Utc);
}

#[cfg(feature = "chrono-clock")]
times! {
    chrono::DateTime<chrono::Local>, Self::default();
}

#[cfg(feature = "time")]
times! {
    time::UtcDateTime, Self::UNIX_EPOCH;
    time::OffsetDateTime, Self::UNIX_EPOCH;
    time::PrimitiveDateTime, Self::MIN;
    time::Time, Self::MIDNIGHT;
    time::Duration, Self::ZERO;
}
#[cfg(feature = "time")]
times! {
    single
    time::Date, Self::MIN;
    time::UtcOffset, Self::UTC;
}
