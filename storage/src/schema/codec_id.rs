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
    /// The format of a codec outside this crate, by a name that no other codec has.
    Other(&'static str),
}

impl fmt::Display for CodecId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Rkyv => "rkyv",
            Self::Flatbuffers => "flatbuffers",
            Self::Other(name) => name,
        })
    }
}
