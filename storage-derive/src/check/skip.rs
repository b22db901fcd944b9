//! The rules of fields that are not stored.

use crate::{
    ast::{Container, Field},
    attr::{FieldAttrs, symbol::SERDE},
    ctxt::Ctxt,
};
use proc_macro2::TokenStream;
use quote::ToTokens;

/// What is said of how a field is stored, or found, says nothing of one that is not stored.
pub(super) fn check_skipped_fields(cx: &Ctxt, container: &Container<'_>) {
    for field in container.all_skipped() {
        for (key, place) in said(field) {
            let message = format!(
                "a field that is skipped is not stored, so `{key}` has no meaning for it; remove one of the two"
            );
            cx.error(place, message);
        }
    }
}

/// A key is compared as a whole.
pub(super) fn check_key_has_no_skipped_fields(cx: &Ctxt, key: &Container<'_>) {
    for field in key.all_skipped() {
        let message = "a key is stored whole; a field of it cannot be skipped";
        match &field.attrs.skip {
            Some(word) => cx.error(word, message),
            None => cx.error(field.ty, message),
        }
    }
}

/// What is said of `field` beside that it is skipped.
fn said(field: &Field<'_>) -> impl Iterator<Item = (&'static str, TokenStream)> {
    let FieldAttrs { convert, default, id, index, key, opaque, unique, was, .. } = &field.attrs;
    let is_serde = convert.as_ref().is_some_and(|word| *word == SERDE);
    let all = [
        ("default", default.as_ref().map(ToTokens::to_token_stream)),
        ("id", id.as_ref().map(ToTokens::to_token_stream)),
        ("index", index.as_ref().map(ToTokens::to_token_stream)),
        ("key", key.as_ref().map(ToTokens::to_token_stream)),
        ("opaque", opaque.as_ref().map(ToTokens::to_token_stream)),
        (if is_serde { "serde" } else { "text" }, convert.as_ref().map(ToTokens::to_token_stream)),
        ("unique", unique.as_ref().map(ToTokens::to_token_stream)),
        ("was", was.first().map(ToTokens::to_token_stream)),
    ];
    all.into_iter().filter_map(|(key, place)| Some((key, place?)))
}
