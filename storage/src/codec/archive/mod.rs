//! rkyv's archives without the types they were made of: computed from the model of a schema.
//!
//! *Invariant*: whatever the schemas and the bytes are, the answer is a value or an error. Every access stays inside,
//! every byte behind a pointer is paid for once, and calls are no deeper than a limit. Nothing here is trusted by what
//! reads records in place: what is made here is checked as any stored value is.
//!
//! The road of a plan: [`ArchivedTypes`] of both schemas → `resolve`, with `fields` and `merge` → [`Plan`] → `upcast`,
//! from a `Source` to a `Sink`.

mod fields;
mod format;
mod layout;
mod merge;
mod plan;
mod resolve;
mod sink;
mod source;
mod tree;
mod types;
mod upcast;

pub use self::{plan::Plan, types::ArchivedTypes};
