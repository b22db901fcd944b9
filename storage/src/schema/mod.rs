//! Schemas: what a record type declares, as plain data.
//!
//! [`RecordSchema`] is the constant that the derive writes. From it one walk over the types makes the model, a
//! [`Description`] with its [`Types`]. Everything else is made from the model: the [`text`] that the catalogue stores,
//! compares and fingerprints, and the FlatBuffers schema for other languages.

mod archived;
mod bytes_type;
mod codec_id;
mod derived;
mod description;
mod feed;
mod field_type;
mod foreign;
mod generic;
mod heads;
mod hints;
mod kept_fields;
mod name;
mod older_struct;
mod past;
mod place;
mod plain_type;
mod record;
mod restored;
mod rust;
mod scalar;
mod shape;
mod shapes;
mod standard;
mod stored_type;
pub mod text;
mod tuple;
mod types;
mod words;

#[cfg(feature = "flatbuffers")]
pub(crate) use self::derived::field_shapes;
#[cfg(feature = "dynamic")]
pub(crate) use self::older_struct::struct_of;
pub use self::{
    archived::ArchivedLayout,
    bytes_type::BytesType,
    codec_id::CodecId,
    derived::{choice_shape, enum_shape, opaque_shape, struct_shape},
    description::{Description, IndexShape, RowShape},
    feed::FeedSchema,
    field_type::{FieldType, Length, WholeField},
    generic::Generic,
    hints::{Hints, Past},
    name::{RESERVED, TABLE_NAME_LEN_MAX, check_table_name},
    past::MemberPast,
    place::{FieldPlace, FlatPlace},
    plain_type::PlainType,
    record::{FieldSchema, KeySchema, RecordSchema, VariantSchema},
    restored::Restored,
    scalar::Scalar,
    shape::{Definition, FieldShape, Presence, Shape, Slot, VariantShape},
    shapes::Shapes,
    standard::Standard,
    stored_type::StoredType,
    types::Types,
};
pub(crate) use self::{
    heads::{differences_of_heads, has_other_key},
    kept_fields::kept_fields,
    older_struct::{OlderNames, older_struct},
    rust::RustType,
    scalar::{for_each_bytes, for_each_integer, for_each_scalar, for_each_text, scalars},
    tuple::for_each_tuple,
};
