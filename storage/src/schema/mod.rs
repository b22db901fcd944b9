//! Schemas: what a record type declares, as plain data.
//!
//! [`RecordSchema`] is the constant that the derive writes. [`Description`] is the same thing spelled out, nested
//! types included: canonical text that the catalogue stores, compares line by line and fingerprints.

mod codec_id;
mod describe;
mod fbs;
mod field_type;
mod flat;
mod name;
mod place;
mod record;
mod scalar;
mod shape;
mod stored_type;
mod tuple;

pub use self::{
    codec_id::CodecId,
    describe::Description,
    field_type::{FieldType, WholeField},
    flat::{FlatDefinition, FlatFieldShape, FlatPresence, FlatRef, FlatSchema},
    name::{RESERVED, TABLE_NAME_LEN_MAX, check_table_name},
    place::{FieldPlace, FlatPlace},
    record::{FieldSchema, IndexSchema, RecordSchema},
    scalar::Scalar,
    shape::{Definition, FieldShape, Shape, Shapes, VariantShape},
    stored_type::StoredType,
};
pub(crate) use self::{
    scalar::{for_each_scalar, scalars},
    tuple::for_each_tuple,
};
