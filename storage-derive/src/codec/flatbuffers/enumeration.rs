//! An enum without data as a FlatBuffers enum: a number.
//!
//! ```text
//! impl FlatEnum for Color {
//!     type Repr = u8;
//!     const VARIANTS: &'static [(&'static str, i128)] = &[("Red", 0), ("Green", 1)];
//!
//!     fn number(__value: &Self) -> u8 {
//!         match __value { Self::Red => 0, Self::Green => 1 }
//!     }
//!     // variant, first
//! }
//! ```

use super::{leaf::leaf, paths::flat};
use crate::{
    ast::Container,
    tokens::{self, in_const},
};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

pub(super) fn flat_enum(container: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let flat = flat(&private);
    let ident = container.ident();
    let repr = Ident::new(&container.repr_name(), Span::call_site());
    let mut variants: Vec<_> = container.numbers().into_iter().zip(container.variants()).collect();
    variants.sort_by_key(|(number, _)| *number);
    let numbers: Vec<_> =
        variants.iter().map(|(number, _)| Literal::i128_unsuffixed(*number)).collect();
    let names: Vec<_> = variants.iter().map(|(_, variant)| &variant.name).collect();
    let idents: Vec<_> = variants.iter().map(|(_, variant)| &variant.original.ident).collect();
    debug_assert!(!variants.is_empty(), "an enum has variants");
    let zero = variants.iter().find(|(number, _)| *number == 0).or_else(|| variants.first());
    let first = zero.map(|(_, variant)| &variant.original.ident);
    let leaf = leaf(&flat, ident, &container.original.generics, &quote!(Enum));
    in_const(
        &container.attrs,
        &quote! {
            #leaf

            #[automatically_derived]
            impl #flat::FlatEnum for #ident {
                type Repr = ::core::primitive::#repr;
                const VARIANTS: &'static [(&'static ::core::primitive::str, ::core::primitive::i128)] =
                    &[#((#names, #numbers)),*];

                #[inline]
                fn number(__value: &Self) -> ::core::primitive::#repr {
                    match __value { #(Self::#idents => #numbers,)* }
                }

                #[inline]
                #[allow(unreachable_patterns, reason = "every number may be a variant")]
                fn variant(__number: ::core::primitive::#repr) -> ::core::option::Option<Self> {
                    match __number {
                        #(#numbers => ::core::option::Option::Some(Self::#idents),)*
                        _ => ::core::option::Option::None,
                    }
                }

                #[inline]
                fn first() -> Self {
                    Self::#first
                }
            }
        },
    )
}
