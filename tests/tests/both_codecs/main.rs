//! One record type, one suite, both codecs: only the attribute and the rkyv derives differ.

#![expect(clippy::duplicate_mod, reason = "the suite is instantiated once for each codec")]

mod both;
mod flatbuffers_codec;
mod rkyv_codec;
