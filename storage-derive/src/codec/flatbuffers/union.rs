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
//!     Attack(<Kind of Weapon>::View<'__a>),
//! }
//!
//! impl FlatUnion for Action {
//!     fn write(__value: &Self, __out: &mut Writer) -> (u8, Offset) {
//!         match __value {
//!             Self::Idle => (1, write_table(__out, |_| (), |_, ()| {})),
//!             Self::Move { to: __to, speed: __speed } => (2, write_table(/* table.rs */)),
//!             Self::Attack(__payload) => (3, <Kind of Weapon>::write_payload(__payload, __out)),
//!         }
//!     }
//!     // VARIANTS, verify, view, own, show: an arm a variant
//! }
//! ```

use super::{
    bound::bounded,
    fields::{Fields, constants, skipped, view_value},
    paths::{flat, of_type},
};
use crate::{
    ast::{Container, Field, Variant},
    generics::{self, with_lifetime},
    schema,
    tokens::{self, Prefix, in_const, span_of},
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Generics, Type, ext::IdentExt as _, parse_quote};

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
    generics: &'a Generics,
}

pub(super) fn flat_union(container: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let flat = flat(&private);
    let ident = container.ident();
    let name = &container.name;
    let generics = bounded(&private, container);
    let numbered = container.variants().iter().enumerate();
    let arms: Vec<_> = numbered
        .map(|(number, variant)| arm(&flat, container, &generics, number, variant))
        .collect();
    let view_ident = container.companion("View");
    let doc = format!("A `{name}` in a stored value, read where it lies.");
    let parts = arms.iter().map(Arm::constants).collect();
    let constants = constants(&generics, &parts);
    let views = arms.iter().map(|arm| arm.variant_view(name));
    let view_variants = arms.iter().map(Arm::view_variant);
    let show = arms.iter().map(|arm| arm.show(&view_ident));
    let union = union_impl(container, &private, &view_ident, &arms);
    let copies = copies(&flat, &view_ident, &generics, &arms);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let with_lifetime = with_lifetime(&generics, &parse_quote!('__a));
    let (view_impl, view_generics, _) = with_lifetime.split_for_impl();
    let reason = "as visible as the type that it views";
    in_const(
        &container.attrs,
        &quote! {
            #[automatically_derived]
            impl #impl_generics #flat::FlatType for #ident #type_generics #where_clause {
                type Kind = #flat::Union;
            }

            #constants
            #(#views)*

            #[doc = #doc]
            #[allow(unreachable_pub, missing_docs, private_interfaces, reason = #reason)]
            pub enum #view_ident #view_impl #where_clause {
                #(#view_variants,)*
            }

            #copies

            #[automatically_derived]
            impl #view_impl ::core::fmt::Debug for #view_ident #view_generics #where_clause {
                fn fmt(&self, __formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    match self { #(#show,)* }
                }
            }

            #union
        },
    )
}

/// `Clone` and `Copy` of the view, where what its variants read as has them. Bounds with a lifetime may be broken.
fn copies(flat: &Prefix, view: &Ident, generics: &Generics, arms: &[Arm<'_>]) -> TokenStream {
    let held = arms.iter().filter_map(|arm| match &arm.payload {
        Payload::Only(ty) => {
            let view = of_type(flat, ty, "View");
            Some(quote_spanned!(span_of(ty)=> #view<'__a>))
        }
        Payload::Nothing | Payload::Fields(..) => None,
    });
    let of_params = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
    let bounds = quote!(where #(#of_params,)* #(#held: ::core::marker::Copy,)*);
    let with_lifetime = with_lifetime(generics, &parse_quote!('__a));
    let (impl_generics, type_generics, _) = with_lifetime.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics ::core::clone::Clone for #view #type_generics #bounds {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::marker::Copy for #view #type_generics #bounds {}
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
    let generics = bounded(private, container);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let with_lifetime = with_lifetime(&generics, &parse_quote!('__a));
    let (_, view_generics, _) = with_lifetime.split_for_impl();
    let any = generics::with_lifetime(&generics, &parse_quote!('_));
    let (_, any_view, _) = any.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #flat::FlatUnion for #ident #type_generics #where_clause {
            const VARIANTS: &'static [#private::VariantSchema] = &[#(#variants),*];
            type View<'__a> = #view #view_generics;

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

            fn view<'__a>(__tag: #tag, __place: #flat::Table<'__a>) -> #view #view_generics {
                match __tag {
                    #(#tags => #views,)*
                    _ => #first,
                }
            }

            fn own(__view: #view #any_view) -> #flat::Verdict<Self> {
                ::core::result::Result::Ok(match __view { #(#own,)* })
            }

            fn show(
                __view: &#view #any_view,
                __formatter: &mut ::core::fmt::Formatter<'_>,
            ) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(__view, __formatter)
            }
        }
    }
}

fn arm<'a>(
    flat: &'a Prefix,
    container: &Container<'_>,
    generics: &'a Generics,
    number: usize,
    variant: &'a Variant<'a>,
) -> Arm<'a> {
    let payload = match (payload(variant), &variant.original.fields) {
        (Some(only), _) => Payload::Only(only.ty),
        (None, syn::Fields::Unnamed(_) | syn::Fields::Named(_)) => {
            let ids = format_ident!("__IDS_{number}");
            let view = container.companion(&format!("{}View", variant.original.ident.unraw()));
            Payload::Fields(Fields { flat, list: &variant.fields, ids, generics }, view)
        }
        (None, syn::Fields::Unit) => Payload::Nothing,
    };
    Arm {
        variant,
        tag: Literal::usize_unsuffixed(number.saturating_add(1)),
        payload,
        flat,
        generics,
    }
}

impl Arm<'_> {
    /// The ids of a variant with fields.
    fn constants(&self) -> TokenStream {
        let Payload::Fields(fields, _) = &self.payload else { return TokenStream::new() };
        let (ids, room) = (fields.ids_const(&quote!(&[])), fields.room_const(0));
        quote!(#ids #room)
    }

    /// The view of a variant with fields.
    fn variant_view(&self, union: &str) -> TokenStream {
        let Payload::Fields(fields, view) = &self.payload else { return TokenStream::new() };
        let name = format!("{union}::{}", self.variant.name);
        let doc = format!("A `{name}` in a stored value, read where it lies.");
        fields.view(view, &self.variant.name, &doc)
    }

    fn view_variant(&self) -> TokenStream {
        let Self { flat, variant, .. } = self;
        let ident = &variant.original.ident;
        match &self.payload {
            Payload::Nothing => quote!(#ident),
            Payload::Only(ty) => {
                let view = of_type(flat, ty, "View");
                quote_spanned!(span_of(ty)=> #ident(#view<'__a>))
            }
            Payload::Fields(_, view) => {
                let generics = with_lifetime(self.generics, &parse_quote!('__a));
                let (_, generics, _) = generics.split_for_impl();
                quote!(#ident(#view #generics))
            }
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
                let marker = view_value(self.generics);
                quote!(#union::#ident(#view { __table: #flat::variant_table(__place), #marker }))
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
