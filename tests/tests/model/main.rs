//! Random operations on a table and on a `BTreeMap`: after each, both say the same. Once for each codec.
//!
//! `STORAGE_SEED=7 STORAGE_OPS=1000000 cargo test -p tests --test model` repeats a run, or makes a longer one.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::arithmetic_side_effects, clippy::indexing_slicing, reason = "of small numbers")]
#![expect(clippy::duplicated_attributes, reason = "several indexes share a field")]
#![expect(clippy::duplicate_mod, reason = "the model is instantiated once for each codec")]

mod flatbuffers_codec;
mod releases;
mod rkyv_codec;
