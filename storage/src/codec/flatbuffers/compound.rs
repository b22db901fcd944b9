//! Types of others that have several parts, each stored as a field of a table: tuples, ranges, and what has none.

use super::{
    bytes::{OFFSET_LEN, Table},
    ids::{Slots, assign, id_at, slot_count, widths},
    kind::{Default, Extent, FlatField, FlatLeaf, FlatType, Inline, Leaf, Shown},
    leaf::store_offset,
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use crate::schema::for_each_tuple;
use std::{
    fmt,
    marker::PhantomData,
    ops::{Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive},
};

/// A type that is stored as a table of its parts.
pub trait FlatCompound: FlatLeaf<Leaf = Compound> {
    /// Its reading in place: that of each part.
    type View<'a>;
    /// Its parts: a name, no id, and the width under each that it takes.
    const PARTS: &'static [Part];
    /// The first id of each.
    const IDS: &'static [u16];

    /// Writes what its parts point to, then the parts.
    fn write(value: &Self, out: &mut Writer) -> Offset;
    /// Whether each part is what it should be, its bytes in the table itself being there.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>) -> Verdict;
    /// The parts of a table.
    fn view(table: Table<'_>) -> Self::View<'_>;
    /// The owned form.
    ///
    /// # Errors
    ///
    /// Why the type of a part refuses to make one.
    fn own(view: Self::View<'_>) -> Verdict<Self>;
    /// Prints it.
    ///
    /// # Errors
    ///
    /// What `f` says.
    fn show(view: &Self::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result;
}

/// A part: its name, no id of its own choice, and its width under each id that it takes.
type Part = (&'static str, Option<u16>, &'static [u16]);

/// The most ids that the parts of one table take: two each, and twelve parts.
const IDS_MAX: usize = 24;

/// Where the parts of a `T` stand.
struct Places<T>(PhantomData<T>);

impl<T: FlatCompound> Places<T> {
    const ROOM: &'static [u16; IDS_MAX] = &widths(T::PARTS, T::IDS);
    const SLOTS: &'static Slots = &{
        let (widths, _) = Self::ROOM.split_at(slot_count(T::PARTS, T::IDS));
        Slots::new(widths, T::PARTS, T::IDS)
    };
}

/// The leaf of such types: the way to a table.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Compound;

impl<T: FlatCompound> Leaf<T> for Compound {
    const SIZE: usize = OFFSET_LEN;
    const ALIGN: usize = OFFSET_LEN;
    const RANK: usize = OFFSET_LEN;
    const PLAIN: bool = false;
    const EXTENT: Extent = Extent::Deep;
    const REQUIRED: bool = true;
    type Ready = Offset;
    type View<'a> = T::View<'a>;
    const TABLE: Option<fn(Offset) -> Offset> = Some(|table| table);

    fn prepare(value: &T, out: &mut Writer) -> Offset {
        T::write(value, out)
    }

    #[inline]
    fn store(_: &T, ready: Offset, place: &mut [u8], used: usize) {
        store_offset(ready, place, used);
    }

    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict {
        let target = verifier.target(at)?;
        verifier.table(target, Places::<T>::SLOTS, T::verify)
    }

    #[inline]
    fn view(bytes: &[u8], at: usize) -> T::View<'_> {
        T::view(Table::behind(bytes, at).unwrap_or(Table::EMPTY))
    }

    fn own(view: T::View<'_>) -> Verdict<T> {
        T::own(view)
    }

    fn show(view: &T::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        T::show(view, f)
    }

    fn missing(_: Table<'_>, _: Default) -> T::View<'_> {
        T::view(Table::EMPTY)
    }
}

/// Writes the parts of the width `$rank`, from the last to the first, as flatc does.
macro_rules! puts {
    ($rank:literal $parts:ident $ready:ident $out:ident [] [$($puts:tt)*]) => {
        $($puts)*
    };
    ($rank:literal $parts:ident $ready:ident $out:ident [[$part:ty, $i:tt] $($more:tt)*] [$($puts:tt)*]) => {
        puts! {
            $rank $parts $ready $out [$($more)*] [
                <$part as FlatField>::put::<$rank>(
                    $parts.$i, $ready.$i, $out, const { id_at(Self::IDS, $i) }, None,
                );
                $($puts)*
            ]
        }
    };
}

/// A type by its parts: `[parameters] Type as View, [Part, "name", variable, index;], a reference to each, each of a
/// view, the view or the value of all, how a view is printed`.
macro_rules! compound {
    (
        [$($generics:tt)*] $ty:ty as $view:ty,
        [$($part:ty, $name:expr, $var:ident, $i:tt;)*],
        |$value:pat_param| $parts:expr, |$whole:pat_param| $split:expr, $make:expr,
        |$shown:pat_param, $f:ident| $show:expr
    ) => {
        impl<$($generics)*> FlatType for $ty {
            type Kind = Inline;
        }

        impl<$($generics)*> FlatLeaf for $ty {
            type Leaf = Compound;
        }

        #[allow(non_snake_case, reason = "the parts of a tuple are named as their types are")]
        impl<$($generics)*> FlatCompound for $ty {
            type View<'a> = $view;

            const PARTS: &'static [Part] = &[$(($name, None, <$part as FlatField>::WIDTHS)),*];
            const IDS: &'static [u16] = &assign(&[$(($name, None, <$part as FlatField>::WIDTHS)),*], &[]);

            fn write($value: &Self, out: &mut Writer) -> Offset {
                let parts = $parts;
                out.table(
                    |out| ($(<$part as FlatField>::prepare(parts.$i, out),)*),
                    |out, ready| {
                        puts! { 8 parts ready out [$([$part, $i])*] [] }
                        puts! { 4 parts ready out [$([$part, $i])*] [] }
                        puts! { 2 parts ready out [$([$part, $i])*] [] }
                        puts! { 1 parts ready out [$([$part, $i])*] [] }
                    },
                )
            }

            fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>) -> Verdict {
                $(
                    <$part as FlatField>::verify(verifier, table, const { id_at(Self::IDS, $i) })
                        .map_err(|fault| fault.within($name))?;
                )*
                Ok(())
            }

            #[inline]
            fn view(table: Table<'_>) -> <Self as FlatCompound>::View<'_> {
                $(let $var = <$part as FlatField>::view(table, const { id_at(Self::IDS, $i) }, None);)*
                $make
            }

            fn own($whole: <Self as FlatCompound>::View<'_>) -> Verdict<Self> {
                let ($($var,)*) = $split;
                $(let $var = <$part as FlatField>::own($var).map_err(|fault| fault.within($name))?;)*
                Ok($make)
            }

            fn show(
                $shown: &<Self as FlatCompound>::View<'_>,
                $f: &mut fmt::Formatter<'_>,
            ) -> fmt::Result {
                $show
            }
        }
    };
}

macro_rules! tuples {
    ([$([$part:ident $q:ident $i:tt])*] [$last:ident $ql:ident $l:tt]) => {
        tuples! { @ $([$part $i])* [$last $l] }
    };
    (@ $([$part:ident $i:tt])*) => {
        compound! {
            [$($part: FlatType),*] ($($part,)*) as ($(<$part as FlatField>::View<'a>,)*),
            [$($part, stringify!($i), $part, $i;)*],
            |value| { let ($($part,)*) = value; ($($part,)*) },
            |view| view,
            ($($part,)*),
            |view, f| f.debug_tuple("")$(.field(&Shown::<$part>(&view.$i)))*.finish()
        }
    };
}
for_each_tuple!(tuples);

compound! {
    [T: FlatType] Range<T> as Range<<T as FlatField>::View<'a>>,
    [T, "start", start, 0; T, "end", end, 1;],
    |range| (&range.start, &range.end), |range| (range.start, range.end), start..end,
    |range, f| write!(f, "{:?}..{:?}", Shown::<T>(&range.start), Shown::<T>(&range.end))
}
compound! {
    [T: FlatType] RangeInclusive<T> as RangeInclusive<<T as FlatField>::View<'a>>,
    [T, "start", start, 0; T, "end", end, 1;],
    |range| (range.start(), range.end()), |range| range.into_inner(), start..=end,
    |range, f| write!(f, "{:?}..={:?}", Shown::<T>(range.start()), Shown::<T>(range.end()))
}
compound! {
    [T: FlatType] RangeFrom<T> as RangeFrom<<T as FlatField>::View<'a>>, [T, "start", start, 0;],
    |range| (&range.start,), |range| (range.start,), start..,
    |range, f| write!(f, "{:?}..", Shown::<T>(&range.start))
}
compound! {
    [T: FlatType] RangeTo<T> as RangeTo<<T as FlatField>::View<'a>>, [T, "end", end, 0;],
    |range| (&range.end,), |range| (range.end,), ..end,
    |range, f| write!(f, "..{:?}", Shown::<T>(&range.end))
}
compound! {
    [T: FlatType] RangeToInclusive<T> as RangeToInclusive<<T as FlatField>::View<'a>>,
    [T, "end", end, 0;],
    |range| (&range.end,), |range| (range.end,), ..=end,
    |range, f| write!(f, "..={:?}", Shown::<T>(&range.end))
}

/// Types with one value.
macro_rules! units {
    ($([$($generics:tt)*] $ty:ty, $value:expr;)*) => {$(
        impl<$($generics)*> FlatType for $ty {
            type Kind = Inline;
        }

        impl<$($generics)*> FlatLeaf for $ty {
            type Leaf = Compound;
        }

        impl<$($generics)*> FlatCompound for $ty {
            type View<'a> = Self;

            const PARTS: &'static [Part] = &[];
            const IDS: &'static [u16] = &[];

            fn write(_: &Self, out: &mut Writer) -> Offset {
                out.table(|_| (), |_, ()| ())
            }

            fn verify(_: &mut Verifier<'_>, _: &Table<'_>) -> Verdict {
                Ok(())
            }

            fn view(_: Table<'_>) -> Self {
                $value
            }

            fn own(view: Self) -> Verdict<Self> {
                Ok(view)
            }

            fn show(view: &Self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(view, f)
            }
        }
    )*};
}
units! {
    [] (), ();
    [] RangeFull, ..;
    [T: 'static] PhantomData<T>, Self;
}
