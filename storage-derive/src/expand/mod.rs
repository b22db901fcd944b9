//! From the model to code: one file a part of the output, each headed by the Rust that it produces.
//!
//! What comes out is data and projections of one line; every loop is in `storage`. It names nothing but `::core`, the
//! private module of `storage` and what the user wrote, calls no method that a type of the user could answer to, and
//! names its own variables and parameters with two leading underscores.

mod equal;
mod fields;
mod index;
mod key;
mod past;
mod record;
mod types;

pub(crate) use self::{
    equal::eq_fields_of,
    fields::{StoredOf, field_set, has_fields_at},
    index::index_set_of,
    key::{indexed, key_type, stored_key},
    record::stored_record,
    types::{stored_type, whole_field},
};
