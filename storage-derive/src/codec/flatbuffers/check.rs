//! The rules of the FlatBuffers codec: what must hold of a type before it becomes a table, a struct, an enum or a
//! union.

use super::{newtype, union::payload};
use crate::{
    ast::{Container, Data, Field, Variant},
    attr::DefaultAttr,
    ctxt::Ctxt,
};
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::LitStr;

/// The length of a file identifier in bytes.
const FILE_IDENTIFIER_LEN: usize = 4;

/// The rules of a type that is stored in FlatBuffers.
pub(super) fn check(cx: &Ctxt, container: &Container<'_>) {
    check_names(cx, container);
    check_fields_have_types(cx, container);
    check_converted_fields(cx, container);
    check_past(cx, container);
    match &container.data {
        Data::Struct(_, fields) => {
            check_is_no_newtype(cx, container);
            check_file_identifier(cx, container);
            check_ids(cx, container, fields);
            check_fixed(cx, container, fields);
        }
        Data::Enum(_, variants) => {
            check_is_no_table(cx, container);
            check_variants(cx, container, variants);
        }
        Data::Union(_) => {}
    }
}

/// The rules of all other types: the attributes would do nothing there, and a reader would believe them.
pub(super) fn check_others(cx: &Ctxt, container: &Container<'_>) {
    let attrs = &container.attrs;
    let message = |key: &str| {
        format!(
            "`{key}` is for FlatBuffers only; remove it, or add `#[store(codec = \"flatbuffers\")]` to the type"
        )
    };
    if let Some(literal) = &attrs.file_identifier {
        cx.error(literal, message("file_identifier"));
    }
    if let Some(word) = &attrs.fixed {
        cx.error(word, message("fixed"));
    }
    for removed in &attrs.removed {
        cx.error(&removed.name, message("removed"));
    }
    for field in container.all_fields() {
        if let Some(id) = &field.attrs.id {
            cx.error(id, message("id"));
        }
    }
}

/// An id outlives its field, and a default is a number.
fn check_past(cx: &Ctxt, container: &Container<'_>) {
    for name in &container.attrs.removed_names {
        cx.error(
            name,
            format!(
                "the id of a removed field stays taken in FlatBuffers: `removed(id = ..., name = {:?}, ty = \"...\")`",
                name.value()
            ),
        );
    }
    for field in container.all_fields() {
        if let Some(DefaultAttr::OfType(word)) = &field.attrs.default {
            let message = "`default` alone says nothing in FlatBuffers: a missing number or enum is 0, a missing list \
                empty; write another value, as in `default = 150`, or remove it";
            cx.error(word, message);
        }
    }
}

/// The schema language allows ASCII names only.
fn check_names(cx: &Ctxt, container: &Container<'_>) {
    let fields = container.all_fields().filter_map(|field| field.original.ident.as_ref());
    let variants = container.variants().iter().map(|variant| &variant.original.ident);
    for ident in [container.ident()].into_iter().chain(fields).chain(variants) {
        if !ident.to_string().is_ascii() {
            cx.error(
                ident,
                format!("a name in a FlatBuffers schema must be ASCII, found `{ident}`"),
            );
        }
    }
}

/// An opaque name means nothing to other languages, which read the schema too.
fn check_fields_have_types(cx: &Ctxt, container: &Container<'_>) {
    for opaque in container.all_fields().filter_map(|field| field.attrs.opaque.as_ref()) {
        cx.error(
            opaque,
            format!(
                "a field in FlatBuffers cannot be `opaque`, found {:?}; use a type that FlatBuffers can store",
                opaque.value()
            ),
        );
    }
}

/// The form of a value has no default; its type may have one of another kind.
fn check_converted_fields(cx: &Ctxt, container: &Container<'_>) {
    for field in container.all_fields().filter(|field| field.is_converted()) {
        if let Some(default) = &field.attrs.default {
            cx.error(
                default,
                "text and bytes have no default; write `Option` for a value that may be missing",
            );
        }
    }
}

/// A newtype is its content, so it has nothing that belongs to a table.
fn check_is_no_newtype(cx: &Ctxt, container: &Container<'_>) {
    let Some(content) = newtype::content(container) else { return };
    let attrs = &container.attrs;
    let of_table = attrs.file_identifier.iter().map(ToTokens::to_token_stream);
    let removed = attrs.removed.iter().map(|removed| removed.name.to_token_stream());
    let id = content.attrs.id.iter().map(ToTokens::to_token_stream);
    let default = content.attrs.default.iter().map(ToTokens::to_token_stream);
    for found in of_table.chain(removed).chain(id).chain(default) {
        let message = "a struct with one unnamed field is stored as that field, so it is no table; name the field \
                       to make it one";
        cx.error(found, message);
    }
}

/// The format has room for four bytes.
fn check_file_identifier(cx: &Ctxt, container: &Container<'_>) {
    let Some(literal) = &container.attrs.file_identifier else { return };
    let value = literal.value();
    if value.len() != FILE_IDENTIFIER_LEN || !value.bytes().all(|byte| byte.is_ascii_graphic()) {
        cx.error(
            literal,
            format!("a file identifier must be four visible ASCII characters, found {value:?}"),
        );
    }
    if let Some(word) = &container.attrs.fixed {
        cx.error(word, "only a table can have a `file_identifier`, found a struct that is `fixed`");
    }
}

/// With ids given by hand, a field without one would take an id that depends on its place.
fn check_ids(cx: &Ctxt, container: &Container<'_>, fields: &[Field<'_>]) {
    let given = fields.iter().filter_map(|field| field.attrs.id.as_ref()).count();
    if given != 0 && given != fields.len() {
        for field in fields.iter().filter(|field| field.attrs.id.is_none()) {
            let message = "either every field has an `id` or none has; this one has none: add `#[store(id = ...)]`";
            match &field.original.ident {
                Some(ident) => cx.error(ident, message),
                None => cx.error(field.ty, message),
            }
        }
    }
    let ids = fields.iter().filter_map(|field| field.attrs.id.as_ref());
    let mut seen = BTreeSet::new();
    for id in ids.chain(container.attrs.removed.iter().map(|removed| &removed.id)) {
        match id.base10_parse::<u16>() {
            Ok(number) if !seen.insert(number) => {
                cx.error(
                    id,
                    format!("the id {number} is used twice; that of a removed field stays taken"),
                );
            }
            Ok(_) => {}
            Err(_) => cx.error(id, format!("an id must be from 0 to {}, found {id}", u16::MAX)),
        }
    }
}

/// A struct of fixed width has neither ids nor defaults: every field is always there.
fn check_fixed(cx: &Ctxt, container: &Container<'_>, fields: &[Field<'_>]) {
    let Some(word) = &container.attrs.fixed else { return };
    if fields.is_empty() {
        cx.error(word, "a fixed struct needs at least one field, found none");
    }
    for removed in &container.attrs.removed {
        let message = format!(
            "a fixed struct cannot have removed fields, because it never changes; found {:?}",
            removed.name.value()
        );
        cx.error(&removed.name, message);
    }
    for field in fields {
        if let Some(word) = &field.attrs.convert {
            let message = format!(
                "a fixed struct holds no text and no list, which `{word}` makes of the value; remove `fixed`"
            );
            cx.error(word, message);
        }
        let id = field.attrs.id.as_ref().map(ToTokens::to_token_stream);
        let key = if id.is_some() { "id" } else { "default" };
        let default = field.attrs.default.as_ref().map(ToTokens::to_token_stream);
        if let Some(found) = id.or(default) {
            let message = format!(
                "a field of a fixed struct is always present and always at the same place; remove `{key}`"
            );
            cx.error(found, message);
        }
    }
}

/// What belongs to tables does not belong to enums.
fn check_is_no_table(cx: &Ctxt, container: &Container<'_>) {
    let attrs = &container.attrs;
    let literals =
        attrs.file_identifier.iter().chain(attrs.removed.iter().map(|removed| &removed.name));
    for literal in literals.collect::<Vec<&LitStr>>() {
        cx.error(
            literal,
            "only a struct can have a `file_identifier` or `removed` fields, found an enum",
        );
    }
    if let Some(word) = &attrs.fixed {
        cx.error(
            word,
            "only a struct can be `fixed`, found an enum; one without data is a number anyway",
        );
    }
}

/// An enum without data is a number; with data, each variant is a table.
fn check_variants(cx: &Ctxt, container: &Container<'_>, variants: &[Variant<'_>]) {
    if variants.is_empty() {
        cx.error(
            container.ident(),
            "an enum in FlatBuffers needs at least one variant, found none",
        );
    }
    if container.is_unit_enum() {
        check_numbers(cx, container);
        return;
    }
    if variants.len() > 255 {
        cx.error(
            container.ident(),
            format!(
                "an enum with data in FlatBuffers has at most 255 variants, found {}",
                variants.len()
            ),
        );
    }
    for variant in variants {
        if payload(variant).is_none() {
            check_ids(cx, container, &variant.fields);
        }
    }
}

/// The numbers of the variants fit the integer that they are stored as.
fn check_numbers(cx: &Ctxt, container: &Container<'_>) {
    let numbers = container.numbers();
    let (least, most) = container.repr_bounds();
    let too_far = |number: &i128| !(least..=most).contains(number);
    if let Some(number) = numbers.iter().find(|number| too_far(number)) {
        let message = format!(
            "the variants are stored as `{}`, which cannot hold {number}; \
             choose an integer that can, such as `#[repr(i32)]`",
            container.repr_name()
        );
        cx.error(container.ident(), message);
    }
}
