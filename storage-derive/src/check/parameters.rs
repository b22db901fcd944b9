//! The rules of the parameters of a type.

use crate::{ast::Container, ctxt::Ctxt};
use syn::{GenericParam, LifetimeParam};

/// A table holds one concrete type, named in its schema; and a record outlives the transaction that it was read in.
pub(super) fn check_record_has_no_parameters(cx: &Ctxt, record: &Container<'_>) {
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
                "a stored record cannot have {kind} parameters, found `{ident}`; \
                 a table holds one concrete type, so write a struct for each"
            ),
        );
    }
}

/// A value is read after the one that was written is gone.
pub(super) fn check_type_has_no_lifetimes(cx: &Ctxt, ty: &Container<'_>) {
    for param in ty.original.generics.lifetimes() {
        refuse_lifetime(cx, "stored type", param);
    }
}

/// A key's type is named in the schema, and a key is read after the one that was written is gone.
pub(super) fn check_key_has_no_parameters(cx: &Ctxt, key: &Container<'_>) {
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
                "a key type cannot have parameters, found `{ident}`; write a type for each kind of key"
            ),
        );
    }
}

fn refuse_lifetime(cx: &Ctxt, what: &str, param: &LifetimeParam) {
    let lifetime = &param.lifetime;
    cx.error(
        lifetime,
        format!(
            "a {what} must own its data, found the lifetime `{lifetime}`; \
             write `String` for `&str` and `Vec<T>` for `&[T]`"
        ),
    );
}
