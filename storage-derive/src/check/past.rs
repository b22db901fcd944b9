//! The rules of what is said of the past: it names what is gone.

use crate::{
    ast::{Container, Field},
    ctxt::Ctxt,
};
use std::collections::BTreeSet;
use syn::{LitStr, Type, TypePath};

pub(super) fn check_past(cx: &Ctxt, container: &Container<'_>) {
    let name = &container.name;
    check_fields(cx, name, container.fields(), &container.attrs.removed_names);
    for variant in container.variants() {
        check_fields(cx, &format!("{name}::{}", variant.name), &variant.fields, &[]);
    }
    let variants = container.variants();
    let living: Vec<&str> = variants.iter().map(|variant| variant.name.as_str()).collect();
    let was = variants.iter().flat_map(|variant| &variant.was);
    check_names(cx, ("variant", "was", name), &living, was);
    check_names(cx, ("name", "was", name), &[name.as_str()], &container.attrs.was);
    if let Some(table) = &container.attrs.table {
        let table = &table.value();
        check_names(cx, ("name", "table_was", table), &[table], &container.attrs.table_was);
    }
    check_from(cx, container);
    check_by_migration(cx, container);
    if container.fields().is_empty()
        && let Some(removed) = container.attrs.removed_names.first()
        && !container.variants().is_empty()
    {
        cx.error(removed, "only a struct has fields that were removed");
    }
}

/// A record that is made of itself would be for ever.
fn check_from(cx: &Ctxt, container: &Container<'_>) {
    let Some(from) = &container.attrs.from else { return };
    let is_itself = |path: &TypePath| {
        path.qself.is_none()
            && (path.path.is_ident("Self") || path.path.is_ident(container.ident()))
    };
    if matches!(&from.ty, Type::Path(path) if is_itself(path)) {
        let name = &container.name;
        let message = format!(
            "`{name}` cannot be made of itself; keep the old struct under another name, such as `{name}V1`"
        );
        cx.error(&from.ty, message);
    }
}

/// What only a migration may take out of rows is named.
fn check_by_migration(cx: &Ctxt, container: &Container<'_>) {
    let attrs = &container.attrs;
    if let Some(by_migration) = &attrs.by_migration
        && attrs.removed.is_empty()
        && attrs.removed_names.is_empty()
    {
        let message = "`by_migration` is about fields that were removed; name them beside it, as in \
            `#[store(removed(\"bio\"), by_migration)]`";
        cx.error(by_migration, message);
    }
}

fn check_fields(cx: &Ctxt, owner: &str, fields: &[Field<'_>], removed: &[LitStr]) {
    let living: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    let was = fields.iter().flat_map(|field| &field.attrs.was);
    check_names(cx, ("field", "was", owner), &living, was);
    check_names(cx, ("field", "removed", owner), &living, removed);
}

fn check_names<'n, N: IntoIterator<Item = &'n LitStr>>(
    cx: &Ctxt,
    (kind, attribute, owner): (&str, &str, &str),
    living: &[&str],
    names: N,
) {
    let mut seen = BTreeSet::new();
    for literal in names {
        let name = literal.value();
        if living.contains(&name.as_str()) {
            let message = match kind {
                "name" => {
                    format!("`{owner}` is the name it has; `{attribute}` is for one that it had")
                }
                kind => format!(
                    "`{name}` is a {kind} of `{owner}`; `{attribute}` names one that is there no more"
                ),
            };
            cx.error(literal, message);
        } else if name.is_empty() {
            cx.error(literal, "a name cannot be empty");
        } else if !seen.insert(name.clone()) {
            cx.error(
                literal,
                format!("`{name}` is named twice by `{attribute}`; one of them is meant"),
            );
        }
    }
}
