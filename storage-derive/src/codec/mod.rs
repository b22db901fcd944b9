//! The codecs, a file or a folder each: their rules and what the derives implement for them.

pub(crate) mod flatbuffers;
