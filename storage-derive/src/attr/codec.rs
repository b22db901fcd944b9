//! `codec = "..."`: the codecs of a type. A record has one; a type that is used in records may have several.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::LitStr;

/// The names of codecs, with the literal that lists them. Which of them there are is for `codec/` to say.
pub(crate) struct Codecs {
    literal: LitStr,
    pub(crate) names: Vec<String>,
}

impl Codecs {
    /// Reads `rkyv`, `flatbuffers` or `rkyv, flatbuffers`.
    pub(crate) fn new(literal: LitStr) -> Self {
        let names = literal.value().split(',').map(|name| name.trim().to_owned()).collect();
        Self { literal, names }
    }
}

impl ToTokens for Codecs {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.literal.to_tokens(tokens);
    }
}
