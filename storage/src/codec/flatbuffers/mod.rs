//! The FlatBuffers codec: structs with a derive, and tables that flatc generated.
//!
//! Derived types are read and written by this folder alone, byte for byte as flatc's own code does, without the
//! `flatbuffers` crate, and but for short texts without `unsafe`. The road of a value: `kind` says how each type stands
//! in a field, `writer` writes it, `verify` checks it, `bytes` reads it in place. Types of flatc come through `flatc`.
//!
//! The `flatbuffers` crate has a new major version every year. None of its types is in this interface: the adapter
//! macro names the caller's own `flatbuffers`, and the codec sees bytes.

mod array;
mod bytes;
mod choice;
mod compound;
mod converted;
mod counted;
mod field;
mod fields;
mod fixed;
mod flatc;
mod form;
mod ids;
#[cfg(feature = "dynamic")]
mod inline;
mod kind;
mod leaf;
mod list;
mod map;
mod nested;
mod newtype;
mod option;
mod order;
mod outcome;
mod owned;
mod parts;
mod payload;
mod reads;
mod schema;
#[cfg(feature = "serde")]
mod serde;
mod set;
mod slot_pairs;
mod slots;
mod table;
mod text;
mod tuple;
#[cfg(feature = "dynamic")]
mod values;
mod verify;
#[cfg(feature = "jiff")]
mod via;
mod wrapper;
#[cfg(feature = "dynamic")]
mod write_values;
mod writer;

#[cfg(feature = "serde")]
pub use self::serde::FlatSerde;
#[cfg(feature = "jiff")]
pub use self::via::{FlatVia, Via};
pub use self::{
    array::{Arrayed, ArrayedLeaf, PlainArray, Several},
    bytes::Table,
    choice::{Enum, FlatEnum, FlatUnion, Repr, Union},
    compound::{Compound, FlatCompound},
    converted::{
        FlatConversion, ViewAs, check_as, field_as, own_as, prepare_as, put_as, show_as, slot_as,
        widths_as,
    },
    field::{TableField, is_written},
    fields::{FlatProject, FlatSource},
    fixed::{Array, FieldCursor, FieldWriter, FlatStruct, Layout, Struct, entry, is_plain},
    flatc::{FlatbuffersBuild, FlatbuffersType, NoOwned},
    form::{As, FlatAs},
    ids::{Slots, assign, id_at, id_of, slot_count, widths},
    kind::{
        Default, Extent, Fixed, FlatField, FlatLeaf, FlatType, Inline, Item, Kind, Leaf, Shown,
    },
    leaf::{Number, Primitive},
    list::{FlatList, FlatSequence, List},
    map::{FlatMap, FlatMapping, FlatPaired, FlatPairs, Mapped, Paired},
    nested::{FlatcTable, NestedBuffers},
    newtype::{Around, FlatNewtype, Newtype},
    option::Optional,
    order::{FlatKey, Order, OrderedLeaf},
    parts::FormParts,
    payload::{check_table, variant_table},
    reads::reads,
    schema::{
        FieldSlot, FlatbuffersSchema, newtype_shape, removed, slot, table_shape, union_shape,
        unit_enum_shape, write_fbs,
    },
    set::{FlatDistinct, FlatSet, Set},
    table::{FieldIds, FlatTable, TableLeaf, default_bits, show_fixed, write_table},
    text::{FlatText, TextLeaf},
    verify::{Fault, Verdict, Verifier},
    wrapper::Wrapper,
    writer::{Offset, Writer},
};
#[cfg(feature = "dynamic")]
pub(crate) use self::{
    schema::fbs as fbs_of,
    values::{read_field, read_value},
    write_values::write_value,
};
#[cfg(feature = "serde")]
pub use super::AsSerde;
pub use super::{AsText, Each, Maybe};
use super::{Codec, InPlace, InPlaceCodec, Road, decode_in_place};
use crate::{
    error::{DecodeError, EncodeError, Unresolved},
    schema::{CodecId, Description, Hints},
    sealed::Sealed,
};

/// Keeps values as FlatBuffers; a view is made by the derive, or is the table type of flatc, `Monster<'a>`.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Flatbuffers;

impl Sealed for Flatbuffers {}

impl<V: FlatbuffersType> Codec<V> for Flatbuffers {
    type Owned = V::Owned;
    type Reading = InPlace;

    const ID: CodecId = CodecId::Flatbuffers;

    fn format() -> String {
        "flatbuffers".to_owned()
    }

    fn type_name() -> String {
        match V::FILE_IDENTIFIER {
            Some(identifier) => format!("{} (file identifier {identifier})", V::type_name()),
            None => V::type_name(),
        }
    }

    fn road(old: &Description, new: &Description, hints: &Hints) -> Result<Road, Unresolved> {
        reads(old, new, hints).map(Road::as_is)
    }

    fn encode(value: &V::Owned, out: &mut Vec<u8>) -> Result<(), EncodeError> {
        V::encode(value, out)
    }

    fn decode(body: &[u8]) -> Result<V::Owned, DecodeError> {
        decode_in_place::<V, Self>(body)
    }
}

#[expect(unsafe_code, reason = "the type's own verifier makes its views sound")]
// SAFETY: that `view` and `view_unchecked` keep the contract is the contract of `FlatbuffersType`.
unsafe impl<V: FlatbuffersType> InPlaceCodec<V> for Flatbuffers {
    type View<'a> = V::View<'a>;

    // Scalars are copied out byte by byte: any address does.
    const ALIGNMENT: usize = 1;

    #[inline]
    fn view(body: &[u8]) -> Result<V::View<'_>, DecodeError> {
        check_file_identifier(body, V::FILE_IDENTIFIER)?;
        V::view(body)
    }

    #[inline]
    #[expect(unsafe_code, reason = "the trait's contract")]
    unsafe fn view_unchecked(body: &[u8]) -> V::View<'_> {
        // SAFETY: the caller promises bytes that passed `view`, which includes `V::view`, at this or another address.
        unsafe { V::view_unchecked(body) }
    }

    fn own(view: V::View<'_>) -> Result<V::Owned, DecodeError> {
        V::decode(view)
    }
}

/// The file identifier stands behind the root offset.
fn check_file_identifier(body: &[u8], expected: Option<&'static str>) -> Result<(), DecodeError> {
    let Some(expected) = expected else { return Ok(()) };
    match body.get(4..8) {
        Some(found) if found == expected.as_bytes() => Ok(()),
        found => {
            let found = found.map(|found| found.escape_ascii().to_string());
            Err(DecodeError::FileIdentifier { expected, found })
        }
    }
}
