//! rkyv's archives without the types they were made of: computed from the model of a schema.
//!
//! *Invariant*: whatever the schemas and the bytes are, the answer is a value or an error. Every access stays inside,
//! every byte behind a pointer is paid for once, and calls are no deeper than a limit. Nothing here is trusted by what
//! reads records in place: what is made here is checked as any stored value is.
//!
//! A value comes from an archive by `read` and goes to one by `write`.
//!
//! How rows of one layout become rows of another: `types` of both, with their `layout` → `compare` and `fields`, which
//! tell a `resolver` what they find, and `merge` → [`Upcast`], which has `moves` → `run`, from a `source` to a `sink`.
//! Where only the record itself has changed, which `pointees` finds out, the rest is copied at once.

mod compare;
mod fields;
mod format;
#[cfg(feature = "dynamic")]
mod hashing;
mod layout;
mod merge;
mod moves;
#[cfg(feature = "dynamic")]
mod of_value;
mod pointees;
mod read;
mod resolver;
mod run;
mod same;
mod sink;
mod source;
mod tree;
mod types;
mod upcast;
mod value;
#[cfg(feature = "dynamic")]
mod values;
mod widen;
mod write;

#[cfg(feature = "dynamic")]
pub(crate) use self::{of_value::write_archive, values::ArchiveValues};
pub use self::{
    types::ArchivedTypes,
    upcast::Upcast,
    value::{ArchivedValue, HashTable},
};
