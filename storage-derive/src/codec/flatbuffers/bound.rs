//! What FlatBuffers asks of the parameters of a type: that they, and the fields that hang on them, are of its types.

use super::paths::flat;
use crate::{
    ast::Container,
    generics::{is_stored, open_fields, stored},
    tokens::{Prefix, span_of},
};
use quote::quote_spanned;
use syn::{Generics, parse_quote, parse2};

/// The parameters of `container` with all that they need.
pub(super) fn bounded(private: &Prefix, container: &Container<'_>) -> Generics {
    let mut generics = stored(private, container);
    bound(private, container, &mut generics);
    generics
}

pub(super) fn bound(private: &Prefix, container: &Container<'_>, generics: &mut Generics) {
    let flat = flat(private);
    for param in generics.type_params_mut().filter(|param| is_stored(container, param)) {
        param.bounds.push(parse_quote!(#flat::FlatType));
    }
    for field in open_fields(container) {
        let (ty, span) = (field.ty, span_of(field.ty));
        let bound = match field.conversion(&flat) {
            Some(by) => quote_spanned!(span=> #by: #flat::FlatConversion<#ty>),
            None if container.attrs.fixed.is_some() => {
                quote_spanned!(span=> #ty: #flat::FlatLeaf<Leaf: #flat::Fixed<#ty>> + #private::StoredType)
            }
            None => quote_spanned!(span=> #ty: #flat::FlatType + #private::StoredType),
        };
        if let Ok(bound) = parse2(bound) {
            generics.make_where_clause().predicates.push(bound);
        }
    }
}
