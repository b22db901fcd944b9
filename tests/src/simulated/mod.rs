//! A file system in memory that loses power and fails on purpose.
//!
//! [`SimulatedFiles`] keeps files and names, writes down what is done to them ([`Trace`]), and fails at a call of
//! choice ([`Plan`]). A [`Replay`] walks a trace and gives, at any position, an [`Image`] that a power cut there may
//! leave, as a [`Cut`] says: nothing that was not synced is sure to be there, neither bytes, lengths nor names.

mod cut;
mod disk;
mod fault;
mod files;
mod hasty;
mod image;
mod replay;
mod trace;

pub use self::{
    cut::{CUTS, Cut},
    fault::{FAULTS, Fault, Plan},
    files::SimulatedFiles,
    hasty::HastyFiles,
    image::Image,
    replay::{Replay, Syncs},
    trace::{Op, Trace},
};
