//! What generated code of every kind is made with: the path to the crate `storage`, blocks and places.

use crate::attr::ContainerAttrs;
use proc_macro2::{Span, TokenStream, TokenTree};
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

/// `::storage::__private`, or with the path in `#[store(crate = "...")]` in place of `::storage`.
///
/// Absolute, because a user may have a module or a type called `storage`.
pub(crate) fn private(attrs: &ContainerAttrs) -> Prefix {
    let krate = attrs.krate.as_ref().map_or_else(|| quote!(::storage), |path| quote!(#path));
    Prefix(quote!(#krate::__private).into_iter().collect())
}

/// Puts `items` where their names are seen by nobody else.
///
/// ```text
/// const _: () = { … };
/// ```
pub(crate) fn in_const(items: &TokenStream) -> TokenStream {
    quote! {
        const _: () = {
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
