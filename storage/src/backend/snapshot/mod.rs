//! Committed states that are read: the latest, which readers share, and who holds which.

mod latest;
mod readers;

pub use self::readers::OldReader;
pub(super) use self::{
    latest::{ForgetOnDrop, LatestSnapshot},
    readers::{ReaderAlarm, Readers, Ticket},
};
