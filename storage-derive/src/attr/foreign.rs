//! Attributes that belong to others, and say something about what is stored.
//!
//! rkyv's own derive reports what is wrong with its attributes, so this one only looks.

use super::symbol::{AS_SERDE, AS_STORED, AS_TEXT, ATTR, MAP, REPR, RKYV, Symbol};
use crate::ty;
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::{
    Attribute, Token, Type,
    parse::{ParseStream, Parser as _},
    punctuated::Punctuated,
};

/// The integer of a `#[repr(...)]`, if one is named there.
pub(crate) fn repr(attrs: &[Attribute]) -> Option<Ident> {
    const INTEGERS: [&str; 8] = ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"];
    attrs.iter().filter(|attr| *attr.path() == REPR).find_map(|attr| {
        let words = attr.parse_args_with(Punctuated::<Ident, Token![,]>::parse_terminated).ok()?;
        words.into_iter().find(|word| INTEGERS.iter().any(|integer| word == integer))
    })
}

/// The first of `wanted` that is a key of an `#[rkyv(...)]`.
pub(crate) fn rkyv_key(attrs: &[Attribute], wanted: &[Symbol]) -> Option<Ident> {
    rkyv_item(attrs, |key, _| wanted.iter().any(|word| *key == *word).then(|| key.clone()))
}

/// The type of an `#[rkyv(with = Type)]`.
pub(crate) fn rkyv_type(attrs: &[Attribute], wanted: Symbol) -> Option<Type> {
    let read = |input: ParseStream<'_>| {
        input.parse::<Token![=]>()?;
        let ty = input.parse()?;
        input.parse::<TokenStream>()?;
        Ok(ty)
    };
    rkyv_item(attrs, |key, rest| {
        let rest = (*key == wanted).then(|| rest.iter().cloned().collect())?;
        read.parse2(rest).ok()
    })
}

/// An adapter of this crate in `#[rkyv(with = ...)]`: what is stored of a field with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Adapter {
    /// `AsStored`: the form of this crate's that the field's type knows.
    Stored,
    /// `AsSerde`, `AsText`, or `Map` of one: what the adapter makes of the value.
    Converting,
}

impl Adapter {
    /// The adapter that `with` names.
    pub(crate) fn of(with: &Type) -> Option<Self> {
        let is_any = |names: &[Symbol]| names.iter().any(|name| is_named(with, *name));
        match with {
            with if is_named(with, AS_STORED) => Some(Self::Stored),
            _ if is_any(&[AS_SERDE, AS_TEXT]) => Some(Self::Converting),
            _ => Self::of(argument_of(with, MAP)?).filter(|inner| *inner == Self::Converting),
        }
    }
}

/// The type in the angle brackets of a path whose last word is `name`.
pub(crate) fn argument_of(ty: &Type, name: Symbol) -> Option<&Type> {
    let word = ty::last_word(ty).filter(|word| word.ident == name)?;
    ty::arguments(word).first().copied()
}

/// Whether the last word of the path `ty` is `name`.
pub(crate) fn is_named(ty: &Type, name: Symbol) -> bool {
    let Type::Path(ty) = ty else { return false };
    ty.path.segments.last().is_some_and(|last| last.ident == name)
}

/// The `repr` of an `#[rkyv(attr(repr(...)))]`, however deep it lies there.
pub(crate) fn rkyv_repr(attrs: &[Attribute]) -> Option<Ident> {
    rkyv_item(attrs, |key, rest| match rest.first() {
        Some(TokenTree::Group(group)) if *key == ATTR => find_ident(group.stream(), REPR),
        _ => None,
    })
}

fn find_ident(tokens: TokenStream, wanted: Symbol) -> Option<Ident> {
    tokens.into_iter().find_map(|token| match token {
        TokenTree::Ident(ident) if ident == wanted => Some(ident),
        TokenTree::Group(group) => find_ident(group.stream(), wanted),
        _ => None,
    })
}

/// The first answer of `read` for an item of an `#[rkyv(...)]`: its key, and all that follows it.
fn rkyv_item<T>(
    attrs: &[Attribute],
    read: impl Fn(&Ident, &[TokenTree]) -> Option<T>,
) -> Option<T> {
    attrs.iter().filter(|attr| *attr.path() == RKYV).find_map(|attr| {
        let list = attr.meta.require_list().ok()?;
        let tokens: Vec<TokenTree> = list.tokens.clone().into_iter().collect();
        let is_comma = |at: usize| match at.checked_sub(1).and_then(|before| tokens.get(before)) {
            Some(TokenTree::Punct(punct)) => punct.as_char() == ',',
            Some(_) => false,
            None => true,
        };
        (0..tokens.len()).filter(|at| is_comma(*at)).find_map(|at| match tokens.get(at..) {
            Some([TokenTree::Ident(key), rest @ ..]) => read(key, rest),
            _ => None,
        })
    })
}
