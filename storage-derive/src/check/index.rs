//! The rules of the indexes of a record.

use super::key::KEY_PARTS_MAX;
use crate::{
    ast::{Container, IndexKeys},
    attr::suggest::closest,
    ctxt::Ctxt,
};
use proc_macro2::Ident;
use syn::{ext::IdentExt as _, parse::Parser as _};

/// The rules of all of them.
pub(super) fn check_indexes(cx: &Ctxt, record: &Container<'_>) {
    check_index_names(cx, record);
    check_index_fields(cx, record);
    check_index_fields_differ(cx, record);
    check_field_is_indexed_once(cx, record);
}

/// An index is a table of its own and a handle in `INDEXES`: its name is unique, and an identifier.
fn check_index_names(cx: &Ctxt, record: &Container<'_>) {
    let indexes = record.indexes();
    for (position, index) in indexes.iter().enumerate() {
        let name = &index.name;
        if !is_index_name(name) {
            cx.error(
                index.place,
                format!("the name of an index must be an identifier, found {name:?}"),
            );
        }
        if let Some(first) = indexes.iter().take(position).find(|other| other.name == *name) {
            let message = format!("two indexes have the name `{name}`; rename one of them");
            cx.error(first.place, &message);
            cx.error(index.place, &message);
        }
    }
}

/// Whether `name` can follow `INDEXES.`, if need be with `r#` before it.
pub(crate) fn is_index_name(name: &str) -> bool {
    let never_raw = ["_", "crate", "self", "Self", "super"].contains(&name);
    !never_raw && !name.starts_with("r#") && Ident::parse_any.parse_str(name).is_ok()
}

/// The fields of an index are fields of the record.
fn check_index_fields(cx: &Ctxt, record: &Container<'_>) {
    let names: Vec<&str> = record.fields().iter().map(|field| field.name.as_str()).collect();
    for index in record.indexes() {
        let IndexKeys::Fields(fields) = index.source else { continue };
        if let Some((ident, _)) = fields.get(KEY_PARTS_MAX) {
            let found = fields.len();
            cx.error(ident, format!("an index has at most {KEY_PARTS_MAX} fields, found {found}"));
        }
        for (ident, _) in fields.iter().filter(|(_, field)| field.is_none()) {
            let found = ident.unraw().to_string();
            if record.skipped.iter().any(|field| field.name == found) {
                cx.error(ident, format!("`{found}` is skipped, so there is nothing to index"));
                continue;
            }
            let hint = match closest(&found, &names) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("its fields are `{}`", names.join("`, `")),
            };
            cx.error(ident, format!("`{}` has no field `{found}`; {hint}", record.name));
        }
    }
}

/// A field that is there twice adds bytes to each entry and nothing to the order.
fn check_index_fields_differ(cx: &Ctxt, record: &Container<'_>) {
    for index in record.indexes() {
        let IndexKeys::Fields(fields) = index.source else { continue };
        for (position, (ident, _)) in fields.iter().enumerate() {
            let is_same = |other: &&Ident| other.unraw() == ident.unraw();
            let before = fields.iter().take(position).map(|(other, _)| other);
            if let Some(first) = before.into_iter().find(is_same) {
                let message = format!("`{ident}` is listed twice in this index");
                cx.error(first, &message);
                cx.error(ident, &message);
            }
        }
    }
}

/// A unique index is an index already.
fn check_field_is_indexed_once(cx: &Ctxt, record: &Container<'_>) {
    for field in record.fields() {
        if let (Some(index), Some(unique)) = (&field.attrs.index, &field.attrs.unique) {
            let message = "`unique` already makes an index; remove `index`";
            cx.error(index, message);
            cx.error(unique, message);
        }
    }
}
