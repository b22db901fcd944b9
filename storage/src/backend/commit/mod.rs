//! How writes become commits: one writer at a time, several writes to a commit, one way to end.

mod batch;
mod ending;
mod gate;
mod group;
mod line;
mod outcome;
mod progress;
mod queue;
mod ticket;

pub use self::ticket::WriteTicket;
pub(super) use self::{batch::Batch, gate::WriterGate, line::WritesInLine};
