//! The rules of `#[derive(StoredRecord)]`.

use super::{
    codec::{check_codec, check_codecs, check_record_has_one_codec},
    fields::check_field_types,
    index::check_indexes,
    key::{check_auto_key, check_key_parts},
    names::{check_opaque_names, check_table_name},
    parameters::check_record_has_no_parameters,
    past::check_past,
    skip::check_skipped_fields,
};
use crate::{
    ast::{Container, Data, Style},
    codec,
    ctxt::Ctxt,
};
use quote::ToTokens as _;

/// The rules of `#[derive(StoredRecord)]`.
pub(crate) fn stored_record(cx: &Ctxt, record: &Container<'_>) {
    // What seems to be missing may be what `attr.rs` could not read.
    if cx.is_clean() {
        check_record_has_codec_and_table(cx, record);
        check_record_has_key(cx, record);
    }
    check_record_has_fields(cx, record);
    check_record_is_no_newtype(cx, record);
    check_record_has_no_parameters(cx, record);
    check_codec(cx, record);
    check_table_name(cx, record);
    check_key_parts(cx, &record.key());
    check_auto_key(cx, record);
    check_opaque_names(cx, record);
    check_skipped_fields(cx, record);
    check_field_types(cx, record);
    check_past(cx, record);
    check_indexes(cx, record);
    check_record_has_one_codec(cx, record);
    check_codecs(cx, record);
}

/// An enum has no fields that every value has, and a key is one of them.
fn check_record_has_fields(cx: &Ctxt, record: &Container<'_>) {
    let ident = record.ident();
    let (place, found) = match &record.data {
        Data::Struct(Style::Named | Style::Tuple, _) => return,
        Data::Struct(Style::Unit, _) => (ident.to_token_stream(), "a unit struct"),
        Data::Enum(token, _) => (
            token.to_token_stream(),
            "an enum; derive `StoredType` for it and keep it in a field of a record",
        ),
        Data::Union(token) => (token.to_token_stream(), "a union"),
    };
    cx.error(place, format!("a stored record must be a struct with fields, found {found}"));
}

/// Fields that are not read alone have no handles.
fn check_record_is_no_newtype(cx: &Ctxt, record: &Container<'_>) {
    let named = codec::named(record);
    let is_plain = record.has_fields() && !record.has_parameters() && !named.is_empty();
    if is_plain && !codec::reads_fields(record) {
        let message = "in FlatBuffers a struct with one unnamed field is that field and no table of its own; \
                       name the field to make it a record";
        cx.error(record.ident(), message);
    }
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

/// A record is found by the key it carries.
fn check_record_has_key(cx: &Ctxt, record: &Container<'_>) {
    let has_key =
        record.fields().iter().chain(&record.skipped).any(|field| field.attrs.key.is_some());
    if record.has_fields() && !has_key {
        let message = "a stored record needs a key: `#[store(key)]` on at least one field";
        cx.error(record.ident(), message);
    }
}
