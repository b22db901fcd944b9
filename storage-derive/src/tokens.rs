//! What generated code of every kind is made with: the path to the crate `storage`, blocks and places.

use crate::attr::ContainerAttrs;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt as _, quote};
use syn::spanned::Spanned;

/// A path that most names in generated code begin with.
///
/// Kept as single tokens: a stream inside a stream is a message to the compiler, each time that it is used.
pub(crate) struct Prefix(Vec<TokenTree>);

impl Prefix {
    /// The path of the module that is called `name` there.
    pub(crate) fn inside(&self, name: &TokenStream) -> Self {
        Self(quote!(#self::#name).into_iter().collect())
    }
}

impl ToTokens for Prefix {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append_all(&self.0);
    }
}

/// The module with the names of generated code, as [`in_const`] imports it.
pub(crate) fn private() -> Prefix {
    Prefix(vec![Ident::new("__storage", Span::call_site()).into()])
}

/// Puts `items` where their names are seen by nobody else, and those of generated code under a short path: every token
/// of a path costs the compiler its time, in every record.
///
/// ```text
/// const _: () = {
///     use ::storage::__private as __storage;
///     …
/// };
/// ```
///
/// With `#[store(crate = "...")]` it is that path in place of `::storage`, which is absolute because a user may have a
/// module or a type called `storage`.
pub(crate) fn in_const(attrs: &ContainerAttrs, items: &TokenStream) -> TokenStream {
    let krate = attrs.krate.as_ref().map_or_else(|| quote!(::storage), |path| quote!(#path));
    let private = private();
    quote! {
        const _: () = {
            use #krate::__private as #private;
            #items
        };
    }
}

/// `tokens`, of which messages point at `span`.
pub(crate) fn at(span: Span, tokens: TokenStream) -> TokenStream {
    let at = |mut token: TokenTree| {
        token.set_span(span);
        token
    };
    tokens.into_iter().map(at).collect()
}

/// `part` as it is written.
pub(crate) fn spelled(part: &impl ToTokens) -> String {
    part.to_token_stream().to_string().replace(' ', "")
}

/// How the crate `storage` is called: as `crate = ".."` says.
pub(crate) fn krate(attrs: &ContainerAttrs) -> String {
    attrs.krate.as_ref().map_or_else(|| "storage".to_owned(), spelled)
}

/// Where messages about `part` point, for code of the derive that the compiler may complain about.
///
/// Only the place is the part's: one that a macro of the user wrote would take our names for that macro's.
pub(crate) fn span_of(part: &impl Spanned) -> Span {
    part.span().resolved_at(Span::call_site())
}
