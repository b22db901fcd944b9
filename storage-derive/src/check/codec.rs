//! The rules of `codec = "..."`.

use crate::{
    ast::{Container, Data, Style},
    ctxt::Ctxt,
};

/// Only what the codecs of `storage` are called.
pub(super) fn check_codec(cx: &Ctxt, container: &Container<'_>) {
    let Some(codec) = &container.attrs.codec else { return };
    if let Some(name) = &codec.unknown {
        cx.error(codec, format!("unknown codec {name:?}; expected \"rkyv\" or \"flatbuffers\""));
    }
}

/// A table's values are all in one format.
pub(super) fn check_record_has_one_codec(cx: &Ctxt, record: &Container<'_>) {
    if record.is_rkyv() && record.is_flat() {
        let message = "a stored record has one codec, found two; only types that are used as fields may name several";
        cx.error(record.attrs.codec.as_ref(), message);
    }
}

/// `codec` on a type asks for handles to its fields: they need names, and places that do not hang on a parameter.
pub(super) fn check_type_can_be_projected(cx: &Ctxt, ty: &Container<'_>) {
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

/// With `as` and `remote` the archived struct is not the one that rkyv makes of this type: neither its fields nor
/// their places are known.
pub(super) fn check_rkyv_container(cx: &Ctxt, container: &Container<'_>) {
    if container.is_flat() && !container.is_rkyv() {
        return;
    }
    if let Some(key) = &container.attrs.rkyv_replaced {
        cx.error(
            key,
            format!(
                "with `#[rkyv({key})]` the schema cannot be derived from this type; remove it, or keep the type in \
                 a field with `#[store(opaque = \"name-and-version\")]`"
            ),
        );
    }
}

/// With `with` the bytes of a field are another type's; with `niche` some of them mean something else to an outer
/// type. A schema that names the field's own type would accept files that it misreads.
pub(super) fn check_rkyv_fields(cx: &Ctxt, container: &Container<'_>) {
    if container.is_flat() && !container.is_rkyv() {
        return;
    }
    for field in container.all_fields() {
        if let (Some(key), None) = (&field.attrs.rkyv_changed, &field.attrs.opaque) {
            cx.error(
                key,
                format!(
                    "with `#[rkyv({key})]` the schema cannot be derived from the type of this field; \
                     add `#[store(opaque = \"name-and-version\")]`"
                ),
            );
        }
    }
}
