//! What a program gives to programs in other languages: its types in the language of FlatBuffers.

mod export;

pub use self::export::write_fbs;
