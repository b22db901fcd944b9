//! Enums: those without data as numbers, those with data as unions.

use super::{
    bytes::{OFFSET_LEN, Table, chunk, narrow},
    kind::{Default, Extent, Fixed, FlatLeaf, FlatType, Item, Kind, Leaf, missing},
    leaf::Number,
    payload::place,
    verify::{Verdict, Verifier, refuse},
    wrapper::Wrapper,
    writer::{Offset, Writer},
};
use crate::{
    error::FlatFault,
    schema::{Scalar, VariantSchema, for_each_scalar},
};
use std::fmt;

/// An integer that an enum is stored as.
pub trait Repr: FlatLeaf<Leaf: Number<Self> + Fixed<Self>> + Copy {
    /// Its name in a schema.
    const SCALAR: Scalar;
    /// The integer of these bits.
    fn from_bits(bits: u64) -> Self;
    /// Its value.
    fn number(self) -> i128;
}

macro_rules! reprs {
    ($kind:ident $ty:ident $scalar:ident u128) => {};
    (signed $ty:ident $scalar:ident $bits:ident) => {
        reprs! { @ $ty $scalar }
    };
    (unsigned $ty:ident $scalar:ident $bits:ident) => {
        reprs! { @ $ty $scalar }
    };
    (@ $ty:ident $scalar:ident) => {
        impl Repr for $ty {
            const SCALAR: Scalar = Scalar::$scalar;

            #[inline]
            fn from_bits(bits: u64) -> Self {
                <<Self as FlatLeaf>::Leaf as Leaf<Self>>::missing(Table::EMPTY, Some(bits))
            }

            fn number(self) -> i128 {
                i128::from(self)
            }
        }
    };
    ($($other:ident)*) => {};
}
for_each_scalar!(reprs);

/// An enum without data. Derived.
pub trait FlatEnum: FlatLeaf<Leaf = Enum> {
    /// The integer that it is stored as.
    type Repr: Repr;
    /// Its variants by number, in ascending order.
    const VARIANTS: &'static [(&'static str, i128)];

    /// The number of a variant.
    fn number(value: &Self) -> Self::Repr;
    /// The variant of a number.
    fn variant(number: Self::Repr) -> Option<Self>;
    /// The variant that a missing field stands for: that of the number 0, or else the one of the least number.
    fn first() -> Self;
}

/// The leaf of enums without data.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Enum;

type ReprLeaf<T> = <<T as FlatEnum>::Repr as FlatLeaf>::Leaf;

/// The variant whose number lies at `at`.
#[inline]
fn variant_at<T: FlatEnum>(bytes: &[u8], at: usize) -> Option<T> {
    T::variant(ReprLeaf::<T>::read(bytes, at))
}

impl<T: FlatEnum> Leaf<T> for Enum {
    const SIZE: usize = <ReprLeaf<T> as Leaf<T::Repr>>::SIZE;
    const ALIGN: usize = <ReprLeaf<T> as Leaf<T::Repr>>::ALIGN;
    const RANK: usize = <ReprLeaf<T> as Leaf<T::Repr>>::RANK;
    const PLAIN: bool = false;
    const EXTENT: Extent = Extent::Inline;
    const REQUIRED: bool = false;
    type Ready = ();
    type View<'a> = T;

    #[inline]
    fn prepare(_: &T, _: &mut Writer) {}

    #[inline]
    fn store(value: &T, (): (), place: &mut [u8], _: usize) {
        <Self as Fixed<T>>::write(value, place);
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict {
        match variant_at::<T>(verifier.bytes(), at) {
            Some(_) => Ok(()),
            None => refuse(FlatFault::UnknownVariant, at),
        }
    }

    #[inline]
    fn view(bytes: &[u8], at: usize) -> T {
        variant_at(bytes, at).unwrap_or_else(T::first)
    }

    #[inline]
    fn own(view: T) -> Verdict<T> {
        Ok(view)
    }

    fn show(view: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(name_of(view).unwrap_or("?"))
    }

    #[inline]
    fn missing(_: Table<'_>, default: Default) -> T {
        default.and_then(|bits| T::variant(T::Repr::from_bits(bits))).unwrap_or_else(T::first)
    }

    #[inline]
    fn is_default(value: &T, default: Default) -> bool {
        let bits = <Self as Number<T>>::bits(value);
        bits == default.unwrap_or_else(|| <Self as Number<T>>::bits(&T::first()))
    }
}

/// The name of a variant.
fn name_of<T: FlatEnum>(value: &T) -> Option<&'static str> {
    let number = Repr::number(T::number(value));
    T::VARIANTS.iter().find(|(_, other)| *other == number).map(|(name, _)| *name)
}

impl<T: FlatEnum> Number<T> for Enum {
    #[inline]
    fn bits(value: &T) -> u64 {
        <ReprLeaf<T> as Number<T::Repr>>::bits(&T::number(value))
    }
}

impl<T: FlatEnum> Fixed<T> for Enum {
    #[inline]
    fn write(value: &T, place: &mut [u8]) {
        <ReprLeaf<T> as Fixed<T::Repr>>::write(&T::number(value), place);
    }

    #[inline]
    fn read(bytes: &[u8], at: usize) -> T {
        <Self as Leaf<T>>::view(bytes, at)
    }

    fn print(value: &T, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        <Self as Leaf<T>>::show(value, f)
    }
}

impl<T: FlatEnum> Item<T> for Enum {}

/// An enum with data: each variant is a table. Derived.
pub trait FlatUnion: FlatType<Kind = Union> {
    /// Its variants with their fields, in order.
    const VARIANTS: &'static [VariantSchema];
    /// Its reading in place.
    type View<'a>;

    /// Writes the table of its variant and returns the variant's number, from 1.
    fn write(value: &Self, out: &mut Writer) -> (u8, Offset);
    /// Whether the table at `place` is that of the variant `tag`; `None` when there is no such variant.
    fn verify(verifier: &mut Verifier<'_>, tag: u8, place: &Table<'_>) -> Option<Verdict>;
    /// The variant `tag`, whose table is at `place`.
    fn view(tag: u8, place: Table<'_>) -> Self::View<'_>;
    /// The owned form.
    ///
    /// # Errors
    ///
    /// Why the type of a field refuses to make one.
    fn own(view: Self::View<'_>) -> Verdict<Self>;
    /// Prints it.
    ///
    /// # Errors
    ///
    /// What `f` says.
    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// The kind of enums with data: the number of the variant, then its table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Union;

/// The number that says there is nothing.
const NONE: u8 = 0;

impl<T: FlatUnion> Kind<T> for Union {
    const SLOTS: u16 = 2;
    const WIDTHS: &'static [u16] = &[narrow(size_of::<u8>()), narrow(OFFSET_LEN)];
    const EXTENT: Extent = Extent::Deep;
    const REQUIRED: bool = true;
    type Ready = (u8, Offset);
    type View<'a> = T::View<'a>;
    type Element = Wrapper<Self>;
    type Nullable = Self;

    #[inline]
    fn prepare(value: &T, out: &mut Writer) -> (u8, Offset) {
        T::write(value, out)
    }

    #[inline]
    fn put<const RANK: usize>(_: &T, (tag, table): (u8, Offset), out: &mut Writer, id: u16) {
        if RANK == size_of::<Offset>() {
            out.put_offset(table, id.wrapping_add(1));
        }
        if RANK == size_of::<u8>() {
            out.push([tag], size_of::<u8>());
            out.note_field(id);
        }
    }

    #[inline]
    fn is_default(_: &T, _: Default) -> bool {
        false
    }

    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>, id: u16, required: bool) -> Verdict {
        let value = table.field(id.wrapping_add(1));
        let tag = table.field(id).and_then(|at| chunk::<1>(verifier.bytes(), at));
        match (tag.map_or(NONE, |[tag]| tag), value) {
            (NONE, None) => missing(table, required),
            (NONE, Some(at)) => refuse(FlatFault::NoVariant, at),
            (_, None) => refuse(FlatFault::NoValue, table.start()),
            (tag, Some(at)) => {
                let place = place(verifier.bytes(), at);
                T::verify(verifier, tag, &place)
                    .unwrap_or_else(|| refuse(FlatFault::UnknownVariant, at))
            }
        }
    }

    fn view(table: Table<'_>, id: u16) -> Option<T::View<'_>> {
        let [tag] = chunk::<1>(table.bytes(), table.field(id)?)?;
        let at = table.field(id.wrapping_add(1))?;
        (tag != NONE).then(|| T::view(tag, place(table.bytes(), at)))
    }

    fn missing(_: Table<'_>, _: Default) -> T::View<'_> {
        T::view(NONE, Table::EMPTY)
    }

    fn own(view: T::View<'_>) -> Verdict<T> {
        T::own(view)
    }

    fn show(view: &T::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::show(view, f)
    }
}
