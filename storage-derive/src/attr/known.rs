//! The keys in the parentheses of an attribute, of which each attribute has its own.

use super::{
    item::{Item, items},
    suggest::unknown,
    symbol::Symbol,
};
use crate::ctxt::Ctxt;
use proc_macro2::TokenStream;

/// The items of `list` whose keys are among `keys`, each with how it is written; the others are reported. `what` they
/// are has its article: "an index attribute".
pub(super) fn known_items<'k>(
    cx: &'k Ctxt,
    list: TokenStream,
    what: &'k str,
    keys: &'k [(Symbol, &'k str)],
) -> impl Iterator<Item = (Symbol, &'k str, Item)> {
    items(cx, list, what).into_iter().filter_map(move |item| {
        let known = keys.iter().find(|(symbol, _)| item.key == *symbol);
        if known.is_none() {
            let (_, what) = what.split_once(' ').unwrap_or(("", what));
            let words: Vec<_> = keys.iter().map(|(symbol, _)| symbol.as_str()).collect();
            cx.error(&item.key, unknown(what, &item.key.to_string(), &words));
        }
        known.map(|(symbol, form)| (*symbol, *form, item))
    })
}
