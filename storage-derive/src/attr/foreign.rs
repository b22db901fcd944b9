//! Attributes that belong to others, and say something about what is stored.

use super::symbol::{REPR, RKYV, Symbol};
use proc_macro2::{Ident, TokenTree};
use syn::{Attribute, Token, punctuated::Punctuated};

/// The integer of a `#[repr(...)]`, if one is named there.
pub(crate) fn repr(attrs: &[Attribute]) -> Option<Ident> {
    const INTEGERS: [&str; 8] = ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"];
    attrs.iter().filter(|attr| *attr.path() == REPR).find_map(|attr| {
        let words = attr.parse_args_with(Punctuated::<Ident, Token![,]>::parse_terminated).ok()?;
        words.into_iter().find(|word| INTEGERS.iter().any(|integer| word == integer))
    })
}

/// The first of `wanted` that is a key of an `#[rkyv(...)]`.
///
/// rkyv's own derive reports what is wrong with its attributes, so this one only looks.
pub(crate) fn rkyv_key(attrs: &[Attribute], wanted: &[Symbol]) -> Option<Ident> {
    attrs.iter().filter(|attr| *attr.path() == RKYV).find_map(|attr| {
        let list = attr.meta.require_list().ok()?;
        let tokens: Vec<TokenTree> = list.tokens.clone().into_iter().collect();
        let is_comma =
            |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        tokens.split(is_comma).find_map(|item| match item.first() {
            Some(TokenTree::Ident(key)) if wanted.iter().any(|word| *key == *word) => {
                Some(key.clone())
            }
            _ => None,
        })
    })
}
