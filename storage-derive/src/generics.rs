//! The parameters of a type, and the fields that hang on them.

use crate::{
    ast::{Container, Field},
    tokens::Prefix,
    ty,
};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{GenericParam, Generics, Lifetime, LifetimeParam, Type, TypeParam, parse_quote};

/// The type that has a parameter, and is none of the value itself.
const PHANTOM: &str = "PhantomData";

/// The parameters of `container`: each type parameter that a value has is a `StoredType`.
pub(crate) fn stored(private: &Prefix, container: &Container<'_>) -> Generics {
    let mut generics = container.original.generics.clone();
    for param in generics.type_params_mut() {
        let bound = if is_stored(container, param) {
            parse_quote!(#private::StoredType)
        } else {
            parse_quote!('static)
        };
        param.bounds.push(bound);
    }
    generics
}

/// Whether a value has one of the type parameter `param`.
pub(crate) fn is_stored(container: &Container<'_>, param: &TypeParam) -> bool {
    container.all_fields().any(|field| has(field.ty, &param.ident))
}

/// Whether `ty` has `ident` in it, and not only as the type of no value.
fn has(ty: &Type, ident: &Ident) -> bool {
    let is_phantom = ty::last_word(ty).is_some_and(|word| word.ident == PHANTOM);
    !is_phantom && (is_word(ty, ident) || ty::children(ty).into_iter().any(|ty| has(ty, ident)))
}

/// Whether `ty` is `ident`, or something of it: `T`, `T::Item`.
fn is_word(ty: &Type, ident: &Ident) -> bool {
    let Type::Path(path) = ty else { return false };
    path.path.segments.first().is_some_and(|first| first.ident == *ident)
}

/// The fields whose types hang on a parameter, but for those that have the type itself in them: to ask those for
/// anything would be to ask for ever.
pub(crate) fn open_fields<'c, 'a>(
    container: &'c Container<'a>,
) -> impl Iterator<Item = &'c Field<'a>> {
    let params = &container.original.generics;
    let mentions = |ty, ident: &Ident| ty::parts(ty).into_iter().any(|part| is_word(part, ident));
    let is_recursive = |ty| {
        let mut words = ty::parts(ty).into_iter().filter_map(ty::last_word);
        words.any(|word| word.ident == *container.ident() || word.ident == "Self")
    };
    container.all_fields().filter(move |field| {
        let is_open = params.type_params().any(|param| mentions(field.ty, &param.ident));
        is_open && !is_recursive(field.ty)
    })
}

/// `generics` with the lifetime `name` before them.
pub(crate) fn with_lifetime(generics: &Generics, name: &Lifetime) -> Generics {
    let mut generics = generics.clone();
    generics.params.insert(0, GenericParam::Lifetime(LifetimeParam::new(name.clone())));
    generics
}

/// `generics` without what the parameters are bound to.
pub(crate) fn unbound(generics: &Generics) -> Generics {
    let mut generics = generics.clone();
    generics.where_clause = None;
    for param in generics.type_params_mut() {
        param.bounds.clear();
        param.default = None;
    }
    generics
}

/// `fn() -> (T, U,)`: what names the type parameters and holds none.
pub(crate) fn names(generics: &Generics) -> TokenStream {
    let idents = generics.type_params().map(|param| &param.ident);
    quote!(fn() -> (#(#idents,)*))
}
