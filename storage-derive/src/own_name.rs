//! `Self` in the types of fields, written out: generated code has other types around them, whose `Self` is another.

use crate::ty;
use proc_macro2::{Group, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use std::borrow::Cow;
use syn::{Data, DeriveInput, Field, Type, parse2};

/// `input` with its own name for `Self` in the types of its fields.
pub(crate) fn written_out(input: &DeriveInput) -> Cow<'_, DeriveInput> {
    if !fields(&input.data).any(|field| has_self(&field.ty)) {
        return Cow::Borrowed(input);
    }
    let (_, arguments, _) = input.generics.split_for_impl();
    let ident = &input.ident;
    let name = quote!(#ident #arguments);
    let mut input = input.clone();
    for field in fields_mut(&mut input.data).filter(|field| has_self(&field.ty)) {
        if let Ok(ty) = parse2(named(field.ty.to_token_stream(), &name)) {
            field.ty = ty;
        }
    }
    Cow::Owned(input)
}

fn fields(data: &Data) -> Box<dyn Iterator<Item = &Field> + '_> {
    match data {
        Data::Struct(data) => Box::new(data.fields.iter()),
        Data::Enum(data) => Box::new(data.variants.iter().flat_map(|variant| &variant.fields)),
        Data::Union(data) => Box::new(data.fields.named.iter()),
    }
}

fn fields_mut(data: &mut Data) -> Box<dyn Iterator<Item = &mut Field> + '_> {
    match data {
        Data::Struct(data) => Box::new(data.fields.iter_mut()),
        Data::Enum(data) => {
            Box::new(data.variants.iter_mut().flat_map(|variant| variant.fields.iter_mut()))
        }
        Data::Union(data) => Box::new(data.fields.named.iter_mut()),
    }
}

fn has_self(ty: &Type) -> bool {
    let is_self = |part: &Type| match part {
        Type::Path(path) => path.path.segments.first().is_some_and(|first| first.ident == "Self"),
        _ => false,
    };
    ty::parts(ty).into_iter().any(is_self)
}

/// `tokens` with `name` for each `Self`, at its place.
fn named(tokens: TokenStream, name: &TokenStream) -> TokenStream {
    let each = |token: TokenTree| match token {
        TokenTree::Ident(ident) if ident == "Self" => {
            let at = |mut token: TokenTree| {
                token.set_span(ident.span());
                token
            };
            name.clone().into_iter().map(at).collect()
        }
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), named(group.stream(), name));
            inner.set_span(group.span());
            TokenTree::Group(inner).into()
        }
        token => TokenStream::from(token),
    };
    tokens.into_iter().flat_map(each).collect()
}
