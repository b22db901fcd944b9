//! Fields of types that are not this crate's: the shape of each, and that it is read as a whole.
//!
//! Shapes say what a value is, and so how a codec lays it out: a `VecDeque` is stored as a `Vec` is, and has its shape.

use super::{
    ArchivedLayout, CodecId, Definition, FieldType, Generic, Length, PlainType, Scalar, Shape,
    Shapes, Standard, StoredType, WholeField, for_each_integer, for_each_tuple,
};
use std::{
    any::TypeId,
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    hash::{BuildHasher, Hash},
    marker::PhantomData,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::NonZero,
    ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive},
    path::PathBuf,
    rc::Rc,
    sync::Arc,
    time::{Duration, SystemTime},
};

/// Types that are read as a whole: `[parameters] Type, whether no byte of it lies behind a pointer, where its length is
/// found, its shape;`.
macro_rules! whole {
    ($([$($generics:tt)*] $ty:ty, $inline:expr, $($length:ident,)? |$shapes:pat_param| $shape:expr;)*) => {$(
        impl<$($generics)*> StoredType for $ty {
            fn shape($shapes: &mut Shapes) -> Shape {
                $shape
            }
        }

        impl<$($generics)*> WholeField for $ty {
            const INLINE: bool = $inline;
            $(const LENGTH: Length = Length::$length;)?
        }
    )*};
}

whole! {
    [] (), true, |_| Shape::Unit;
    [] RangeFull, true, |_| Shape::Unit;
    [T: 'static] PhantomData<T>, true, |_| Shape::Unit;
    [] usize, true, |shapes| adapted::<usize>(shapes, "usize", Shape::Scalar(Scalar::U64));
    [] isize, true, |shapes| adapted::<isize>(shapes, "isize", Shape::Scalar(Scalar::I64));
    [] NonZero<usize>, true,
        |shapes| adapted::<NonZero<usize>>(shapes, "NonZeroUsize", Shape::NonZero(Scalar::U64));
    [] NonZero<isize>, true,
        |shapes| adapted::<NonZero<isize>>(shapes, "NonZeroIsize", Shape::NonZero(Scalar::I64));
    [] Duration, true, |_| Shape::Standard(Standard::Duration);
    [] SystemTime, true, |_| Shape::Standard(Standard::Timestamp);
    [] PathBuf, false, |_| Shape::Text;
    [] Cow<'static, str>, false, Counted, |_| Shape::Text;
    [T: StoredType + Clone] Cow<'static, [T]>, false, Counted, |shapes| Shape::List(Box::new(T::shape(shapes)));
    // Only a key is turned around: a field lies as what it turns.
    [T: FieldType] Reverse<T>, T::INLINE, |shapes| T::shape(shapes);
    [] Ipv4Addr, true, |_| Shape::Standard(Standard::Ipv4);
    [] Ipv6Addr, true, |_| Shape::Standard(Standard::Ipv6);
    [] IpAddr, true, |_| Shape::Standard(Standard::Ip);
    [] SocketAddrV4, true, |_| Shape::Standard(Standard::Socketv4);
    [] SocketAddrV6, true, |_| Shape::Standard(Standard::Socketv6);
    [] SocketAddr, true, |_| Shape::Standard(Standard::Socket);
    [T: FieldType] Range<T>, T::INLINE, |shapes| generic(Generic::Range, [T::shape(shapes)]);
    [T: FieldType] RangeInclusive<T>, T::INLINE,
        |shapes| generic(Generic::RangeInclusive, [T::shape(shapes)]);
    [T: FieldType] RangeFrom<T>, T::INLINE,
        |shapes| generic(Generic::RangeFrom, [T::shape(shapes)]);
    [T: FieldType] RangeTo<T>, T::INLINE, |shapes| generic(Generic::RangeTo, [T::shape(shapes)]);
    [T: FieldType] RangeToInclusive<T>, T::INLINE,
        |shapes| generic(Generic::RangeToInclusive, [T::shape(shapes)]);
    // A box changes where a value lies, and with it the bytes of a record. A shared pointer is stored as a box.
    [T: StoredType] Box<T>, false, |shapes| boxed(T::shape(shapes));
    [] Box<str>, false, Counted, |_| boxed(Shape::Standard(Standard::Str));
    [T: StoredType] Box<[T]>, false, Counted, |shapes| boxed(generic(Generic::Slice, [T::shape(shapes)]));
    [T: StoredType] Rc<T>, false, |shapes| boxed(T::shape(shapes));
    [] Rc<str>, false, Counted, |_| boxed(Shape::Standard(Standard::Str));
    [T: StoredType] Rc<[T]>, false, Counted, |shapes| boxed(generic(Generic::Slice, [T::shape(shapes)]));
    [T: StoredType] Arc<T>, false, |shapes| boxed(T::shape(shapes));
    [] Arc<str>, false, Counted, |_| boxed(Shape::Standard(Standard::Str));
    [T: StoredType] Arc<[T]>, false, Counted, |shapes| boxed(generic(Generic::Slice, [T::shape(shapes)]));
    [T: StoredType] VecDeque<T>, false, Counted, |shapes| Shape::List(Box::new(T::shape(shapes)));
    [T: StoredType + Ord] BTreeSet<T>, false, Counted, |shapes| generic(Generic::Set, [T::shape(shapes)]);
    [K: StoredType, V: StoredType] BTreeMap<K, V>, false, Counted,
        |shapes| Shape::Map(Box::new(K::shape(shapes)), Box::new(V::shape(shapes)));
    [T: StoredType + Hash + Eq, S: BuildHasher + 'static] HashSet<T, S>, false, Counted,
        |shapes| generic(Generic::HashSet, [T::shape(shapes)]);
    [K: StoredType + Hash + Eq, V: StoredType, S: BuildHasher + 'static] HashMap<K, V, S>, false, Counted,
        |shapes| generic(Generic::HashMap, [K::shape(shapes), V::shape(shapes)]);
}

#[cfg(feature = "uuid")]
whole! {
    [] uuid::Uuid, true, |_| Shape::Standard(Standard::Uuid);
}

#[cfg(feature = "smallvec")]
whole! {
    [A: smallvec::Array<Item: StoredType> + 'static] smallvec::SmallVec<A>, false, Counted,
        |shapes| Shape::List(Box::new(A::Item::shape(shapes)));
}

#[cfg(feature = "arrayvec")]
whole! {
    [T: StoredType, const N: usize] arrayvec::ArrayVec<T, N>, false, Counted, |shapes| {
        let item = T::shape(shapes);
        adapted::<Self>(shapes, "ArrayVec", Shape::List(Box::new(item)))
    };
}

#[cfg(feature = "bytes")]
whole! {
    [] bytes::Bytes, false, Counted, |_| Shape::List(Box::new(Shape::Scalar(Scalar::U8)));
}

#[cfg(feature = "indexmap")]
whole! {
    [T: StoredType + Hash + Eq, S: BuildHasher + 'static] indexmap::IndexSet<T, S>, false, Counted,
        |shapes| generic(Generic::IndexSet, [T::shape(shapes)]);
    [K: StoredType + Hash + Eq, V: StoredType, S: BuildHasher + 'static]
        indexmap::IndexMap<K, V, S>, false, Counted,
        |shapes| generic(Generic::IndexMap, [K::shape(shapes), V::shape(shapes)]);
}

#[cfg(feature = "jiff")]
whole! {
    [] jiff::Timestamp, true, |_| Shape::Standard(Standard::Timestamp);
    [] jiff::Zoned, false, |_| Shape::Standard(Standard::Zoned);
    [] jiff::SignedDuration, true, |_| Shape::Standard(Standard::SignedDuration);
    [] jiff::Span, true, |_| span();
    [] jiff::civil::DateTime, true, |_| Shape::Standard(Standard::Datetime);
    [] jiff::civil::Date, true, |_| Shape::Standard(Standard::Date);
    [] jiff::civil::Time, true, |_| Shape::Standard(Standard::Time);
    [] jiff::tz::Offset, true, |_| Shape::Standard(Standard::Offset);
}

#[cfg(feature = "chrono")]
whole! {
    [] chrono::DateTime<chrono::Utc>, true, |_| Shape::Standard(Standard::Timestamp);
    [] chrono::NaiveDateTime, true, |_| Shape::Standard(Standard::Datetime);
    [] chrono::NaiveDate, true, |_| Shape::Standard(Standard::Date);
    [] chrono::NaiveTime, true, |_| Shape::Standard(Standard::Time);
    [] chrono::DateTime<chrono::FixedOffset>, true, |_| Shape::Standard(Standard::OffsetTimestamp);
    [] chrono::FixedOffset, true, |_| Shape::Standard(Standard::Offset);
    [] chrono::TimeDelta, true, |_| Shape::Standard(Standard::SignedDuration);
}

#[cfg(feature = "chrono-clock")]
whole! {
    [] chrono::DateTime<chrono::Local>, true, |_| Shape::Standard(Standard::Timestamp);
}

#[cfg(feature = "time")]
whole! {
    [] time::UtcDateTime, true, |_| Shape::Standard(Standard::Timestamp);
    [] time::OffsetDateTime, true, |_| Shape::Standard(Standard::OffsetTimestamp);
    [] time::PrimitiveDateTime, true, |_| Shape::Standard(Standard::Datetime);
    [] time::Date, true, |_| Shape::Standard(Standard::Date);
    [] time::Time, true, |_| Shape::Standard(Standard::Time);
    [] time::Duration, true, |_| Shape::Standard(Standard::SignedDuration);
    [] time::UtcOffset, true, |_| Shape::Standard(Standard::Offset);
}

/// The units of a span of a calendar, from the largest to the smallest.
#[cfg(feature = "jiff")]
fn span() -> Shape {
    let [i16, i32, i64] = [Scalar::I16, Scalar::I32, Scalar::I64];
    let units = [i16, i32, i32, i32, i32, i64, i64, i64, i64, i64];
    Shape::Tuple(units.map(Shape::Scalar).into())
}

/// The `shape` of a type that rkyv stores right with `AsStored` alone: by itself it drops half of a number of 64 bits,
/// and stops the program at a list that is too long for its type. So where it would, the schema has a layout that the
/// compiler never makes, and the table is not opened.
fn adapted<T: 'static>(shapes: &mut Shapes, name: &str, shape: Shape) -> Shape {
    if shapes.codec() != CodecId::Rkyv {
        return shape;
    }
    let dropped = ArchivedLayout { size: 4, align: 1 };
    let nothing = &mut |_: &mut Shapes| Definition::Struct(Vec::new());
    shapes.define(TypeId::of::<T>(), name, Some(dropped), nothing)
}

fn boxed(inner: Shape) -> Shape {
    Shape::Boxed(Box::new(inner))
}

fn generic<const N: usize>(generic: Generic, parts: [Shape; N]) -> Shape {
    Shape::Generic(generic, parts.into())
}

macro_rules! non_zero {
    ($int:ident $scalar:ident) => {
        whole! { [] NonZero<$int>, true, |_| Shape::NonZero(Scalar::$scalar); }
    };
}
for_each_integer!(non_zero);

macro_rules! tuples {
    ([$([$part:ident $q:ident $i:tt])*] [$last:ident $ql:ident $l:tt]) => {
        whole! {
            [$($part: FieldType + PlainType,)* $last: FieldType + PlainType] ($($part,)* $last,),
                $($part::INLINE &&)* $last::INLINE,
                |shapes| Shape::Tuple(vec![$($part::shape(shapes),)* $last::shape(shapes)]);
        }
    };
}
for_each_tuple!(tuples);
