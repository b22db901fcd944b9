//! What the derives do for FlatBuffers: everything, because a type is all there is.
//!
//! A struct is a table, or, `fixed`, a struct, or, with one unnamed field, what it holds; an enum is a number, or, with
//! data, a union. Beside this folder it
//! takes the model, the errors, the schemas of fields and the row of a codec, and nothing else.

mod bound;
mod check;
mod enumeration;
mod fields;
mod fixed;
mod foreign;
mod leaf;
mod newtype;
mod paths;
mod stub;
mod table;
mod union;

use super::{
    row::{Codec, FieldAccess, Impls},
    trials,
};
use crate::{
    ast::{Container, Data, Field},
    attr::symbol::FLATBUFFERS,
    schema,
    tokens::{Prefix, span_of},
};
use paths::flat;
use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

pub(super) const CODEC: Codec = Codec {
    name: FLATBUFFERS,
    ident: "Flatbuffers",
    check: check::check,
    check_others: Some(check::check_others),
    foreign: foreign::advice,
    impls: Some(Impls { traits, bound: bound::bound, stub: stub::flat_stub }),
    shape,
    trials: Some(trials),
    fields: Some(FieldAccess {
        reads: |ty| newtype::content(ty).is_none(),
        schema: field_schema,
        place: None,
        proof: None,
    }),
};

fn traits(ty: &Container<'_>) -> TokenStream {
    if let Some(content) = newtype::content(ty) {
        return newtype::flat_newtype(ty, content);
    }
    match &ty.data {
        Data::Struct(..) if ty.attrs.fixed.is_some() => fixed::flat_struct(ty),
        Data::Struct(..) => table::flat_table(ty),
        Data::Enum(..) if ty.is_unit_enum() => enumeration::flat_enum(ty),
        Data::Enum(..) => union::flat_union(ty),
        Data::Union(_) => TokenStream::new(),
    }
}

/// `flat::table_shape::<Self>(__shapes, "Weapon", <Self as FieldList>::LIST, ArchivedOf::<Self>::LAYOUT)`
fn shape(private: &Prefix, ty: &Container<'_>, parts: &TokenStream) -> Option<TokenStream> {
    let flat = flat(private);
    let name = &ty.name;
    let (define, parts) = match &ty.data {
        Data::Struct(..) if newtype::content(ty).is_none() && ty.has_parameters() => {
            if ty.attrs.fixed.is_some() {
                return None;
            }
            let fields = ty.fields().iter().map(|field| table::field(private, ty, field));
            (quote!(table_shape), quote!(const { &[#(#fields),*] }))
        }
        Data::Struct(..) if newtype::content(ty).is_some() => {
            (quote!(newtype_shape), parts.clone())
        }
        Data::Struct(..) if ty.attrs.fixed.is_some() => return None,
        Data::Struct(..) => (quote!(table_shape), parts.clone()),
        Data::Enum(..) if ty.is_unit_enum() => (quote!(unit_enum_shape), parts.clone()),
        Data::Enum(..) => (quote!(union_shape), quote!(<Self as #flat::FlatUnion>::VARIANTS)),
        Data::Union(_) => return None,
    };
    let archived = schema::archived(private, &quote!(Self));
    Some(quote!(#flat::#define::<Self>(__shapes, #name, #parts, #archived)))
}

/// The schema of a field: what it is, and where FlatBuffers finds it.
fn field_schema(private: &Prefix, container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    if container.attrs.fixed.is_some() {
        fixed::field(private, container.fields(), field)
    } else {
        table::field(private, container, field)
    }
}

/// How fields are tried when they are written; where one is read, the codec says which it was.
fn trials(private: &Prefix, record: &Container<'_>) -> TokenStream {
    let flat = flat(private);
    // One that is converted is named where it is written.
    let may_be_refused = |field: &Field<'_>| !field.is_converted() && trials::is_open(field);
    trials::trials(private, record, may_be_refused, |field| {
        let Field { ty, member, .. } = field;
        let prepare = paths::of_type(&flat, ty, "prepare");
        quote_spanned!(span_of(ty)=>
            |__value| #flat::is_written(|__out| #prepare(&__value.#member, __out)), |_| true)
    })
}
