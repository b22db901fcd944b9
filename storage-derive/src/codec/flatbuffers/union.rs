//! An enum with data as a FlatBuffers union of tables.
//!
//! A variant of a union is a table: of its fields (`ActionMove`; `_0` and `_1` where they have no names), without
//! fields (`ActionIdle`), or the table that it holds; what else it holds alone is the field of one (`ActionText`).
//! What views it is an enum:
//!
//! ```text
//! pub enum ActionView<'__a> {
//!     Idle,
//!     Move(ActionMoveView<'__a>),
//!     Attack(<Weapon as TableField>::View<'__a>),
//! }
//!
//! impl FlatUnion for Action {
//!     fn write(__value: &Self, __out: &mut Writer) -> (u8, Offset) {
//!         match __value {
//!             Self::Idle => (1, write_table(__out, |_| (), |_, ()| {})),
//!             Self::Move { to: __to, speed: __speed } => (2, write_table(/* table.rs */)),
//!             Self::Attack(__payload) => (3, <Weapon as TableField>::write_payload(__payload, __out)),
//!         }
//!     }
//!     // VARIANTS, verify, view, own, show: an arm a variant
//! }
//! ```

use super::{
    fields::{Fields, skipped},
    paths::{flat, of_type},
};
use crate::{
    ast::{Container, Field, Variant},
    schema,
    tokens::{self, Prefix, in_const, span_of},
};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Type, ext::IdentExt as _};

/// What a variant of a union holds.
enum Payload<'a> {
    Nothing,
    Only(&'a Type),
    Fields(Fields<'a>, Ident),
}

/// The only field of a variant, without a name.
pub(super) fn payload<'v, 'a>(variant: &'v Variant<'a>) -> Option<&'v Field<'a>> {
    match (&variant.original.fields, variant.fields.as_slice()) {
        (syn::Fields::Unnamed(_), [only]) if variant.skipped.is_empty() => {
            Some(only).filter(|only| !only.is_converted())
        }
        _ => None,
    }
}

/// A variant, which has an arm in each function of the union.
struct Arm<'a> {
    variant: &'a Variant<'a>,
    tag: Literal,
    payload: Payload<'a>,
    flat: &'a Prefix,
}

pub(super) fn flat_union(container: &Container<'_>) -> TokenStream {
    let private = tokens::private(&container.attrs);
    let flat = flat(&private);
    let ident = container.ident();
    let name = &container.name;
    let numbered = container.variants().iter().enumerate();
    let arms: Vec<_> =
        numbered.map(|(number, variant)| arm(&flat, ident, number, variant)).collect();
    let view_ident = format_ident!("{}View", ident.unraw(), span = Span::call_site());
    let doc = format!("A `{name}` in a stored value, read where it lies.");
    let parts = arms.iter().map(|arm| arm.parts(name));
    let view_variants = arms.iter().map(Arm::view_variant);
    let show = arms.iter().map(|arm| arm.show(&view_ident));
    let union = union_impl(container, &private, &view_ident, &arms);
    let copies = copies(&flat, &view_ident, &arms);
    let reason = "as visible as the type that it views";
    in_const(&quote! {
        #[automatically_derived]
        impl #flat::FlatType for #ident {
            type Kind = #flat::Union;
        }

        #(#parts)*

        #[doc = #doc]
        #[allow(unreachable_pub, missing_docs, private_interfaces, reason = #reason)]
        pub enum #view_ident<'__a> {
            #(#view_variants,)*
        }

        #copies

        #[automatically_derived]
        impl ::core::fmt::Debug for #view_ident<'_> {
            fn fmt(&self, __formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self { #(#show,)* }
            }
        }

        #union
    })
}

/// `Clone` and `Copy` of the view, where what its variants read as has them. Bounds with a lifetime may be broken.
fn copies(flat: &Prefix, view: &Ident, arms: &[Arm<'_>]) -> TokenStream {
    let held = arms.iter().filter_map(|arm| match &arm.payload {
        Payload::Only(ty) => {
            Some(quote_spanned!(span_of(ty)=> <#ty as #flat::TableField>::View<'__a>))
        }
        Payload::Nothing | Payload::Fields(..) => None,
    });
    let bounds = quote!(where #(#held: ::core::marker::Copy,)*);
    quote! {
        #[automatically_derived]
        impl<'__a> ::core::clone::Clone for #view<'__a> #bounds {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }

        #[automatically_derived]
        impl<'__a> ::core::marker::Copy for #view<'__a> #bounds {}
    }
}

/// `impl FlatUnion for Action`
fn union_impl(
    container: &Container<'_>,
    private: &Prefix,
    view: &Ident,
    arms: &[Arm<'_>],
) -> TokenStream {
    let flat = flat(private);
    let ident = container.ident();
    let write = arms.iter().map(Arm::write);
    let verify = arms.iter().map(Arm::verify);
    let views: Vec<_> = arms.iter().map(|arm| arm.view(view)).collect();
    let tags = arms.iter().map(|arm| &arm.tag);
    debug_assert!(!views.is_empty(), "a union has variants");
    // What no verified value has reads as the first variant.
    let first = views.first();
    let own = arms.iter().map(|arm| arm.own(view));
    let variants = arms.iter().map(Arm::schema);
    let tag = quote!(::core::primitive::u8);
    quote! {
        #[automatically_derived]
        impl #flat::FlatUnion for #ident {
            const VARIANTS: &'static [#private::VariantSchema] = &[#(#variants),*];
            type View<'__a> = #view<'__a>;

            fn write(__value: &Self, __out: &mut #flat::Writer) -> (#tag, #flat::Offset) {
                match __value { #(#write,)* }
            }

            fn verify(
                __verifier: &mut #flat::Verifier<'_>,
                __tag: #tag,
                __place: &#flat::Table<'_>,
            ) -> ::core::option::Option<#flat::Verdict> {
                match __tag {
                    #(#verify,)*
                    _ => ::core::option::Option::None,
                }
            }

            fn view(__tag: #tag, __place: #flat::Table<'_>) -> #view<'_> {
                match __tag {
                    #(#tags => #views,)*
                    _ => #first,
                }
            }

            fn own(__view: #view<'_>) -> #flat::Verdict<Self> {
                ::core::result::Result::Ok(match __view { #(#own,)* })
            }

            fn show(
                __view: &#view<'_>,
                __formatter: &mut ::core::fmt::Formatter<'_>,
            ) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(__view, __formatter)
            }
        }
    }
}

fn arm<'a>(flat: &'a Prefix, ident: &Ident, number: usize, variant: &'a Variant<'a>) -> Arm<'a> {
    let payload = match (payload(variant), &variant.original.fields) {
        (Some(only), _) => Payload::Only(only.ty),
        (None, syn::Fields::Unnamed(_) | syn::Fields::Named(_)) => {
            let ids = format_ident!("__IDS_{number}");
            let view = format_ident!(
                "{}{}View",
                ident.unraw(),
                variant.original.ident.unraw(),
                span = Span::call_site()
            );
            Payload::Fields(Fields { flat, list: &variant.fields, ids }, view)
        }
        (None, syn::Fields::Unit) => Payload::Nothing,
    };
    Arm { variant, tag: Literal::usize_unsuffixed(number.saturating_add(1)), payload, flat }
}

impl Arm<'_> {
    /// The items that a variant with fields needs: its ids and its view.
    fn parts(&self, union: &str) -> TokenStream {
        let Payload::Fields(fields, view) = &self.payload else { return TokenStream::new() };
        let name = format!("{union}::{}", self.variant.name);
        let ids = fields.ids_const(&quote!(&[]));
        let view = fields.view(
            view,
            &self.variant.name,
            &format!("A `{name}` in a stored value, read where it lies."),
        );
        quote!(#ids #view)
    }

    fn view_variant(&self) -> TokenStream {
        let Self { flat, variant, .. } = self;
        let ident = &variant.original.ident;
        match &self.payload {
            Payload::Nothing => quote!(#ident),
            Payload::Only(ty) => {
                quote_spanned!(span_of(ty)=> #ident(<#ty as #flat::TableField>::View<'__a>))
            }
            Payload::Fields(_, view) => quote!(#ident(#view<'__a>)),
        }
    }

    fn write(&self) -> TokenStream {
        let Self { flat, variant, tag, .. } = self;
        let ident = &variant.original.ident;
        match &self.payload {
            Payload::Nothing => {
                quote!(Self::#ident => (#tag, #flat::write_table(__out, |_| (), |_, ()| {})))
            }
            Payload::Only(ty) => {
                let write = of_type(flat, ty, "write_payload");
                quote!(Self::#ident(__payload) => (#tag, #write(__payload, __out)))
            }
            Payload::Fields(fields, _) => {
                let members = fields.list.iter().map(|field| &field.member);
                let locals =
                    fields.list.iter().map(|field| format_ident!("__{}", field.index.index));
                let rest = (!variant.skipped.is_empty()).then(|| quote!(..));
                let write = fields.write(&|field| {
                    let local = format_ident!("__{}", field.index.index);
                    quote!(#local)
                });
                quote!(Self::#ident { #(#members: #locals,)* #rest } => (#tag, #write))
            }
        }
    }

    fn verify(&self) -> TokenStream {
        let Self { flat, tag, .. } = self;
        let valid = match &self.payload {
            Payload::Nothing => quote! {
                #flat::check_table(__verifier, __place, #flat::Slots::NONE, |_, _| ::core::result::Result::Ok(()))
            },
            Payload::Only(ty) => {
                let check = of_type(flat, ty, "check_payload");
                quote!(#check(__verifier, __place))
            }
            Payload::Fields(fields, _) => {
                let (slots, checks) = (fields.slots(), fields.verify());
                quote!(#flat::check_table(__verifier, __place, #slots, |__verifier, __table| #checks))
            }
        };
        quote!(#tag => ::core::option::Option::Some(#valid))
    }

    fn view(&self, union: &Ident) -> TokenStream {
        let Self { flat, variant, .. } = self;
        let ident = &variant.original.ident;
        match &self.payload {
            Payload::Nothing => quote!(#union::#ident),
            Payload::Only(ty) => {
                let payload = of_type(flat, ty, "payload");
                quote!(#union::#ident(#payload(__place)))
            }
            Payload::Fields(_, view) => {
                quote!(#union::#ident(#view { __table: #flat::variant_table(__place) }))
            }
        }
    }

    fn own(&self, union: &Ident) -> TokenStream {
        let Self { flat, variant, .. } = self;
        let ident = &variant.original.ident;
        match &self.payload {
            Payload::Nothing => quote!(#union::#ident => Self::#ident),
            Payload::Only(ty) => {
                let own = of_type(flat, ty, "own_payload");
                quote!(#union::#ident(__view) => Self::#ident(#own(__view)?))
            }
            Payload::Fields(fields, _) => {
                let own = fields.own(&quote!(__view));
                let skipped = skipped(&self.variant.skipped);
                quote!(#union::#ident(__view) => Self::#ident { #own #skipped })
            }
        }
    }

    fn show(&self, union: &Ident) -> TokenStream {
        let flat = self.flat;
        let ident = &self.variant.original.ident;
        let name = &self.variant.name;
        match &self.payload {
            Payload::Nothing => {
                quote!(#union::#ident => ::core::fmt::Formatter::write_str(__formatter, #name))
            }
            Payload::Only(ty) => {
                let show = of_type(flat, ty, "show_payload");
                quote!(#union::#ident(__view) => #show(__formatter, #name, __view))
            }
            Payload::Fields(..) => {
                quote!(#union::#ident(__view) => ::core::fmt::Debug::fmt(__view, __formatter))
            }
        }
    }

    /// `("Move", None, &[slot::<Vec3>("to", …), …])`
    fn schema(&self) -> TokenStream {
        let flat = self.flat;
        let fields = match &self.payload {
            Payload::Fields(fields, _) => fields.schemas(),
            Payload::Only(ty) => {
                let payload = of_type(flat, ty, "PAYLOAD");
                quote!(&[#payload])
            }
            Payload::Nothing => quote!(&[]),
        };
        schema::variant_schema(self.variant, &fields)
    }
}
