//! The syntax between two commas of an attribute, and that each key is given once.

use crate::ctxt::Ctxt;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    LitStr, Path, Token,
    ext::IdentExt as _,
    parse::{Parse, ParseStream, Parser as _},
};

/// A place for a value that may be given once; a second time is an error at both.
pub(crate) struct Cell<'c, T> {
    cx: &'c Ctxt,
    /// Of what kind of attribute it is the value.
    kind: &'static str,
    first: Option<(Ident, Option<T>)>,
    reported: bool,
}

impl<'c, T> Cell<'c, T> {
    pub(crate) fn empty(cx: &'c Ctxt, kind: &'static str) -> Self {
        Self { cx, kind, first: None, reported: false }
    }

    pub(crate) fn set(&mut self, item: &Item, value: Option<T>) {
        let Some((first, _)) = &self.first else {
            self.first = Some((item.key.clone(), value));
            return;
        };
        let message = format!("duplicate {} attribute `{}`", self.kind, item.key);
        if !self.reported {
            self.cx.error(first, &message);
            self.reported = true;
        }
        self.cx.error(&item.key, &message);
    }

    pub(crate) fn get(self) -> Option<T> {
        self.get_with_key().map(|(_, value)| value)
    }

    /// The value and the word before it.
    pub(crate) fn get_with_key(self) -> Option<(Ident, T)> {
        self.first.and_then(|(key, value)| value.map(|value| (key, value)))
    }
}

/// The syntax between two commas of `#[store(...)]`: `key`, `key = value`, `key(...)`, or a mistake.
pub(crate) struct Item {
    pub(crate) key: Ident,
    pub(crate) equals: Option<Token![=]>,
    pub(crate) rest: TokenStream,
}

impl Item {
    /// The value of `key = "..."`.
    pub(crate) fn text(&self, cx: &Ctxt, form: &str) -> Option<LitStr> {
        self.value(cx, form, "a string literal")
    }

    /// The value of `crate = "path::to"`.
    pub(crate) fn krate(&self, cx: &Ctxt, form: &str) -> Option<Path> {
        let text = self.text(cx, form)?;
        let path = text.parse_with(Path::parse_mod_style);
        if path.is_err() {
            let found = text.value();
            cx.error(
                &text,
                format!("expected the path of a crate such as \"::storage\", found {found:?}"),
            );
        }
        path.ok()
    }

    /// The value of `key = value`, which should be `what`.
    pub(crate) fn value<T: Parse>(&self, cx: &Ctxt, form: &str, what: &str) -> Option<T> {
        if self.equals.is_none() || self.rest.is_empty() {
            self.wrong_form(cx, form, "");
            return None;
        }
        let value = syn::parse2(self.rest.clone());
        if value.is_err() {
            cx.error(&self.rest, format!("expected {what}, found `{}`", self.rest));
        }
        value.ok()
    }

    /// What is in the parentheses of `key(...)`.
    pub(crate) fn list(&self, cx: &Ctxt, form: &str) -> Option<TokenStream> {
        let mut tokens = self.rest.clone().into_iter();
        if let (Some(TokenTree::Group(group)), None, None) =
            (tokens.next(), tokens.next(), self.equals)
        {
            return Some(group.stream());
        }
        self.wrong_form(cx, form, "");
        None
    }

    /// The key itself, which takes no value.
    pub(crate) fn flag(&self, cx: &Ctxt, form: &str) -> Ident {
        if !self.is_bare() {
            self.wrong_form(cx, form, "");
        }
        self.key.clone()
    }

    /// `index` on a field, which is often taken for the one on the struct.
    pub(crate) fn index_flag(&self, cx: &Ctxt, form: &str) -> Ident {
        if !self.is_bare() {
            self.wrong_form(
                cx,
                form,
                "; an index with a name of its own is declared on the struct",
            );
        }
        self.key.clone()
    }

    pub(crate) fn is_bare(&self) -> bool {
        self.equals.is_none() && self.rest.is_empty()
    }

    fn wrong_form(&self, cx: &Ctxt, form: &str, hint: &str) {
        let found = self.to_token_stream();
        cx.error(&found, format!("expected `{form}`, found `{found}`{hint}"));
    }
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.key.to_tokens(tokens);
        self.equals.to_tokens(tokens);
        self.rest.to_tokens(tokens);
    }
}

/// The parts of `tokens` between commas, each of which begins with the name of `what`.
pub(crate) fn items(cx: &Ctxt, tokens: TokenStream, what: &str) -> Vec<Item> {
    let parser = |input: ParseStream<'_>| {
        let mut items = Vec::new();
        while !input.is_empty() {
            items.extend(item(cx, input, what)?);
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(items)
    };
    let items = parser.parse2(tokens);
    debug_assert!(items.is_ok(), "every token is taken for an item");
    items.unwrap_or_default()
}

fn item(cx: &Ctxt, input: ParseStream<'_>, what: &str) -> syn::Result<Option<Item>> {
    let begins_with_name = input.peek(Ident::peek_any);
    let first: TokenTree = input.parse()?;
    let equals = input.parse()?;
    let mut rest = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        rest.extend([input.parse::<TokenTree>()?]);
    }
    match first {
        TokenTree::Ident(key) if begins_with_name => Ok(Some(Item { key, equals, rest })),
        found => {
            cx.error(&found, format!("expected the name of {what}, found `{found}`"));
            Ok(None)
        }
    }
}
