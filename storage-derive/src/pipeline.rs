//! The stages of the three derives. Nothing from here on knows that it runs in a compiler: tests call it too.

use crate::{ast::Container, attr::Spot, check, ctxt::Ctxt, debug, expand, fallback, own_name};
use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

/// The stages of a derive.
pub(crate) struct Pipeline {
    /// Where its attributes are.
    spot: Spot,
    check: fn(&Ctxt, &Container<'_>),
    expand: fn(&Container<'_>) -> TokenStream,
    fallback: fn(&Container<'_>) -> TokenStream,
}

pub(crate) const STORED_RECORD: Pipeline = Pipeline {
    spot: Spot::Record,
    check: check::stored_record,
    expand: expand::stored_record,
    fallback: fallback::stored_record,
};

pub(crate) const STORED_TYPE: Pipeline = Pipeline {
    spot: Spot::Type,
    check: check::stored_type,
    expand: expand::stored_type,
    fallback: fallback::stored_type,
};

pub(crate) const STORED_KEY: Pipeline = Pipeline {
    spot: Spot::Type,
    check: check::stored_key,
    expand: expand::stored_key,
    fallback: fallback::stored_key,
};

impl Pipeline {
    /// What `input` becomes: code, or errors and stubs.
    pub(crate) fn derive(&self, input: &DeriveInput) -> TokenStream {
        let cx = Ctxt::new();
        let input = &*own_name::written_out(input);
        let container = Container::from_syn(&cx, input, self.spot);
        (self.check)(&cx, &container);
        let tokens = match cx.check() {
            Ok(()) => (self.expand)(&container),
            Err(error) => {
                let errors = error.into_compile_error();
                let stubs = (self.fallback)(&container);
                quote!(#errors #stubs)
            }
        };
        debug::show(&input.ident, &tokens);
        tokens
    }
}
