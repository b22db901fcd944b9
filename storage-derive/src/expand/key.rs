//! `#[derive(StoredKey)]`, and the keys of records.
//!
//! A newtype is encoded as its inner key, a struct as the tuple of its fields, an enum as the ordinal of its variant,
//! with the variant's fields behind it:
//!
//! ```text
//! const _: () = {
//!     struct __Encoding;
//!
//!     #[automatically_derived]
//!     impl __storage::Encoding for __Encoding {
//!         type Key = (StationId, u32);
//!     }
//!
//!     #[automatically_derived]
//!     impl __storage::Lookup<Self> for Slot {
//!         fn encode(&self, __out: &mut KeyBuf, __place: Place) {
//!             encode_part::<StationId>(&self.station, __out, Place::Inner);
//!             encode_part::<u32>(&self.hour, __out, __place);
//!         }
//!     }
//!
//!     #[automatically_derived]
//!     impl __storage::Key for Slot {
//!         type Ref<'__a> = Self;
//!         const WIDTH: Option<usize> = width_as::<__Encoding>();
//!
//!         fn describe() -> Shape {
//!             describe_as::<__Encoding>()
//!         }
//!
//!         fn decode(__input: &mut KeyReader<'_>, __place: Place) -> Result<Self, KeyError> {
//!             let (__0, __1) = decode_as::<__Encoding>(__input, __place)?;
//!             Ok(Self { station: __0, hour: __1 })
//!         }
//!
//!         fn from_ref(__borrowed: Self) -> Self {
//!             __borrowed
//!         }
//!     }
//!
//!     #[automatically_derived]
//!     impl __storage::Indexed for Slot {
//!         type Key = Self;
//!
//!         fn for_each_key(&self, __each: &mut dyn FnMut(&Self)) {
//!             __each(self);
//!         }
//!     }
//!
//!     #[automatically_derived]
//!     impl __storage::IndexedElement for Slot {}
//! };
//! ```
//!
//! `__Encoding` is private, because an associated type of `Slot` itself must be as visible as `Slot`, and the types of
//! its fields need not be. That `StationId` is a key is asked there and, in a tuple, by `encode_part`, which points at
//! the field; a mistake is not reported by every function.

use crate::{
    ast::{Container, Field, Variant},
    tokens::{self, Prefix, in_const},
};
use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use std::iter;

/// What the kinds of keys differ in.
struct Bodies {
    /// The type that the key is encoded as.
    encoded_as: TokenStream,
    /// The function that returns its width.
    width: TokenStream,
    /// The bodies of the functions of these names.
    describe: TokenStream,
    encode: TokenStream,
    decode: TokenStream,
}

pub(crate) fn stored_key(key: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let ident = key.ident();
    let Bodies { encoded_as, width, describe, encode, decode } = match key.variants() {
        [] => of_struct(&private, key.fields()),
        _ => of_enum(&private, key),
    };
    let indexed = indexed(key);
    in_const(
        &key.attrs,
        &quote! {
            struct __Encoding;

            #[automatically_derived]
            impl #private::Encoding for __Encoding {
                type Key = #encoded_as;
            }

            #[automatically_derived]
            impl #private::Lookup<Self> for #ident {
                #[inline]
                fn encode(&self, __out: &mut #private::KeyBuf, __place: #private::Place) {
                    #encode
                }
            }

            #[automatically_derived]
            impl #private::Key for #ident {
                type Ref<'__a> = Self;
                const WIDTH: ::core::option::Option<::core::primitive::usize> =
                    #private::#width::<__Encoding>();

                fn describe() -> #private::Shape {
                    #describe
                }

                #[inline]
                fn decode(
                    __input: &mut #private::KeyReader<'_>,
                    __place: #private::Place,
                ) -> ::core::result::Result<Self, #private::KeyError> {
                    #decode
                }

                #[inline]
                fn from_ref(__borrowed: Self) -> Self {
                    __borrowed
                }
            }

            #indexed
        },
    )
}

/// `Indexed`: a field that is a key has one entry in an index, and a list of them one for each.
pub(crate) fn indexed(key: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let ident = key.ident();
    quote! {
        #[automatically_derived]
        impl #private::Indexed for #ident {
            type Key = Self;

            fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
                __each(self);
            }
        }

        #[automatically_derived]
        impl #private::IndexedElement for #ident {}
    }
}

/// The type of a key that is made of `parts`: the part's own type, or a tuple.
pub(crate) fn key_type(parts: &[&Field<'_>]) -> TokenStream {
    let types = parts.iter().map(|field| field.ty);
    if let [only] = parts { only.ty.to_token_stream() } else { quote!((#(#types,)*)) }
}

/// Encodes `parts` of `self` as their tuple; what follows the last part is said by `last`.
pub(super) fn encode_parts(
    private: &Prefix,
    parts: &[&Field<'_>],
    last: &TokenStream,
) -> TokenStream {
    debug_assert!(!parts.is_empty(), "a key has parts");
    let inner = quote!(#private::Place::Inner);
    let places = iter::repeat_n(&inner, parts.len().saturating_sub(1)).chain([last]);
    let statements = parts.iter().zip(places).map(|(field, place)| {
        let Field { ty, member, .. } = field;
        quote!(#private::encode_part::<#ty>(&self.#member, __out, #place);)
    });
    quote!(#(#statements)*)
}

fn of_struct(private: &Prefix, fields: &[Field<'_>]) -> Bodies {
    let parts: Vec<&Field<'_>> = fields.iter().collect();
    let members = parts.iter().map(|field| &field.member);
    let locals: Vec<_> = parts.iter().map(|field| format_ident!("__{}", field.index)).collect();
    let (pattern, encode) = match parts.as_slice() {
        [Field { member, .. }] => (
            quote!(#(#locals)*),
            quote!(#private::encode_as::<__Encoding>(&self.#member, __out, __place);),
        ),
        _ => (quote!((#(#locals,)*)), encode_parts(private, &parts, &quote!(__place))),
    };
    Bodies {
        encoded_as: key_type(&parts),
        width: quote!(width_as),
        describe: quote!(#private::describe_as::<__Encoding>()),
        encode,
        decode: quote! {
            let #pattern = #private::decode_as::<__Encoding>(__input, __place)?;
            ::core::result::Result::Ok(Self { #(#members: #locals,)* })
        },
    }
}

/// ```text
/// let __ordinal = match self { Self::Red => 0, Self::Green => 1 };
/// encode_as::<__Encoding>(&__ordinal, __out, __place);
///
/// match decode_as::<__Encoding>(__input, __place)? {
///     0 => Ok(Self::Red),
///     1 => Ok(Self::Green),
///     _ => Err(KeyError::Invalid { expected: "Color" }),
/// }
/// ```
///
/// Where variants have data, the ordinal comes first, and the parts of the variant follow it:
///
/// ```text
/// match self {
///     Self::Short { 0: __0 } => {
///         encode_as::<__Encoding>(&0, __out, Place::Inner);
///         encode_part::<u16>(__0, __out, __place);
///     }
/// }
///
/// match decode_as::<__Encoding>(__input, Place::Inner)? {
///     0 => Ok(Self::Short { 0: decode_part::<u16>(__input, __place)? }),
///     …
/// ```
fn of_enum(private: &Prefix, key: &Container<'_>) -> Bodies {
    let (name, variants) = (&key.name, key.variants());
    let (encoded_as, is_full) = match variants.len() {
        len @ ..=256 => (quote!(::core::primitive::u8), len == 256),
        len => (quote!(::core::primitive::u16), len == 65_536),
    };
    let ordinals: Vec<_> = (0..variants.len()).map(Literal::usize_unsuffixed).collect();
    let shapes = variants.iter().map(|Variant { name, fields, .. }| {
        let types = fields.iter().map(|field| field.ty);
        quote!((#name, &[#(#private::describe_part::<#types>),*]))
    });
    let is_unit = key.is_unit_enum();
    let encode = if is_unit {
        let idents = variants.iter().map(|variant| &variant.original.ident);
        quote! {
            let __ordinal = match self { #(Self::#idents => #ordinals,)* };
            #private::encode_as::<__Encoding>(&__ordinal, __out, __place);
        }
    } else {
        let arms = variants.iter().zip(&ordinals);
        let arms = arms.map(|(variant, ordinal)| encode_variant(private, variant, ordinal));
        quote!(match self { #(#arms)* })
    };
    let ordinal_place = if is_unit { quote!(__place) } else { quote!(#private::Place::Inner) };
    let decoded = variants.iter().map(|variant| decode_variant(private, variant));
    // When every ordinal is a variant, an arm for the others could not be reached.
    let invalid = (!is_full).then(|| {
        let error = quote!(#private::KeyError::Invalid { expected: #name });
        quote!(_ => ::core::result::Result::Err(#error),)
    });
    Bodies {
        encoded_as,
        width: if is_unit { quote!(width_as) } else { quote!(no_width) },
        describe: quote!(#private::choice_shape(&[#(#shapes),*])),
        encode,
        decode: quote! {
            match #private::decode_as::<__Encoding>(__input, #ordinal_place)? {
                #(#ordinals => ::core::result::Result::Ok(#decoded),)*
                #invalid
            }
        },
    }
}

/// The arm of a variant that has data, or whose neighbours have some.
fn encode_variant(private: &Prefix, variant: &Variant<'_>, ordinal: &Literal) -> TokenStream {
    let ident = &variant.original.ident;
    let parts = variant.fields.iter().zip(places(private, &variant.fields));
    let (patterns, statements): (Vec<_>, Vec<_>) = parts
        .map(|(Field { ty, member, index, .. }, place)| {
            let local = format_ident!("__{}", index);
            let encode = quote!(#private::encode_part::<#ty>(#local, __out, #place););
            (quote!(#member: #local), encode)
        })
        .unzip();
    quote! {
        Self::#ident { #(#patterns),* } => {
            #private::encode_as::<__Encoding>(&#ordinal, __out, #private::Place::Inner);
            #(#statements)*
        }
    }
}

/// `Self::Short { 0: decode_part::<u16>(__input, __place)? }`, or `Self::Nothing`.
fn decode_variant(private: &Prefix, variant: &Variant<'_>) -> TokenStream {
    let ident = &variant.original.ident;
    if matches!(variant.original.fields, syn::Fields::Unit) {
        return quote!(Self::#ident);
    }
    let parts = variant.fields.iter().zip(places(private, &variant.fields));
    let members = parts.map(|(Field { ty, member, .. }, place)| {
        quote!(#member: #private::decode_part::<#ty>(__input, #place)?)
    });
    quote!(Self::#ident { #(#members),* })
}

/// The places of the parts of a variant: inner ones, and the last one where the key stands.
fn places(private: &Prefix, parts: &[Field<'_>]) -> impl Iterator<Item = TokenStream> {
    let inner = quote!(#private::Place::Inner);
    iter::repeat_n(inner, parts.len().saturating_sub(1)).chain([quote!(__place)])
}
