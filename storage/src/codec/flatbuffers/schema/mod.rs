//! Schemas of FlatBuffers: what the format adds to the model of a type, and the model in the language of `flatc`.

mod export;
mod fbs;
mod model;

pub(super) use self::model::place;
pub use self::{
    export::write_fbs,
    fbs::FlatbuffersSchema,
    model::{
        newtype_shape, payload_schema, removed, slot, table_shape, union_shape, unit_enum_shape,
    },
};
