//! Codecs: values as bytes, and bytes as values or as views.
//!
//! There are three steps. Every codec encodes and decodes ([`Codec`]). One whose bytes are read in place also makes
//! views of them ([`InPlaceCodec`]). One whose fields are read alone opens them ([`OpenFields`]). With
//! [`Codec::Reading`] a codec says whether its values are read [`InPlace`] or [`Decoded`]; tables work the same way
//! with both.
//!
//! *Invariants*: a codec never sees a key and does no I/O; only `rkyv*.rs` and `flatbuffers/` know their formats;
//! `unsafe` is in this folder and nowhere else.
//!
//! The road of a value: [`Codec::encode`] → `check_body` → `Seal::close` → the table; and back: `Seal::open` →
//! [`Reading::with_view`] → the caller.

#[cfg(feature = "rkyv")]
#[doc(hidden)]
pub mod archive;
mod archived;
mod body;
mod checked;
mod converted;
mod decoded;
mod fields;
#[cfg(feature = "flatbuffers")]
#[doc(hidden)]
pub mod flatbuffers;
mod frame;
mod in_place;
mod kept;
#[cfg(feature = "serde")]
mod message_pack;
mod not_stored;
mod plain_text;
mod reading;
#[cfg(feature = "rkyv")]
mod rkyv;
#[cfg(feature = "rkyv")]
mod rkyv_as;
#[cfg(feature = "rkyv")]
mod rkyv_counted;
#[cfg(feature = "rkyv")]
mod rkyv_fields;
#[cfg(feature = "rkyv")]
mod rkyv_layout;
#[cfg(feature = "rkyv")]
mod rkyv_sharing;
#[cfg(feature = "rkyv")]
mod rkyv_tuple;
mod road;
mod stored_as;
mod trust;

#[cfg(all(feature = "rkyv", feature = "dynamic"))]
pub(crate) use self::archive::write_archive;
#[cfg(all(feature = "flatbuffers", feature = "serde"))]
pub use self::flatbuffers::FlatSerde;
#[cfg(feature = "flatbuffers")]
pub use self::flatbuffers::{
    FlatList, FlatMap, FlatPairs, FlatSet, FlatTable, Flatbuffers, FlatbuffersBuild,
    FlatbuffersSchema, FlatbuffersType, FlatcTable, NestedBuffers, NoOwned, write_fbs,
};
#[cfg(all(feature = "flatbuffers", feature = "dynamic"))]
pub(crate) use self::flatbuffers::{fbs_of, read_field, read_value, write_value};
#[cfg(feature = "serde")]
pub use self::message_pack::{AsSerde, SerdeValue};
#[cfg(all(feature = "flatbuffers", feature = "serde"))]
use self::message_pack::{from_bytes, to_bytes};
#[cfg(feature = "flatbuffers")]
use self::plain_text::{from_text, to_text};
#[cfg(feature = "rkyv")]
pub(crate) use self::rkyv::RkyvArchive;
#[cfg(feature = "rkyv")]
pub use self::rkyv::{Rkyv, RkyvArchived, RkyvValue};
#[cfg(feature = "rkyv")]
pub use self::rkyv_fields::{RkyvField, RkyvSource};
pub use self::{
    archived::{ArchivedOf, ArchivedWith, NotArchived},
    converted::{Conversion, Converted, Each, Maybe},
    decoded::Decoded,
    fields::{Count, FieldCodec, OpenFields, ReadBytes, ReadField, TupleCodec},
    frame::Frame,
    in_place::{InPlace, InPlaceCodec, decode_in_place},
    not_stored::NotStored,
    plain_text::{AsText, TextValue},
    reading::Reading,
    road::Road,
    stored_as::{NoForm, StoredAs},
    trust::Trust,
};
pub(crate) use self::{
    checked::{Checked, check_body, decode, with_view},
    frame::{Seal, VALUE_LEN_MAX, layout_number},
    kept::Kept,
    reading::CodecView,
    road::reuse,
};
#[cfg(feature = "rkyv")]
pub use self::{
    rkyv_as::{Adapted, AsStored, RkyvConversion, is_restored, is_written},
    rkyv_layout::RkyvLayout,
    rkyv_sharing::{Unpooled, Unshared},
};
use crate::{
    error::{DecodeError, EncodeError, LayoutError, Unresolved},
    schema::{CodecId, Description, Hints, RecordSchema},
};

/// How values of type `V` become bytes, and bytes become values again.
///
/// *Law*: `decode(encode(v))` equals `v`. `decode` of any other bytes returns a value or an error, always the same, and
/// does not panic. `format` and `type_name` are one line each; they change when stored bytes would be read differently,
/// and only then.
///
/// A codec can be implemented outside this crate, without `unsafe`. One that breaks the law makes its own tables return
/// wrong values or errors, and harms nothing else.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a codec for values of type `{V}`",
    label = "not a codec for `{V}`",
    note = "the codecs of `storage` are `Rkyv` and `Flatbuffers`; one of your own implements `Codec<{V}>`"
)]
pub trait Codec<V: 'static>: Sized + 'static {
    /// What is written, and what reading in full returns: `V` itself, or the object type that flatc made for it.
    type Owned: 'static;
    /// How values are read: [`InPlace`], which an [`InPlaceCodec`] may choose, or [`Decoded`].
    type Reading: Reading<V, Self>;

    /// Which codec this is.
    const ID: CodecId;

    /// Everything about the format that the bytes themselves do not say, for the catalogue.
    fn format() -> String;

    /// The name under which the catalogue knows `V` when it has no derived schema.
    fn type_name() -> String;

    /// Checks that the values of a record type lie as its schema says: called when a table of it is opened.
    ///
    /// # Errors
    ///
    /// [`LayoutError`] when they do not, so that another program with the same schema would misread them.
    fn check_layout(schema: &RecordSchema, description: &Description) -> Result<(), LayoutError> {
        let _ = (schema, description);
        Ok(())
    }

    /// Works out how values of the layout `old`, which a file has, are read as values of the layout `new`, which the
    /// code declares. A codec of one's own that does not say how refuses every change.
    ///
    /// # Errors
    ///
    /// [`Unresolved`] with every difference that neither the codec's rules nor `hints` settle.
    fn road(old: &Description, new: &Description, hints: &Hints) -> Result<Road, Unresolved> {
        let _ = (old, new, hints);
        Err(Unresolved::default())
    }

    /// Replaces the content of `out` with the bytes of `value`.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when the value cannot be written.
    fn encode(value: &Self::Owned, out: &mut Vec<u8>) -> Result<(), EncodeError>;

    /// Returns the value that `body` is the encoding of. It lies at any address.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] when `body` is not the encoding of a value.
    fn decode(body: &[u8]) -> Result<Self::Owned, DecodeError>;
}
