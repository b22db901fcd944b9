//! One record type, one suite, both codecs: only the attribute and the rkyv derives differ.

mod both;
mod flatbuffers_codec;
mod rkyv_codec;
