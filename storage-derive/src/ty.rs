//! Types as they are written, taken apart.

use proc_macro2::Ident;
use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// `ty`, and every type that is written in it, from the outside in.
pub(crate) fn parts(ty: &Type) -> Vec<&Type> {
    let mut parts = Vec::new();
    push_parts(ty, &mut parts);
    parts
}

fn push_parts<'t>(ty: &'t Type, parts: &mut Vec<&'t Type>) {
    parts.push(ty);
    for child in children(ty) {
        push_parts(child, parts);
    }
}

/// The types that `ty` is written with.
pub(crate) fn children(ty: &Type) -> Vec<&Type> {
    match ty {
        Type::Array(array) => vec![&array.elem],
        Type::Group(group) => vec![&group.elem],
        Type::Paren(paren) => vec![&paren.elem],
        Type::Path(path) => path.path.segments.iter().flat_map(arguments).collect(),
        Type::Ptr(pointer) => vec![&pointer.elem],
        Type::Reference(reference) => vec![&reference.elem],
        Type::Slice(slice) => vec![&slice.elem],
        Type::Tuple(tuple) => tuple.elems.iter().collect(),
        _ => Vec::new(),
    }
}

/// `ty` without the parentheses and the invisible groups around it, which macros make.
pub(crate) fn bare(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => bare(&group.elem),
        Type::Paren(paren) => bare(&paren.elem),
        ty => ty,
    }
}

/// The last word of `ty`, if it is a path: `Vec` of `std::vec::Vec<u8>`.
pub(crate) fn last_word(ty: &Type) -> Option<&PathSegment> {
    match bare(ty) {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

/// Whether a word of the path `ty` is `name`.
pub(crate) fn names(ty: &Type, name: &Ident) -> bool {
    match bare(ty) {
        Type::Path(path) => path.path.segments.iter().any(|word| word.ident == *name),
        _ => false,
    }
}

/// The types between `<` and `>`.
pub(crate) fn arguments(segment: &PathSegment) -> Vec<&Type> {
    let PathArguments::AngleBracketed(list) = &segment.arguments else { return Vec::new() };
    let types = list.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}
