//! A struct as a FlatBuffers struct: fixed width, fixed for good.
//!
//! ```text
//! const _: () = {
//!     #[automatically_derived]
//!     impl FlatType for Vec3 { type Kind = Inline; }
//!     impl FlatLeaf for Vec3 { type Leaf = Struct; }
//!
//!     impl FlatStruct for Vec3 {
//!         const LAYOUT: Layout = Layout::of_struct(&[Layout::of::<f32>(), Layout::of::<f32>()]);
//!         const PLAIN: bool = is_plain::<f32>() && is_plain::<f32>();
//!
//!         fn read(__fields: &mut FieldCursor, __bytes: &[u8]) -> Self {
//!             Self { x: FieldCursor::read::<f32>(__fields, __bytes), y: … }
//!         }
//!         // write, verify, show: a line a field
//!     }
//! };
//! ```

use super::{bound::bounded, fields::skipped, leaf::leaf, paths::flat};
use crate::{
    ast::{Container, Field},
    tokens::{self, Prefix, in_const},
};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn flat_struct(container: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let flat = flat(&private);
    let ident = container.ident();
    let name = &container.name;
    let layouts = layouts(&flat, container.fields());
    let types: Vec<_> = container.fields().iter().map(|field| field.ty).collect();
    let members: Vec<_> = container.fields().iter().map(|field| &field.member).collect();
    let names: Vec<_> = container.fields().iter().map(|field| &field.name).collect();
    let generics = bounded(&private, container);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let leaf = leaf(&flat, ident, &generics, &quote!(Struct));
    let skipped = skipped(&container.skipped);
    in_const(
        &container.attrs,
        &quote! {
            #leaf

            #[automatically_derived]
            impl #impl_generics #flat::FlatStruct for #ident #type_generics #where_clause {
                const LAYOUT: #flat::Layout = #flat::Layout::of_struct(#layouts);
                const PLAIN: ::core::primitive::bool = true #(&& #flat::is_plain::<#types>())*;

                #[inline]
                fn write(__value: &Self, __out: &mut #flat::FieldWriter<'_>) {
                    #(#flat::FieldWriter::write::<#types>(__out, &__value.#members);)*
                }

                #[inline]
                fn verify(
                    __fields: &mut #flat::FieldCursor,
                    __verifier: &mut #flat::Verifier<'_>,
                ) -> #flat::Verdict {
                    #(#flat::FieldCursor::verify::<#types>(__fields, __verifier, #names)?;)*
                    ::core::result::Result::Ok(())
                }

                #[inline]
                fn read(__fields: &mut #flat::FieldCursor, __bytes: &[::core::primitive::u8]) -> Self {
                    Self {
                        #(#members: #flat::FieldCursor::read::<#types>(__fields, __bytes),)*
                        #skipped
                    }
                }

                fn show(
                    __value: &Self,
                    __formatter: &mut ::core::fmt::Formatter<'_>,
                ) -> ::core::fmt::Result {
                    let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, #name);
                    #(#flat::show_fixed::<#types>(&mut __out, #names, &__value.#members);)*
                    ::core::fmt::DebugStruct::finish(&mut __out)
                }
            }
        },
    )
}

/// `field::<f32>("y", FieldPlace::NONE.with_flat(FlatPlace::Inside(&entry(&[…], 1))))`
pub(super) fn field(private: &Prefix, fields: &[Field<'_>], field: &Field<'_>) -> TokenStream {
    let flat = flat(private);
    let layouts = layouts(&flat, fields);
    let Field { name, ty, index, .. } = field;
    let place = quote!(#private::FlatPlace::Inside(const { &#flat::entry(#layouts, #index) }));
    quote!(#private::field::<#ty>(#name, #private::FieldPlace::NONE.with_flat(#place)))
}

fn layouts(flat: &Prefix, fields: &[Field<'_>]) -> TokenStream {
    let types = fields.iter().map(|field| field.ty);
    quote!(&[#(#flat::Layout::of::<#types>()),*])
}
