//! Types as they are written, taken apart.

use syn::{GenericArgument, PathArguments, PathSegment, Type};

/// `ty`, and every type that is written in it, from the outside in.
pub(crate) fn parts(ty: &Type) -> Vec<&Type> {
    let mut parts = vec![ty];
    match ty {
        Type::Array(array) => parts.extend(self::parts(&array.elem)),
        Type::Group(group) => parts.extend(self::parts(&group.elem)),
        Type::Paren(paren) => parts.extend(self::parts(&paren.elem)),
        Type::Path(path) => {
            let arguments = path.path.segments.iter().flat_map(arguments);
            parts.extend(arguments.flat_map(self::parts));
        }
        Type::Ptr(pointer) => parts.extend(self::parts(&pointer.elem)),
        Type::Reference(reference) => parts.extend(self::parts(&reference.elem)),
        Type::Slice(slice) => parts.extend(self::parts(&slice.elem)),
        Type::Tuple(tuple) => parts.extend(tuple.elems.iter().flat_map(self::parts)),
        _ => {}
    }
    parts
}

/// The last word of `ty`, if it is a path: `Vec` of `std::vec::Vec<u8>`.
pub(crate) fn last_word(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        Type::Group(group) => last_word(&group.elem),
        Type::Paren(paren) => last_word(&paren.elem),
        _ => None,
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
