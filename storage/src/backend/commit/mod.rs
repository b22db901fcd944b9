//! How writes become commits: one writer at a time, several writes to a commit, one way to end.

mod batch;
mod ending;
mod gate;
mod group;
mod queue;

pub use self::queue::WriteTicket;
pub(super) use self::{batch::Batch, gate::WriterGate, queue::WriteQueue};
