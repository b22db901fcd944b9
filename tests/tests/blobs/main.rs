//! Lengths and bytes of fields, for which no content is read, and none copied: in both codecs, from whole rows, damaged
//! ones and older ones.

#![expect(clippy::duplicate_mod, reason = "the suite is instantiated once for each codec")]

mod flatbuffers_codec;
mod records;
mod rkyv_codec;
