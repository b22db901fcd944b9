//! Single fields of a table.
//!
//! A field is found through the vtable of its table. Only the bytes on the way, the field itself and the text it
//! leads to are verified; for what leads further, the whole value is.

use super::{
    Flatbuffers,
    bytes::{OFFSET_LEN, Table, VTABLE_HEADER_LEN, counted, target},
    kind::{Default, Extent, FlatType, Kind, KindView},
    list::FlatList,
    owned::owned,
    table::FlatTable,
    verify::{Verdict, Verifier},
};
use crate::{
    codec::{Count, FieldCodec, Frame, OpenFields, ReadField},
    error::{Damage, DecodeError, FlatFault},
    schema::{
        FieldPlace, FieldType, FlatPlace, Presence, WholeField, for_each_scalar, for_each_text,
    },
};
use std::{cell::Cell, fmt, ops::Range};

/// A stored buffer and what of it is verified.
pub struct FlatSource<'a> {
    frame: &'a Frame<'a>,
    /// A bit for each of the first 64 blocks that was verified; of a value of one block, bit 0. The vtable and the
    /// table of a record lie there, and every field comes by them.
    verified: Cell<u64>,
    /// Whether every block was.
    all_verified: Cell<bool>,
}

impl<'a> FlatSource<'a> {
    /// Verifies the blocks of `range` that were not yet.
    #[inline]
    fn cover(&self, range: Range<usize>) -> Result<(), Damage> {
        if self.all_verified.get() {
            return Ok(());
        }
        let blocks = if self.frame.is_one_block() { 0..1 } else { Frame::blocks_of(&range) };
        let bits = blocks.clone().fold(0_u64, |bits, block| {
            u32::try_from(block).ok().and_then(|block| 1_u64.checked_shl(block)).unwrap_or(0) | bits
        });
        let is_known = blocks.end <= 64 && self.verified.get() & bits == bits;
        if !is_known {
            self.frame.verify_range(range)?;
            self.verified.set(self.verified.get() | bits);
        }
        Ok(())
    }

    fn cover_all(&self) -> Result<(), Damage> {
        self.cover(0..self.frame.body.len())?;
        self.all_verified.set(true);
        Ok(())
    }

    /// `len` verified bytes at `at`.
    pub(super) fn cover_len(&self, at: usize, len: usize) -> Result<(), Damage> {
        let end = at.checked_add(len).filter(|end| *end <= self.frame.body.len());
        self.cover(at..end.ok_or_else(outside)?)
    }

    /// The table that the offset at `at` leads to, with its vtable verified.
    fn table(&self, at: usize) -> Result<Table<'a>, Damage> {
        let body = self.frame.body;
        self.cover_len(at, OFFSET_LEN)?;
        let start = target(body, at).ok_or_else(outside)?;
        self.cover_len(start, OFFSET_LEN)?;
        // The vtable's place is known now, its length when its header is verified.
        let vtable = Table::vtable_at(body, start).ok_or_else(outside)?;
        self.cover_len(vtable, VTABLE_HEADER_LEN)?;
        let table = Table::at(body, start).ok_or_else(outside)?;
        self.cover_len(vtable, table.vtable_len())?;
        Ok(table)
    }

    /// The table that `place` is in, the field's id there and its default.
    #[inline]
    pub(super) fn find(
        &self,
        node: usize,
        place: FieldPlace,
    ) -> Result<(Table<'a>, u16, Default), Damage> {
        match place.flat() {
            FlatPlace::Slot(id, presence) => {
                let default = match presence {
                    Presence::Defaulted(default) => default.map(|default| default()),
                    _ => None,
                };
                Ok((self.table(node)?, id, default))
            }
            FlatPlace::Inside(entry) => Ok((Table::inside(self.frame.body, node, entry), 0, None)),
            FlatPlace::None => Ok((Table::EMPTY, 0, None)),
        }
    }

    /// Verifies what must be known before the field `id` of `table` can be read.
    fn cover_field<K: Kind<T>, T: 'static>(
        &self,
        table: &Table<'_>,
        id: u16,
    ) -> Result<(), Damage> {
        if K::EXTENT == Extent::Deep {
            return self.cover_all();
        }
        let Some(at) = table.field(id) else { return Ok(()) };
        let width = K::WIDTHS.iter().map(|width| usize::from(*width)).sum();
        self.cover_len(at, width)?;
        if K::EXTENT == Extent::Text {
            let (first, len) = self.counted(at)?;
            // With the zero behind it.
            self.cover_len(first, len.saturating_add(1))?;
        }
        Ok(())
    }

    /// Where the elements or characters begin that the offset at `at` leads to, and how many they are; they are not
    /// verified.
    pub(super) fn counted(&self, at: usize) -> Result<(usize, usize), Damage> {
        let body = self.frame.body;
        let start = target(body, at).ok_or_else(outside)?;
        self.cover_len(start, OFFSET_LEN)?;
        let (first, count) = counted(body, start).ok_or_else(outside)?;
        // None of them is without bytes.
        if count > body.len().saturating_sub(first) { Err(outside()) } else { Ok((first, count)) }
    }

    /// `len` bytes at `at`.
    pub(super) fn slice(&self, at: usize, len: usize) -> Result<&[u8], Damage> {
        self.cover_len(at, len)?;
        let bytes = self.frame.body.get(at..at.saturating_add(len));
        bytes.ok_or_else(outside)
    }
}

#[cold]
fn outside() -> Damage {
    Damage::Structure(FlatFault::Outside.into())
}

impl fmt::Debug for FlatSource<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlatSource").field("len", &self.frame.body.len()).finish_non_exhaustive()
    }
}

impl FieldCodec for Flatbuffers {
    type Source<'a> = FlatSource<'a>;
    /// Where a struct of fixed width stands, or the offset to a table.
    type Node = usize;

    fn child(source: &FlatSource<'_>, node: usize, place: FieldPlace) -> Result<usize, Damage> {
        let (table, id, _) = source.find(node, place)?;
        let missing = || DecodeError::from(FlatFault::MissingField);
        Ok(table.field(id).ok_or_else(missing)?)
    }
}

impl<V: FlatTable> OpenFields<V> for Flatbuffers {
    fn open<'a>(frame: &'a Frame<'a>) -> FlatSource<'a> {
        FlatSource { frame, verified: Cell::new(0), all_verified: Cell::new(false) }
    }

    /// The offset to the root table stands at the start.
    fn root(_: &FlatSource<'_>) -> Result<usize, Damage> {
        Ok(0)
    }
}

impl FlatSource<'_> {
    /// The field `place` of the table behind `node`, verified as far as it goes.
    #[inline]
    pub(super) fn field<K: Kind<T>, T: 'static>(
        &self,
        node: usize,
        place: FieldPlace,
    ) -> Result<K::View<'_>, Damage> {
        let (table, id, default) = self.find(node, place)?;
        self.cover_field::<K, T>(&table, id)?;
        let mut verifier = Verifier::new(self.frame.body);
        let verdict = verifier.slots(&table, id, K::WIDTHS);
        match verdict.and_then(|()| K::verify(&mut verifier, &table, id, K::REQUIRED)) {
            Ok(()) => Ok(K::view(table, id).unwrap_or_else(|| K::missing(table, default))),
            Err(fault) => Err(Damage::Structure(fault.into())),
        }
    }
}

/// A field type that FlatBuffers can read alone, as the plain Rust type that every codec returns.
pub trait FlatProject: FlatType + FieldType {
    /// The plain form of a view.
    ///
    /// # Errors
    ///
    /// Why its type refuses to make an owned value.
    fn plain<'a>(
        body: &'a [u8],
        view: KindView<'a, Self>,
    ) -> Verdict<<Self as FieldType>::View<'a>>;
}

impl<T: FlatProject> ReadField<Flatbuffers> for T {
    #[inline]
    fn read<'a>(
        source: &'a FlatSource<'_>,
        node: usize,
        place: FieldPlace,
    ) -> Result<<T as FieldType>::View<'a>, Damage> {
        let view = source.field::<T::Kind, T>(node, place)?;
        T::plain(source.frame.body, view).map_err(|fault| Damage::Structure(fault.into()))
    }

    #[inline]
    fn count(source: &FlatSource<'_>, node: usize, place: FieldPlace) -> Result<Count, Damage> {
        source.count::<T>(node, place)
    }
}

impl<T: FlatProject> FlatProject for Option<T> {
    #[inline]
    fn plain<'a>(body: &'a [u8], view: Option<KindView<'a, T>>) -> Verdict<Option<T::View<'a>>> {
        view.map(|view| T::plain(body, view)).transpose()
    }
}

macro_rules! as_they_are {
    ($ty:ty) => {
        impl FlatProject for $ty {
            #[inline]
            fn plain<'a>(
                _: &'a [u8],
                view: KindView<'a, Self>,
            ) -> Verdict<<Self as FieldType>::View<'a>> {
                Ok(view)
            }
        }
    };
}
for_each_text!(as_they_are);

macro_rules! scalars {
    ($kind:ident $ty:ident $scalar:ident $bits:ident) => {
        as_they_are! { $ty }
    };
}
for_each_scalar!(scalars);

impl<T: FlatProject> FlatProject for Vec<T> {
    fn plain<'a>(
        body: &'a [u8],
        view: FlatList<'a, T>,
    ) -> Verdict<Vec<<T as FieldType>::View<'a>>> {
        owned(view.iter().map(|view| T::plain(body, view)), |items| items.collect())
    }
}

impl<T: FlatProject, E: FlatProject> FlatProject for Result<T, E> {
    fn plain<'a>(
        body: &'a [u8],
        view: Result<KindView<'a, T>, KindView<'a, E>>,
    ) -> Verdict<Result<T::View<'a>, E::View<'a>>> {
        Ok(match view {
            Ok(view) => Ok(T::plain(body, view)?),
            Err(view) => Err(E::plain(body, view)?),
        })
    }
}

impl<T: WholeField + FlatType> FlatProject for T {
    fn plain<'a>(_: &'a [u8], view: KindView<'a, T>) -> Verdict<T> {
        T::Kind::own(view)
    }
}
