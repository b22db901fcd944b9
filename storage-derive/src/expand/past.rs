//! What the attributes say of the past of a type.
//!
//! ```text
//! __shapes.remember(&__shape, &["Usr"], &["age"], const {
//!     &[
//!         MemberPast::new("name", &["title"]),
//!         MemberPast::new("level", &[]).with_default(|| default_of::<u16>(|| 1)),
//!         MemberPast::new("since", &["from"]).in_variant("Closed"),
//!         MemberPast::new("note", &[]).revived(),
//!     ]
//! });
//! __shapes.keep_removed(&__shape);
//! ```

use crate::{
    ast::{Container, Field},
    attr::{DefaultAttr, FromAttr, symbol::RKYV},
    codec,
    tokens::{Prefix, span_of},
};
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

/// Remembers the past of `container`; `None` if nothing is said of it.
pub(super) fn remember(private: &Prefix, container: &Container<'_>) -> Option<TokenStream> {
    let has_defaults = codec::of(container).iter().any(|codec| codec.name == RKYV);
    let member = |variant: Option<&str>, field: &Field<'_>| {
        let default = field.attrs.default.as_ref().filter(|_| has_defaults);
        let revived = field.attrs.revived.is_some().then(|| quote!(.revived()));
        if field.attrs.was.is_empty() && default.is_none() && revived.is_none() {
            return None;
        }
        let (name, was) = (&field.name, &field.attrs.was);
        let variant = variant.map(|variant| quote!(.in_variant(#variant)));
        let default = default.map(|default| with_default(private, field, default));
        Some(quote!(#private::MemberPast::new(#name, &[#(#was),*]) #variant #default #revived))
    };
    let mut members: Vec<TokenStream> =
        container.fields().iter().filter_map(|field| member(None, field)).collect();
    for variant in container.variants() {
        let (name, was) = (&variant.name, &variant.was);
        if !was.is_empty() {
            members.push(quote!(#private::MemberPast::new(#name, &[#(#was),*])));
        }
        members.extend(variant.fields.iter().filter_map(|field| member(Some(name), field)));
    }
    let (was, removed) = (&container.attrs.was, &container.attrs.removed_names);
    let by_migration =
        container.attrs.by_migration.as_ref().map(|_| quote!(__shapes.keep_removed(&__shape);));
    if members.is_empty() && was.is_empty() && removed.is_empty() {
        return by_migration;
    }
    let members = quote!(const { &[#(#members),*] });
    Some(quote! {
        __shapes.remember(&__shape, &[#(#was),*], &[#(#removed),*], #members);
        #by_migration
    })
}

/// `const OLDER: Option<OlderType<Self>> = Some(from_older::<UserV1, Self>());`
pub(super) fn older(private: &Prefix, FromAttr { ty, is_tried }: &FromAttr) -> TokenStream {
    let older = if *is_tried { quote!(try_from_older) } else { quote!(from_older) };
    let older = quote_spanned!(span_of(ty)=> #private::#older::<#ty, Self>());
    quote! {
        const OLDER: ::core::option::Option<#private::OlderType<Self>> =
            ::core::option::Option::Some(#older);
    }
}

/// `.with_default(|| default_of::<u16>(|| 1))`
fn with_default(private: &Prefix, field: &Field<'_>, default: &DefaultAttr) -> TokenStream {
    let ty = field.ty;
    let value = match default {
        DefaultAttr::OfType(_) => {
            quote_spanned!(span_of(ty)=> <#ty as ::core::default::Default>::default())
        }
        DefaultAttr::Value(value) => quote!(#value),
    };
    quote!(.with_default(|| #private::default_of::<#ty>(|| #value)))
}
