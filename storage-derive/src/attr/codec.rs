//! `codec = "..."`: the codecs of a type. A record has one; a type that stands in records may have both.

use super::symbol::{FLATBUFFERS, RKYV};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::LitStr;

/// The codecs that are named, with the literal that names them.
pub(crate) struct Codecs {
    literal: LitStr,
    pub(crate) rkyv: bool,
    pub(crate) flatbuffers: bool,
    /// A name that is neither.
    pub(crate) unknown: Option<String>,
}

impl Codecs {
    /// Reads `rkyv`, `flatbuffers` or `rkyv, flatbuffers`.
    pub(crate) fn new(literal: LitStr) -> Self {
        let text = literal.value();
        let mut codecs = Self { literal, rkyv: false, flatbuffers: false, unknown: None };
        for name in text.split(',').map(str::trim) {
            if name == RKYV.as_str() {
                codecs.rkyv = true;
            } else if name == FLATBUFFERS.as_str() {
                codecs.flatbuffers = true;
            } else {
                codecs.unknown.get_or_insert_with(|| name.to_owned());
            }
        }
        codecs
    }
}

impl ToTokens for Codecs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.literal.to_tokens(tokens);
    }
}
