//! The name of a codec.

use std::fmt;

/// Which format a value is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CodecId {
    /// rkyv archives.
    Rkyv,
    /// FlatBuffers.
    Flatbuffers,
}

impl fmt::Display for CodecId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rkyv => "rkyv",
            Self::Flatbuffers => "flatbuffers",
        })
    }
}
