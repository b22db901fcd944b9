//! Schemas of FlatBuffers: what the format adds to the model of a type, and the model in the language of `flatc`.

mod draft;
mod export;
mod fbs;
mod model;
mod nameless;
mod place;
mod standard;

#[cfg(feature = "dynamic")]
pub(crate) use self::fbs::fbs;
pub(super) use self::model::place;
#[cfg(feature = "dynamic")]
pub(super) use self::{
    draft::Fbs,
    place::{Elements, elements, is_option, unboxed},
    standard::standard,
};
pub use self::{
    export::write_fbs,
    fbs::FlatbuffersSchema,
    model::{FieldSlot, newtype_shape, removed, slot, table_shape, union_shape, unit_enum_shape},
};
