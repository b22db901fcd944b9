//! The rules of `#[derive(StoredKey)]`, and of the keys of records.

use super::{parameters::check_key_has_no_parameters, skip::check_key_has_no_skipped_fields};
use crate::{
    ast::{Container, Data, Field, Variant},
    ctxt::Ctxt,
};

/// The most parts of a key: tuples are keys up to this length.
pub(crate) const KEY_PARTS_MAX: usize = 12;

/// The rules of `#[derive(StoredKey)]`.
pub(crate) fn stored_key(cx: &Ctxt, key: &Container<'_>) {
    check_key_is_no_union(cx, key);
    check_key_has_no_parameters(cx, key);
    check_key_is_not_empty(cx, key);
    check_key_has_no_skipped_fields(cx, key);
    check_key_parts(cx, &key.fields().iter().collect::<Vec<_>>());
    check_key_discriminants_ascend(cx, key);
}

/// A key of several parts is a tuple of them, and those end at twelve.
pub(super) fn check_key_parts(cx: &Ctxt, parts: &[&Field<'_>]) {
    if let Some(first_too_many) = parts.get(KEY_PARTS_MAX) {
        let found = parts.len();
        let message = format!("a key has at most {KEY_PARTS_MAX} parts, found {found}");
        match &first_too_many.attrs.key {
            Some(attribute) => cx.error(attribute, message),
            None => cx.error(first_too_many.ty, message),
        }
    }
}

/// What a table counts is a key by itself.
pub(super) fn check_auto_key(cx: &Ctxt, record: &Container<'_>) {
    let key = record.key();
    for field in record.fields().iter().chain(&record.skipped) {
        let Some(auto) = &field.attrs.auto else { continue };
        if field.attrs.key.is_none() {
            cx.error(auto, "only a key is counted; write `#[store(key, auto)]`, or remove `auto`");
        } else if key.len() > 1 {
            let found = key.len();
            let message = format!(
                "a table counts keys of one field, found {found} with `#[store(key)]`; remove `auto`, or the others' \
                 `key`"
            );
            cx.error(auto, message);
        }
    }
}

/// The bytes of a union do not say which of its fields is valid.
fn check_key_is_no_union(cx: &Ctxt, key: &Container<'_>) {
    if let Data::Union(token) = &key.data {
        cx.error(token, "a key must be a struct or an enum, found a union");
    }
}

/// Without a part there is but one key, and without a variant there is none.
fn check_key_is_not_empty(cx: &Ctxt, key: &Container<'_>) {
    match &key.data {
        Data::Struct(_, fields) if fields.is_empty() && key.skipped.is_empty() => {
            cx.error(key.ident(), "a key needs at least one field, found none");
        }
        Data::Enum(_, variants) if variants.is_empty() => {
            cx.error(key.ident(), "a key needs at least one variant, found none");
        }
        _ => {}
    }
}

/// Keys sort in declaration order, values (`derive(Ord)`) by discriminant: both must be the same order.
fn check_key_discriminants_ascend(cx: &Ctxt, key: &Container<'_>) {
    let mut last: Option<(i128, &Variant<'_>)> = None;
    for variant in key.variants() {
        let value = match (&variant.original.discriminant, variant.discriminant) {
            (None, _) => last.map_or(0, |(value, _)| value.saturating_add(1)),
            (Some((_, expr)), None) => {
                cx.error(
                    expr,
                    "expected an integer literal as discriminant; keys sort by it, so its value must be known",
                );
                return;
            }
            (Some((_, expr)), Some(value)) => {
                if let Some((before, neighbour)) = last.filter(|(before, _)| value <= *before) {
                    cx.error(
                        expr,
                        format!(
                            "keys sort in declaration order, so discriminants must ascend; \
                             expected more than {before}, that of `{}`, found {value}",
                            neighbour.name
                        ),
                    );
                }
                value
            }
        };
        last = Some((value, variant));
    }
}
