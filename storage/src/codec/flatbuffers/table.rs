//! Tables: structs whose fields may be added to, each found by its id.

use super::{
    FlatbuffersType,
    bytes::{OFFSET_LEN, Table},
    ids::Slots,
    kind::{Default, Extent, Fixed, FlatLeaf, Leaf, Printed},
    leaf::{Number, store_offset},
    verify::{Verdict, Verifier, refuse},
    writer::{Offset, Writer},
};
use crate::{
    error::{DecodeError, EncodeError, FlatFault},
    schema::{CodecId, FieldSchema, StoredType, Types},
};
use std::fmt;

/// A struct that is kept as a table. Derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a FlatBuffers table",
    note = "on a struct of your own: `#[derive(storage::StoredType)] #[store(codec = \"flatbuffers\")]`"
)]
pub trait FlatTable: FlatLeaf<Leaf = TableLeaf> + StoredType {
    /// Its reading in place.
    type View<'a>: Copy + fmt::Debug;
    /// The four bytes at the start of a buffer whose root it is.
    const FILE_IDENTIFIER: Option<&'static str>;
    /// The fields that were removed.
    const REMOVED: &'static [FieldSchema] = &[];

    /// Writes what its fields point to, then the fields.
    fn write(value: &Self, out: &mut Writer) -> Offset;
    /// Where its fields stand.
    const SLOTS: &'static Slots;

    /// Whether each field is what it should be, its bytes in the table itself being there.
    ///
    /// # Errors
    ///
    /// What is wrong.
    fn verify(verifier: &mut Verifier<'_>, table: &Table<'_>) -> Verdict;
    /// The view of a table.
    fn view(table: Table<'_>) -> Self::View<'_>;
    /// The owned form.
    ///
    /// # Errors
    ///
    /// Why the type of a field refuses to make one.
    fn own(view: Self::View<'_>) -> Verdict<Self>;
}

/// The ids of a table's fields in declaration order. Derived.
pub trait FieldIds {
    /// The first id of each.
    const IDS: &'static [u16];
}

/// The leaf of tables: the way to one.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TableLeaf;

impl<T: FlatTable> Leaf<T> for TableLeaf {
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
        verifier.table(target, T::SLOTS, T::verify)
    }

    #[inline]
    fn view(bytes: &[u8], at: usize) -> T::View<'_> {
        T::view(Table::behind(bytes, at).unwrap_or(Table::EMPTY))
    }

    fn own(view: T::View<'_>) -> Verdict<T> {
        T::own(view)
    }

    fn show(view: &T::View<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(view, f)
    }

    fn missing(_: Table<'_>, _: Default) -> T::View<'_> {
        T::view(Table::EMPTY)
    }
}

/// The root of `bytes`.
#[inline]
fn root(bytes: &[u8]) -> Table<'_> {
    Table::behind(bytes, 0).unwrap_or(Table::EMPTY)
}

/// The root of `bytes`, all of which is verified.
#[inline]
fn verified<T: FlatTable>(bytes: &[u8]) -> Result<Table<'_>, DecodeError> {
    let Some(table) = Table::behind(bytes, 0) else { refuse(FlatFault::NoRoot, 0)? };
    let (bytes, at, entries) = table.parts();
    verify_root::<T>(bytes, at, entries)?;
    Ok(table)
}

/// Whether the table of these parts is a `T`. In parts, and not as a table, they are handed over in registers.
#[inline(never)]
fn verify_root<T: FlatTable>(bytes: &[u8], at: u32, entries: &[u8]) -> Verdict {
    Verifier::new(bytes).fields(Table::of(bytes, at, entries), T::SLOTS, T::verify)
}

#[expect(unsafe_code, reason = "the trait is unsafe for the sake of readers that trust")]
// SAFETY: nothing here trusts the bytes. A view is made of safe reads (`bytes.rs`), sound for every input; `view`
// verifies so that they are true, too.
unsafe impl<T: FlatTable> FlatbuffersType for T {
    type View<'a> = <T as FlatTable>::View<'a>;
    type Owned = T;

    fn type_name() -> String {
        let types = Types::of(CodecId::Flatbuffers, T::shape);
        let name = types.root().map_or("", |(name, _)| name);
        format!("{name} (layout {:016x})", types.fingerprint())
    }

    const FILE_IDENTIFIER: Option<&'static str> = <T as FlatTable>::FILE_IDENTIFIER;

    #[inline]
    fn view(bytes: &[u8]) -> Result<<T as FlatTable>::View<'_>, DecodeError> {
        verified::<T>(bytes).map(<T as FlatTable>::view)
    }

    #[inline]
    unsafe fn view_unchecked(bytes: &[u8]) -> <T as FlatTable>::View<'_> {
        <T as FlatTable>::view(root(bytes))
    }

    fn encode(value: &T, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        out.clear();
        Writer::lend(|writer| {
            let root = T::write(value, writer);
            out.extend_from_slice(writer.finish(root, <T as FlatTable>::FILE_IDENTIFIER)?);
            Ok(())
        })
    }

    fn decode(view: <T as FlatTable>::View<'_>) -> Result<T, DecodeError> {
        Ok(T::own(view)?)
    }
}

// What derived tables call.

/// Writes a table: `children`, then `fields` with what it gave.
#[inline]
pub fn write_table<C>(
    out: &mut Writer,
    children: impl FnOnce(&mut Writer) -> C,
    fields: impl FnOnce(&mut Writer, C),
) -> Offset {
    out.table(children, fields)
}

/// Prints one field of a struct of fixed width.
pub fn show_fixed<T: FlatLeaf<Leaf: Fixed<T>>>(
    out: &mut fmt::DebugStruct<'_, '_>,
    name: &str,
    value: &T,
) {
    out.field(name, &Printed(value));
}

/// The default of a field, as bits.
#[inline]
pub fn default_bits<T: FlatLeaf<Leaf: Number<T>>>(value: &T) -> u64 {
    T::Leaf::bits(value)
}
