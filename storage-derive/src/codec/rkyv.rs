//! What the derives do for rkyv: its own derives implement the format, so it is the places of fields.
//!
//! ```text
//! rkyv_field::<u64>("id", offset_of!(Archived<Self>, id))
//!
//! fn __proof(__archived: &Archived<User>) {
//!     let _: (*const Archived<u64>,) = (&raw const __archived.id,);
//! }
//! ```

use super::{
    rkyv_foreign, rkyv_keys, rkyv_types,
    row::{Codec, FieldAccess},
    trials,
};
use crate::{
    ast::{Container, Field},
    attr::symbol::{RKYV, SERDE},
    ctxt::Ctxt,
    tokens::{Prefix, span_of},
};
use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote, quote_spanned};

pub(super) const CODEC: Codec = Codec {
    name: RKYV,
    ident: "Rkyv",
    check,
    check_others: Some(check_others),
    foreign: rkyv_foreign::advice,
    impls: None,
    shape,
    trials: Some(trials),
    fields: Some(FieldAccess {
        reads: |_| true,
        schema: field_schema,
        place: Some(|private, field| {
            let offset = offset(private, field);
            quote!(.with_offset(#offset))
        }),
        proof: Some(proof),
    }),
};

fn check(cx: &Ctxt, container: &Container<'_>) {
    check_container(cx, container);
    check_repr(cx, container);
    check_fields(cx, container);
    check_skipped(cx, container);
    check_converted(cx, container);
    rkyv_types::check(cx, container);
    rkyv_keys::check(cx, container);
    check_defaults(cx, container);
}

/// A default is encoded by itself, as the type of its field is.
fn check_defaults(cx: &Ctxt, container: &Container<'_>) {
    for field in container.all_fields() {
        let attrs = &field.attrs;
        let is_foreign = attrs.opaque.is_some() || attrs.rkyv_with.is_some();
        if let (Some(default), true) = (&attrs.default, is_foreign) {
            cx.error(
                default,
                "only a field that is stored as its own type is has a default; make the field an `Option`",
            );
        }
    }
}

/// A type that names another codec can be a field of a record of this one all the same, if rkyv's derives are on it.
fn check_others(cx: &Ctxt, container: &Container<'_>) {
    check_container(cx, container);
    check_repr(cx, container);
    let fields = container.all_fields().chain(container.all_skipped());
    for key in fields.filter_map(|field| field.attrs.rkyv_changed.as_ref()) {
        cx.error(
            key,
            format!(
                "with `#[rkyv({key})]` the schema cannot be derived from the type of this field; \
                 remove it, or write another type for rkyv"
            ),
        );
    }
}

/// A schema says what an archived type is made of, and by rkyv's rules that is where everything lies.
fn check_repr(cx: &Ctxt, container: &Container<'_>) {
    if let Some(repr) = &container.attrs.rkyv_repr {
        cx.error(
            repr,
            "with `#[rkyv(attr(repr(...)))]` the archived type lies in another way than the schema says; remove it, \
             or keep the type in a field with `#[store(opaque = \"name-and-version\")]`",
        );
    }
}

/// With `as` and `remote` the archived struct is not the one that rkyv makes of this type: neither its fields nor
/// their places are known.
fn check_container(cx: &Ctxt, container: &Container<'_>) {
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
fn check_fields(cx: &Ctxt, container: &Container<'_>) {
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

/// rkyv's derives read their own attribute alone: they would store the field.
fn check_skipped(cx: &Ctxt, container: &Container<'_>) {
    for field in container.all_skipped().filter(|field| !field.attrs.rkyv_skipped) {
        cx.error(
            field.attrs.skip.as_ref(),
            "rkyv's derives store this field all the same; write `#[rkyv(with = rkyv::with::Skip)]` instead",
        );
    }
}

/// rkyv's derives read their own attribute alone: they would store the field as its type.
fn check_converted(cx: &Ctxt, container: &Container<'_>) {
    for field in container.all_fields() {
        let Some(word) = &field.attrs.convert else { continue };
        let adapter = if *word == SERDE { "AsSerde" } else { "AsText" };
        cx.error(
            word,
            format!(
                "rkyv's derives do not read `{word}`; write `#[rkyv(with = storage::{adapter})]` instead, which does \
                 for every codec"
            ),
        );
    }
}

/// `rkyv_shape::<Self, _>(__shapes, "User", __proof)`: the fields of the type are a constant, and its layout is known.
fn shape(private: &Prefix, ty: &Container<'_>, _: &TokenStream) -> Option<TokenStream> {
    let name = &ty.name;
    (ty.has_fields() && !ty.has_parameters())
        .then(|| quote!(#private::rkyv_shape::<Self, _>(__shapes, #name, __proof)))
}

/// The schema of a field at its offset in the archived struct.
fn field_schema(private: &Prefix, _: &Container<'_>, field: &Field<'_>) -> TokenStream {
    let (name, ty) = (&field.name, field.stored(private));
    let offset = offset(private, field);
    quote!(#private::rkyv_field::<#ty>(#name, #offset))
}

fn offset(private: &Prefix, field: &Field<'_>) -> TokenStream {
    let member = &field.member;
    quote!(#private::offset_of!(#private::Archived<Self>, #member))
}

/// The proof that each archived field has the type that will be read there: one statement in one function, because
/// each costs the compiler its time.
///
/// It takes raw pointers, because a reference could also come from a field that derefs to the type.
fn proof(private: &Prefix, container: &Container<'_>) -> TokenStream {
    let ident = container.ident();
    let fields = container.handles();
    let types = fields.iter().map(|field| {
        let ty = field.stored(private);
        match field.attrs.rkyv_adapter {
            Some(_) => quote!(*const <#ty as #private::RkyvField>::Form),
            None => quote!(*const #private::Archived<#ty>),
        }
    });
    let pointers = fields.iter().map(|field| {
        let Field { ty, member, .. } = field;
        quote_spanned!(span_of(ty)=> &raw const __archived.#member)
    });
    quote! {
        fn __proof(__archived: &#private::Archived<#ident>) {
            let _: (#(#types,)*) = (#(#pointers,)*);
        }
    }
}

/// How the fields are tried that have an adapter, or may have one inside: with it, or with rkyv's `Identity`.
fn trials(private: &Prefix, record: &Container<'_>) -> TokenStream {
    let may_be_refused =
        |field: &Field<'_>| field.attrs.rkyv_with.is_some() || trials::is_open(field);
    trials::trials(private, record, may_be_refused, |field| {
        let Field { ty, member, .. } = field;
        let with = match &field.attrs.rkyv_with {
            Some(with) => with.to_token_stream(),
            None => quote!(#private::rkyv::with::Identity),
        };
        quote_spanned! {span_of(ty)=>
            |__value| #private::is_written::<#with, #ty>(&__value.#member),
            |__view| #private::is_restored::<#with, #ty>(&__view.#member)
        }
    })
}
