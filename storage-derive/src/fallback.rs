//! What is implemented when there are errors.
//!
//! A type that lacks the trait would be reported again wherever it is used. So it gets the trait all the same, as
//! much of it as is known, with bodies that never run: the errors beside them stop the compiler.

use crate::{
    ast::{Container, Field, Index, IndexKeys, Stored},
    check::{KEY_PARTS_MAX, is_index_name},
    codec::{self, bounded},
    expand::{
        StoredOf, eq_fields_of, field_set, has_fields_at, index_set_of, indexed, key_type,
        whole_field,
    },
    foreign::Known,
    tokens::{self, in_const},
    ty,
};
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn stored_record(record: &Container<'_>) -> TokenStream {
    if record.has_parameters() {
        return TokenStream::new();
    }
    let shape = shape(record);
    let handles = handles(record);
    let stubs = stubs(record);
    let storage = storage(record);
    quote!(#shape #handles #stubs #storage)
}

pub(crate) fn stored_type(ty: &Container<'_>) -> TokenStream {
    // `StoredType` asks for `'static`, which a lifetime parameter is not.
    if ty.original.generics.lifetimes().next().is_some() {
        return TokenStream::new();
    }
    let shape = shape(ty);
    let has_handles = codec::reads_fields(ty);
    let handles = if has_handles { handles(ty) } else { TokenStream::new() };
    let stubs = stubs(ty);
    quote!(#shape #handles #stubs)
}

/// The traits of the codecs that the derives themselves implement.
fn stubs(container: &Container<'_>) -> TokenStream {
    let impls = codec::of(container).into_iter().filter_map(|codec| codec.impls.as_ref());
    impls.map(|impls| (impls.stub)(container)).collect()
}

pub(crate) fn stored_key(key: &Container<'_>) -> TokenStream {
    if key.has_parameters() {
        return TokenStream::new();
    }
    let private = tokens::private();
    let ident = key.ident();
    let indexed = indexed(key);
    in_const(
        &key.attrs,
        &quote! {
            #indexed

            impl #private::Lookup<Self> for #ident {
                fn encode(&self, _: &mut #private::KeyBuf, _: #private::Place) {}
            }

            impl #private::Key for #ident {
                type Ref<'__a> = ();
                const WIDTH: ::core::option::Option<::core::primitive::usize> =
                    ::core::option::Option::None;

                fn describe() -> #private::Shape {
                    ::core::unreachable!()
                }

                fn decode(
                    _: &mut #private::KeyReader<'_>,
                    _: #private::Place,
                ) -> ::core::result::Result<(), #private::KeyError> {
                    ::core::result::Result::Ok(())
                }

                fn from_ref((): ()) -> Self {
                    ::core::unreachable!()
                }
            }
        },
    )
}

/// `StoredType` and `WholeField` of anything.
fn shape(container: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let ident = container.ident();
    let generics = bounded(&private, container);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let whole_field = whole_field(container);
    in_const(
        &container.attrs,
        &quote! {
            impl #impl_generics #private::StoredType for #ident #type_generics #where_clause {
                fn shape(_: &mut #private::Shapes) -> #private::Shape {
                    ::core::unreachable!()
                }
            }

            #whole_field
        },
    )
}

/// `HasField` and `FieldSet` of a struct that has them, without asking for shapes or places.
fn handles(container: &Container<'_>) -> TokenStream {
    if !container.has_fields() || container.has_parameters() {
        return TokenStream::new();
    }
    let private = tokens::private();
    let known = Known::near(container.ident());
    // What was told its adapter would be told so again at each use.
    let stored: StoredOf<'_> = &|field| {
        let ty = field.ty;
        let is_foreign = ty::parts(ty).into_iter().any(|part| known.find(part).is_some());
        if is_foreign {
            Stored::Otherwise(quote!(#private::NotStored<#ty>))
        } else {
            field.stored(&private)
        }
    };
    let has_fields = has_fields_at(container, stored, |field| {
        let name = &field.name;
        quote!(#private::FieldSchema::new(#name, |_| ::core::unreachable!()))
    });
    let field_set = field_set(container, stored);
    in_const(&container.attrs, &quote!(#has_fields #field_set))
}

/// `StoredRecord`, if it has a key.
fn storage(record: &Container<'_>) -> TokenStream {
    let parts = record.key();
    let has_key = (1..=KEY_PARTS_MAX).contains(&parts.len());
    if !record.has_fields() || !has_key {
        return TokenStream::new();
    }
    let private = tokens::private();
    let ident = record.ident();
    let name = &record.name;
    let known = Known::near(ident);
    // A key that lacks a feature of this crate was reported by that.
    let key_type = match parts.iter().any(|part| known.needs_feature(part.ty)) {
        true => quote!(::core::primitive::u64),
        false => key_type(&parts),
    };
    let index_set = index_set_of(record, &sound_indexes(record), &[]);
    let eq_fields = eq_fields_of(record, &TokenStream::new(), &quote!(false));
    let codec = codec::of_record(record).ident();
    in_const(
        &record.attrs,
        &quote! {
            #index_set
            #eq_fields

            impl #private::StoredRecord for #ident {
                type Key = #key_type;
                type Codec = #private::#codec;
                const SCHEMA: &'static #private::RecordSchema =
                    &#private::RecordSchema::new(#name, "", #private::CodecId::#codec);

                fn encode_key(&self, _: &mut #private::KeyBuf) {}
            }
        },
    )
}

/// The indexes of which handles can be made.
fn sound_indexes<'a>(record: &'a Container<'_>) -> Vec<Index<'a>> {
    let known = Known::near(record.ident());
    let mut sound: Vec<Index<'a>> = Vec::new();
    for index in record.indexes() {
        let has_fields = match &index.source {
            IndexKeys::Fields(fields) => {
                let is_known = |field: &Field<'_>| !known.needs_feature(field.ty);
                let is_sound = |field: Option<&Field<'_>>| field.is_some_and(is_known);
                fields.len() <= KEY_PARTS_MAX && fields.iter().all(|(_, field)| is_sound(*field))
            }
            IndexKeys::Function(..) => true,
        };
        let is_new = sound.iter().all(|other| other.name != index.name);
        if has_fields && is_new && is_index_name(&index.name) {
            sound.push(index);
        }
    }
    sound
}
