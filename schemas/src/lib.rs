//! Record types that the examples, tests and benchmarks of `storage` share.
//!
//! - [`airports`]: the six tables of [OurAirports](https://ourairports.com) as records, and the reading of their CSV
//!   files.
//! - [`beijing`]: hourly air quality at stations in Beijing.
//! - [`matrix`]: every type that FlatBuffers can hold.
//! - [`monster`]: the two value types of the quickstart.
//! - [`player`]: a record to measure.
//! - [`generated`]: what flatc made of `fbs/`.

// Generated code names it from nested modules, and they see it at the crate root only.
extern crate alloc;

pub mod airports;
pub mod beijing;
#[allow(
    warnings,
    clippy::all,
    clippy::pedantic,
    clippy::restriction,
    unsafe_code,
    unsafe_op_in_unsafe_fn,
    rustdoc::broken_intra_doc_links,
    reason = "flatc writes it"
)]
pub mod generated;
pub mod matrix;
pub mod monster;
pub mod player;
