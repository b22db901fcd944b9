//! What is said of the past: `was = "name"`, `was("a", "b")`, `removed("x", "y")`, `default`, `from`.

use super::item::Item;
use crate::ctxt::Ctxt;
use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::{Expr, LitStr, Token, Type, parse::Parser as _, punctuated::Punctuated};

/// The value of a field where a file has none.
pub(crate) enum DefaultAttr {
    /// `default`: that of its type.
    OfType(Ident),
    /// `default = expression`
    Value(Expr),
}

impl DefaultAttr {
    pub(crate) fn from_item(cx: &Ctxt, item: &Item, form: &str) -> Option<Self> {
        if item.is_bare() {
            return Some(Self::OfType(item.key.clone()));
        }
        item.value(cx, form, "a constant expression").map(Self::Value)
    }

    /// The expression, if there is one.
    pub(crate) const fn value(&self) -> Option<&Expr> {
        match self {
            Self::OfType(_) => None,
            Self::Value(value) => Some(value),
        }
    }
}

impl ToTokens for DefaultAttr {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::OfType(word) => word.to_tokens(tokens),
            Self::Value(value) => value.to_tokens(tokens),
        }
    }
}

/// `from = Type`, `try_from = Type`: the type that the records were of before.
pub(crate) struct FromAttr {
    pub(crate) ty: Type,
    /// Whether not each of them becomes a record.
    pub(crate) is_tried: bool,
}

impl FromAttr {
    pub(crate) fn new(
        cx: &Ctxt,
        from: Option<(Ident, Type)>,
        try_from: Option<(Ident, Type)>,
    ) -> Option<Self> {
        if let (Some(_), Some((second, _))) = (&from, &try_from) {
            let message = "records were of one type before: remove `from` or `try_from`; an older type than that \
                           is the `from` of the older type";
            cx.error(second, message);
        }
        let is_tried = from.is_none();
        from.or(try_from).map(|(_, ty)| Self { ty, is_tried })
    }
}

/// The names in `key = "a"` or `key("a", "b")`; what is wrong is reported.
pub(crate) fn names(cx: &Ctxt, item: &Item, form: &str) -> Vec<LitStr> {
    if item.equals.is_some() {
        return item.text(cx, form).into_iter().collect();
    }
    let Some(list) = item.list(cx, form) else { return Vec::new() };
    match Punctuated::<LitStr, Token![,]>::parse_terminated.parse2(list.clone()) {
        Ok(names) if !names.is_empty() => names.into_iter().collect(),
        _ => {
            let key = &item.key;
            cx.error(
                item,
                format!(
                    "expected names, such as `{key}(\"a\", \"b\")`, found `{}`",
                    item.to_token_stream()
                ),
            );
            Vec::new()
        }
    }
}

/// Whether the parentheses of `item` begin with a name.
pub(crate) fn has_names(item: &Item) -> bool {
    let list: Option<proc_macro2::Group> = syn::parse2(item.rest.clone()).ok();
    let first = list.and_then(|list| list.stream().into_iter().next());
    first.is_some_and(|first| syn::parse2::<LitStr>(first.into()).is_ok())
}
