//! Codecs that are no part of the crate: one that decodes, one that reads in place. Tables keep the same promises with
//! them as with the crate's own.

mod damage;
mod json;
mod pairs;
mod records;
mod words;
