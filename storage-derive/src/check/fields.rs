//! The rules of the types of fields: what no codec can store, whatever stands behind its name.

use crate::{
    ast::{Container, Field},
    ctxt::Ctxt,
    ty,
};
use quote::ToTokens as _;
use syn::{Type, TypeReference};

/// A stored value is read by another run of the program: nothing of this one is there any more.
pub(super) fn check_field_types(cx: &Ctxt, container: &Container<'_>) {
    let fields = container.all_fields().filter(|field| is_stored_as_written(field));
    for field in fields {
        // One message a field: what is said of the outer type holds for all that is in it.
        let part = ty::parts(field.ty).into_iter().find_map(|part| Some((part, refusal(part)?)));
        if let Some((part, refusal)) = part {
            cx.error(part, refusal);
        }
    }
}

/// Whether the codec stores the field's own type, not what somebody else makes of it.
fn is_stored_as_written(field: &Field<'_>) -> bool {
    field.attrs.opaque.is_none() && field.attrs.rkyv_with.is_none() && !field.is_converted()
}

/// Why `ty` cannot be stored, and what to write instead.
fn refusal(ty: &Type) -> Option<String> {
    if !matches!(ty, Type::TraitObject(_) | Type::FnPtr(_) | Type::Ptr(_) | Type::Reference(_)) {
        return None; // Before it is spelled: most fields are fine.
    }
    let found = ty.to_token_stream().to_string().replace("* ", "*").replace("& ", "&");
    match ty {
        Type::TraitObject(_) => Some(format!(
            "the type behind a `{found}` is not known when it is read; \
             write an enum with a variant for each type that it can be"
        )),
        Type::FnPtr(_) => Some(format!(
            "a function cannot be stored, found `{found}`; write an enum with a variant for each of them"
        )),
        Type::Ptr(_) => {
            Some(format!("a pointer cannot be stored, found `{found}`; write the type itself"))
        }
        Type::Reference(reference) => of_reference(reference, &found),
        _ => None,
    }
}

/// Lifetimes that are parameters have a message of their own, and others do not compile.
fn of_reference(reference: &TypeReference, found: &str) -> Option<String> {
    if reference.lifetime.as_ref().is_none_or(|lifetime| lifetime.ident != "static") {
        return None;
    }
    let owned = match &*reference.elem {
        Type::Slice(slice) => format!("Vec<{}>", slice.elem.to_token_stream()),
        ty if ty::last_word(ty).is_some_and(|word| word.ident == "str") => "String".to_owned(),
        ty => ty.to_token_stream().to_string(),
    };
    Some(format!("a stored type must own its data, found `{found}`; write `{owned}`"))
}
