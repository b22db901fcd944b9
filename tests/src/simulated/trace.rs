//! What was done to a file system, in order.

use super::Image;
use std::{path::PathBuf, sync::Arc};

/// A file, whatever its names.
pub type FileId = u32;

/// One thing that was done.
#[derive(Clone, Debug)]
pub enum Op {
    /// A file was given a name.
    Name(PathBuf, FileId),
    /// A name was taken away.
    Unname(PathBuf),
    /// The names of a folder were made safe.
    SyncFolder(PathBuf),
    /// Bytes were written to a file from an offset on.
    Write(FileId, u64, Arc<[u8]>),
    /// A file was given a length.
    SetLen(FileId, u64),
    /// The bytes and the length of a file were made safe.
    Sync(FileId),
    /// A file could not be made safe. As Linux does it, what was written is in memory only from here on, until it
    /// is written again, whatever a later sync says.
    FailedSync(FileId),
    /// The program is about to do its step of this number.
    Begin(usize),
    /// The program was told that its step of this number is done.
    Acknowledged(usize),
}

impl Op {
    /// Whether it changes files or names, so that a power cut may undo it.
    #[must_use]
    pub const fn is_change(&self) -> bool {
        matches!(self, Self::Name(..) | Self::Unname(_) | Self::Write(..) | Self::SetLen(..))
    }
}

/// What was done since a file system was as `start` is.
#[derive(Clone, Debug, Default)]
pub struct Trace {
    /// What there was, safe from a power cut.
    pub start: Image,
    /// What was done then.
    pub ops: Vec<Op>,
}
