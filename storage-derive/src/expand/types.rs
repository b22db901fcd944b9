//! `#[derive(StoredType)]`.
//!
//! ```text
//! const _: () = {
//!     use __storage::NotArchived as _;
//!
//!     #[automatically_derived]
//!     impl __storage::StoredType for Point {
//!         fn shape(__shapes: &mut Shapes) -> Shape {
//!             // With `codec`: struct_shape::<Self>(__shapes, "Point", <Self as FieldList>::LIST, …)
//!             struct_shape::<Self>(__shapes, "Point", const { &[/* schema.rs */] }, ArchivedOf::<Self>::LAYOUT)
//!         }
//!     }
//!
//!     #[automatically_derived]
//!     impl __storage::WholeField for Point {} // of an enum without data: const INLINE: bool = true;
//!
//!     /* with `codec`: fields.rs */
//! };
//!
//! /* what the derives implement for its codecs: codec/ */
//! ```
//!
//! An enum calls `enum_shape`, and a codec may have a function of its own. A type parameter gets the bound
//! `T: StoredType`.

use super::{fields, past};
use crate::{
    ast::{Container, Data},
    codec::{self, bounded},
    schema,
    tokens::{self, in_const},
};
use proc_macro2::TokenStream;
use quote::quote;

pub(crate) fn stored_type(ty: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let ident = ty.ident();
    let import = schema::archived_import(&private, ty, codec::is_archived(ty));
    let has_list = codec::reads_fields(ty);
    let Some(shape) = shape(ty) else { return TokenStream::new() };
    let generics = bounded(&private, ty);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let whole_field = whole_field(ty);
    let (has_fields, field_set) = if has_list {
        (fields::has_fields(ty), fields::field_set(ty, &|field| field.stored(&private)))
    } else {
        (TokenStream::new(), TokenStream::new())
    };
    let impls = in_const(
        &ty.attrs,
        &quote! {
            #import

            #[automatically_derived]
            impl #impl_generics #private::StoredType for #ident #type_generics #where_clause {
                #[inline]
                fn shape(__shapes: &mut #private::Shapes) -> #private::Shape {
                    #shape
                }
            }

            #whole_field

            #has_fields
            #field_set
        },
    );
    let codec_traits = codec_traits(ty);
    quote!(#impls #codec_traits)
}

/// `struct_shape::<Self>(__shapes, "Point", <Self as FieldList>::LIST, ArchivedOf::<Self>::LAYOUT)`, or
/// what a codec of the type has instead.
pub(super) fn shape(ty: &Container<'_>) -> Option<TokenStream> {
    let private = tokens::private();
    let name = &ty.name;
    // Parts of their own are in a const block, because a constant could not name the type's parameters.
    let (define, parts) = match &ty.data {
        Data::Struct(..) if codec::reads_fields(ty) => {
            (quote!(struct_shape), quote!(<Self as #private::FieldList>::LIST))
        }
        Data::Struct(_, fields) => {
            let parts = schema::field_schemas(&private, fields);
            (quote!(struct_shape), quote!(const { #parts }))
        }
        Data::Enum(_, variants) => {
            let parts = schema::variant_schemas(&private, variants);
            (quote!(enum_shape), quote!(const { #parts }))
        }
        Data::Union(_) => return None,
    };
    // The first codec's definition does where no other has more to say.
    let mut codecs = codec::named(ty).into_iter().rev();
    let of_codec = codecs.find_map(|codec| (codec.shape)(&private, ty, &parts));
    let archived = schema::archived(&private, &quote!(Self));
    let shape = of_codec
        .unwrap_or_else(|| quote!(#private::#define::<Self>(__shapes, #name, #parts, #archived)));
    let Some(past) = past::remember(&private, ty) else { return Some(shape) };
    Some(quote! {
        let __shape = #shape;
        #past
        __shape
    })
}

/// The traits of each codec that the type names and the derives implement.
pub(super) fn codec_traits(ty: &Container<'_>) -> TokenStream {
    let impls = codec::named(ty).into_iter().filter_map(|codec| codec.impls.as_ref());
    impls.map(|impls| (impls.traits)(ty)).collect()
}

/// `WholeField`: read alone, the type is read whole.
pub(crate) fn whole_field(ty: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let ident = ty.ident();
    let generics = bounded(&private, ty);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    // A field may have bytes elsewhere; that its type has none is not known here.
    let is_inline = ty.all_fields().next().is_none();
    let inline = is_inline.then(|| {
        quote!(
            const INLINE: ::core::primitive::bool = true;
        )
    });
    quote! {
        #[automatically_derived]
        impl #impl_generics #private::WholeField for #ident #type_generics #where_clause {
            #inline
        }
    }
}
