//! Codecs: values as bytes, and bytes as views, checked and without decoding.
//!
//! *Invariants*: a codec never sees a key and does no I/O; only `rkyv*.rs` and `flatbuffers/` know their formats;
//! `unsafe` is in this folder and nowhere else.
//!
//! The road of a value: [`Codec::encode`] → [`Codec::check`] → [`Seal::close`] → the table; and back:
//! [`Seal::open`] → [`Codec::view`] → the caller.

mod body;
mod checked;
mod fields;
#[cfg(feature = "flatbuffers")]
pub mod flatbuffers;
mod frame;
mod kept;
#[cfg(feature = "rkyv")]
mod rkyv;
#[cfg(feature = "rkyv")]
mod rkyv_fields;
mod trust;

#[cfg(feature = "flatbuffers")]
pub use self::flatbuffers::{
    FlatList, FlatTable, Flatbuffers, FlatbuffersBuild, FlatbuffersSchema, FlatbuffersType,
    NoOwned, write_fbs,
};
pub(crate) use self::frame::Frame;
#[cfg(feature = "rkyv")]
pub use self::rkyv::{Rkyv, RkyvValue};
pub(crate) use self::{
    checked::{Checked, check_body, with_view},
    frame::{Seal, VALUE_LEN_MAX},
    kept::Kept,
};
pub use self::{
    fields::{FieldCodec, OpenFields, ReadField},
    trust::Trust,
};
use crate::{
    error::{DecodeError, EncodeError},
    schema::CodecId,
};

/// How values of type `V` become bytes and are read in place.
///
/// *Law*: `view(encode(v))` succeeds and `decode` of it equals `v`; `view` of any other bytes is an error or a
/// view whose every access is defined.
///
/// Sealed: the guards rely on `check`, so a codec is part of this crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot store values of type `{V}`",
    note = "rkyv needs `#[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize)]` on `{V}`",
    note = "FlatBuffers types made by flatc need `storage::flatbuffers_type!({V})`"
)]
pub trait Codec<V: 'static>: sealed::Sealed + Sized + 'static {
    /// What is written and what reading in full gives: `V` itself, or the object type that flatc made for it.
    type Owned;
    /// A borrowed, checked reading of the bytes.
    type View<'a>: Copy;

    /// Which codec this is.
    const ID: CodecId;

    /// An address at a multiple of this many bytes suits every value.
    const ALIGNMENT: usize;

    /// Everything about the format that the bytes themselves do not tell, for the catalogue.
    fn format() -> String;

    /// The name under which the catalogue knows `V` when it has no derived schema.
    fn type_name() -> String;

    /// Replaces the content of `out` with the bytes of `value`.
    ///
    /// # Errors
    ///
    /// [`EncodeError`] when the value cannot be written.
    fn encode(value: &Self::Owned, out: &mut Vec<u8>) -> Result<(), EncodeError>;

    /// Checks the whole structure of `body` and gives its view.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] when `body` is not a value of type `V`, or does not lie where the type can be read. At a
    /// multiple of [`ALIGNMENT`](Self::ALIGNMENT) it always does; elsewhere it may, depending on the type.
    fn view(body: &[u8]) -> Result<Self::View<'_>, DecodeError>;

    /// The view of bytes that were checked before.
    ///
    /// # Safety
    ///
    /// [`view`](Self::view) gave `Ok` for these very bytes at this very address, and they did not change since; or
    /// they are what [`encode`](Self::encode) gave, at a multiple of [`ALIGNMENT`](Self::ALIGNMENT).
    #[expect(unsafe_code, reason = "the contract that the guards uphold")]
    unsafe fn view_unchecked(body: &[u8]) -> Self::View<'_>;

    /// The owned value of a view.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] when the view holds something that the owned type does not have.
    fn decode(view: Self::View<'_>) -> Result<Self::Owned, DecodeError>;
}

pub(crate) mod sealed {
    /// Implemented by this crate's codecs only.
    pub trait Sealed {}
}
