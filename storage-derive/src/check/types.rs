//! The rules of `#[derive(StoredType)]`.

use super::{
    codec::{check_codec, check_codecs},
    fields::check_field_types,
    names::check_opaque_names,
    parameters::check_type_has_no_lifetimes,
    past::check_past,
    skip::check_skipped_fields,
};
use crate::{
    ast::{Container, Data, Variant},
    ctxt::Ctxt,
};

/// The rules of `#[derive(StoredType)]`.
pub(crate) fn stored_type(cx: &Ctxt, ty: &Container<'_>) {
    check_type_is_no_union(cx, ty);
    check_type_has_no_lifetimes(cx, ty);
    check_codec(cx, ty);
    check_type_discriminants(cx, ty);
    check_opaque_names(cx, ty);
    check_skipped_fields(cx, ty);
    check_field_types(cx, ty);
    check_past(cx, ty);
    check_codecs(cx, ty);
}

/// The bytes of a union do not say which of its fields is valid.
fn check_type_is_no_union(cx: &Ctxt, ty: &Container<'_>) {
    if let Data::Union(token) = &ty.data {
        cx.error(token, "a stored type must be a struct or an enum, found a union");
    }
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
