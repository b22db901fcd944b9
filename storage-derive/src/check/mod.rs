//! The rules: what must hold of a type before code is made of it.
//!
//! One file for each derive and for each noun, one function a rule, the reason above it. `attr/` has already reported
//! attributes that are misspelt, misplaced or given twice.

mod codec;
mod fields;
mod foreign;
mod index;
mod key;
mod names;
mod parameters;
mod past;
mod record;
mod skip;
mod types;

pub(crate) use self::{
    index::is_index_name,
    key::{KEY_PARTS_MAX, stored_key},
    record::stored_record,
    types::stored_type,
};
