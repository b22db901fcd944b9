//! The rules: what must hold of a type before code is made of it.
//!
//! One function a rule, the reason above it. `attr.rs` has already reported attributes that are misspelt, misplaced
//! or given twice.

use crate::{
    ast::{Container, Data, Field, IndexKeys, Style, Variant},
    check_flat,
    ctxt::Ctxt,
    suggest::closest,
};
use proc_macro2::Ident;
use quote::ToTokens as _;
use syn::{GenericParam, LitStr, ext::IdentExt as _, parse::Parser as _};

/// The longest table name, and opaque name, in bytes.
const NAME_LEN_MAX: usize = 255;

/// The most parts of a key: tuples are keys up to this length.
pub(crate) const KEY_PARTS_MAX: usize = 12;

/// The rules of `#[derive(StoredRecord)]`.
pub(crate) fn stored_record(cx: &Ctxt, record: &Container<'_>) {
    // What seems to be missing may be what `attr.rs` could not read.
    if cx.is_clean() {
        check_record_has_codec_and_table(cx, record);
        check_record_has_key(cx, record);
    }
    check_record_is_named_struct(cx, record);
    check_record_has_no_parameters(cx, record);
    check_codec(cx, record);
    check_table_name(cx, record);
    check_key_parts(cx, &record.key());
    check_opaque_names(cx, record);
    check_index_names(cx, record);
    check_index_fields(cx, record);
    check_index_fields_differ(cx, record);
    check_field_is_indexed_once(cx, record);
    check_rkyv_container(cx, record);
    check_rkyv_fields(cx, record);
    check_record_has_one_codec(cx, record);
    check_flat::flatbuffers(cx, record);
}

/// The rules of `#[derive(StoredType)]`.
pub(crate) fn stored_type(cx: &Ctxt, ty: &Container<'_>) {
    check_type_is_no_union(cx, ty);
    check_type_has_no_lifetimes(cx, ty);
    check_codec(cx, ty);
    check_type_can_be_projected(cx, ty);
    check_type_discriminants(cx, ty);
    check_opaque_names(cx, ty);
    check_rkyv_container(cx, ty);
    check_rkyv_fields(cx, ty);
    check_flat::flatbuffers(cx, ty);
}

/// The rules of `#[derive(StoredKey)]`.
pub(crate) fn stored_key(cx: &Ctxt, key: &Container<'_>) {
    check_key_is_no_union(cx, key);
    check_key_has_no_parameters(cx, key);
    check_key_is_not_empty(cx, key);
    check_key_parts(cx, &key.fields().iter().collect::<Vec<_>>());
    check_key_variants_are_units(cx, key);
    check_key_discriminants_ascend(cx, key);
}

/// A record's fields have handles (`FIELDS.name`), and those need names. An enum has no fields that every value has.
fn check_record_is_named_struct(cx: &Ctxt, record: &Container<'_>) {
    let ident = record.ident();
    let (place, found) = match &record.data {
        Data::Struct(Style::Named, _) => return,
        Data::Struct(Style::Tuple, _) => (ident.to_token_stream(), "a tuple struct"),
        Data::Struct(Style::Unit, _) => (ident.to_token_stream(), "a unit struct"),
        Data::Enum(token, _) => (
            token.to_token_stream(),
            "an enum; derive `StoredType` for it and keep it in a field of a record",
        ),
        Data::Union(token) => (token.to_token_stream(), "a union"),
    };
    cx.error(place, format!("a stored record is a struct with named fields, found {found}"));
}

/// A table holds one concrete type, named in its schema; and a record outlives the transaction that it was read in.
fn check_record_has_no_parameters(cx: &Ctxt, record: &Container<'_>) {
    for param in &record.original.generics.params {
        let (kind, ident) = match param {
            GenericParam::Lifetime(param) => {
                refuse_lifetime(cx, "stored record", param);
                continue;
            }
            GenericParam::Type(param) => ("type", &param.ident),
            GenericParam::Const(param) => ("const", &param.ident),
        };
        cx.error(
            ident,
            format!(
                "a stored record has no {kind} parameters, found `{ident}`; \
                 a table holds one concrete type: write a struct for each"
            ),
        );
    }
}

fn refuse_lifetime(cx: &Ctxt, what: &str, param: &syn::LifetimeParam) {
    let lifetime = &param.lifetime;
    cx.error(
        lifetime,
        format!(
            "a {what} owns its data, found the lifetime `{lifetime}`; \
             write `String` for `&str` and `Vec<T>` for `&[T]`"
        ),
    );
}

/// Both are part of the file for good, so neither is guessed from the names in the code, which may change.
fn check_record_has_codec_and_table(cx: &Ctxt, record: &Container<'_>) {
    let (needs, attribute) = match (&record.attrs.codec, &record.attrs.table) {
        (Some(_), Some(_)) => return,
        (None, Some(_)) => ("codec", "codec = \"rkyv\""),
        (Some(_), None) => ("table name", "table = \"...\""),
        (None, None) => ("codec and a table name", "codec = \"rkyv\", table = \"...\""),
    };
    cx.error(record.ident(), format!("a stored record needs a {needs}: `#[store({attribute})]`"));
}

/// Only what the codecs of `storage` are called.
fn check_codec(cx: &Ctxt, container: &Container<'_>) {
    let Some(codec) = &container.attrs.codec else { return };
    if let Some(name) = &codec.unknown {
        cx.error(codec, format!("unknown codec {name:?}; expected \"rkyv\" or \"flatbuffers\""));
    }
}

/// A table's values are all in one format.
fn check_record_has_one_codec(cx: &Ctxt, record: &Container<'_>) {
    if record.is_rkyv() && record.is_flat() {
        let message = "a stored record has one codec, found two; only a type that stands in records may have both";
        cx.error(record.attrs.codec.as_ref(), message);
    }
}

/// The rule of `storage::TableName`; `$` marks the tables that belong to the store itself.
fn check_table_name(cx: &Ctxt, record: &Container<'_>) {
    let Some(table) = &record.attrs.table else { return };
    check_name(cx, table, "a table name", "no control characters and no `$`", |c| c == '$');
}

/// The name goes into the text of the schema, one fact a line.
fn check_opaque_names(cx: &Ctxt, container: &Container<'_>) {
    for name in container.all_fields().filter_map(|field| field.attrs.opaque.as_ref()) {
        check_name(cx, name, "an opaque name", "no control characters", |_| false);
    }
}

fn check_name(cx: &Ctxt, literal: &LitStr, what: &str, rule: &str, forbidden: fn(char) -> bool) {
    let name = literal.value();
    match name.len() {
        1..=NAME_LEN_MAX => {}
        len => {
            cx.error(literal, format!("{what} has 1 to {NAME_LEN_MAX} bytes, found {len}"));
        }
    }
    if let Some(found) = name.chars().find(|c| c.is_control() || forbidden(*c)) {
        cx.error(literal, format!("{what} has {rule}, found `{}`", found.escape_debug()));
    }
}

/// An index is a table of its own and a handle in `INDEXES`: its name is unique, and an identifier.
fn check_index_names(cx: &Ctxt, record: &Container<'_>) {
    let indexes = record.indexes();
    for (position, index) in indexes.iter().enumerate() {
        let name = &index.name;
        if !is_index_name(name) {
            cx.error(index.place, format!("an index is named by an identifier, found {name:?}"));
        }
        if let Some(first) = indexes.iter().take(position).find(|other| other.name == *name) {
            let message = format!("two indexes are called `{name}`; give one of them another name");
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
            let before = fields.iter().take(position).map(|(other, _)| *other);
            if let Some(first) = before.into_iter().find(is_same) {
                let message = format!("an index has each field once, found `{ident}` twice");
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
            let message = "`unique` makes an index of its own; remove `index`";
            cx.error(index, message);
            cx.error(unique, message);
        }
    }
}

/// A record is found by the key it carries.
fn check_record_has_key(cx: &Ctxt, record: &Container<'_>) {
    if record.is_named_struct() && record.key().is_empty() {
        let message = "a stored record needs a key: `#[store(key)]` on at least one field";
        cx.error(record.ident(), message);
    }
}

/// A key of several parts is a tuple of them, and those end at twelve.
fn check_key_parts(cx: &Ctxt, parts: &[&Field<'_>]) {
    if let Some(first_too_many) = parts.get(KEY_PARTS_MAX) {
        let found = parts.len();
        let message = format!("a key has at most {KEY_PARTS_MAX} parts, found {found}");
        match &first_too_many.attrs.key {
            Some(attribute) => cx.error(attribute, message),
            None => cx.error(first_too_many.ty, message),
        }
    }
}

/// With `as` and `remote` the archived struct is not the one that rkyv makes of this type: neither its fields nor
/// their places are known.
fn check_rkyv_container(cx: &Ctxt, container: &Container<'_>) {
    if container.is_flat() && !container.is_rkyv() {
        return;
    }
    if let Some(key) = &container.attrs.rkyv_replaced {
        cx.error(
            key,
            format!(
                "with `#[rkyv({key})]` this type does not tell what is stored; remove it, or keep the type in a \
                 field with `#[store(opaque = \"name-and-version\")]`"
            ),
        );
    }
}

/// With `with` the bytes of a field are another type's; with `niche` some of them mean something else to an outer
/// type. A schema that names the field's own type would accept files that it misreads.
fn check_rkyv_fields(cx: &Ctxt, container: &Container<'_>) {
    if container.is_flat() && !container.is_rkyv() {
        return;
    }
    for field in container.all_fields() {
        if let (Some(key), None) = (&field.attrs.rkyv_changed, &field.attrs.opaque) {
            cx.error(
                key,
                format!(
                    "with `#[rkyv({key})]` the type of this field does not tell what is stored; \
                     add `#[store(opaque = \"name-and-version\")]`"
                ),
            );
        }
    }
}

/// Which field of a union is valid cannot be told from its bytes.
fn check_type_is_no_union(cx: &Ctxt, ty: &Container<'_>) {
    if let Data::Union(token) = &ty.data {
        cx.error(token, "a stored type is a struct or an enum, found a union");
    }
}

/// A value is read after the one that was written is gone.
fn check_type_has_no_lifetimes(cx: &Ctxt, ty: &Container<'_>) {
    for param in ty.original.generics.lifetimes() {
        refuse_lifetime(cx, "stored type", param);
    }
}

/// `codec` on a type asks for handles to its fields: they need names, and places that do not hang on a parameter.
fn check_type_can_be_projected(cx: &Ctxt, ty: &Container<'_>) {
    let Some(codec) = &ty.attrs.codec else { return };
    if codec.flatbuffers {
        return; // Named for more than projections; `check_flat.rs` judges it.
    }
    let found = match &ty.data {
        Data::Struct(Style::Named, _) if ty.has_parameters() => "parameters",
        Data::Struct(Style::Named, _) | Data::Union(_) => return,
        Data::Struct(Style::Tuple, _) => "a tuple struct",
        Data::Struct(Style::Unit, _) => "a unit struct",
        Data::Enum(..) => "an enum",
    };
    cx.error(
        codec,
        format!(
            "only a struct with named fields and no parameters has fields to project, found {found}; \
             remove `codec`, the type can be stored without it"
        ),
    );
}

/// rkyv stores an enum by its discriminants, so the schema names those that are given.
fn check_type_discriminants(cx: &Ctxt, ty: &Container<'_>) {
    for Variant { original, discriminant, .. } in ty.variants() {
        if let (Some((_, expr)), None) = (&original.discriminant, discriminant) {
            cx.error(
                expr,
                "expected an integer literal as discriminant; it is stored, so the schema names its value",
            );
        }
    }
}

/// Which field of a union is valid cannot be told from its bytes.
fn check_key_is_no_union(cx: &Ctxt, key: &Container<'_>) {
    if let Data::Union(token) = &key.data {
        cx.error(token, "a key is a struct or an enum, found a union");
    }
}

/// A key's type is named in the schema, and a key is read after the one that was written is gone.
fn check_key_has_no_parameters(cx: &Ctxt, key: &Container<'_>) {
    for param in &key.original.generics.params {
        let ident = match param {
            GenericParam::Lifetime(param) => {
                refuse_lifetime(cx, "key", param);
                continue;
            }
            GenericParam::Type(param) => &param.ident,
            GenericParam::Const(param) => &param.ident,
        };
        cx.error(
            ident,
            format!(
                "a key type has no parameters, found `{ident}`; write a type for each kind of key"
            ),
        );
    }
}

/// Without a part there is but one key, and without a variant there is none.
fn check_key_is_not_empty(cx: &Ctxt, key: &Container<'_>) {
    match &key.data {
        Data::Struct(_, fields) if fields.is_empty() => {
            cx.error(key.ident(), "a key needs at least one field, found none");
        }
        Data::Enum(_, variants) if variants.is_empty() => {
            cx.error(key.ident(), "a key needs at least one variant, found none");
        }
        _ => {}
    }
}

/// Variants of different lengths would need a rule of their own to sort by; units need none.
fn check_key_variants_are_units(cx: &Ctxt, key: &Container<'_>) {
    for Variant { original, .. } in key.variants() {
        if !matches!(original.fields, syn::Fields::Unit) {
            cx.error(
                &original.fields,
                format!(
                    "the variants of a key have no fields, found some on `{}`; \
                     write a struct with an `Option` for each kind",
                    original.ident
                ),
            );
        }
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
                            "keys sort in declaration order, values by discriminant; \
                             expected more than the {before} of `{}`, found {value}",
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
