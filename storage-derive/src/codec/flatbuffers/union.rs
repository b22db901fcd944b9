//! An enum with data as a FlatBuffers union of tables.
//!
//! A variant of a union is a table: of its fields (`ActionMove`), without fields (`ActionIdle`), or the struct that it
//! holds. What views it is an enum:
//!
//! ```text
//! pub enum ActionView<'__a> {
//!     Idle,
//!     Move(ActionMoveView<'__a>),
//!     Attack(<Weapon as FlatTable>::View<'__a>),
//! }
//!
//! impl FlatUnion for Action {
//!     fn write(__value: &Self, __out: &mut Writer) -> (u8, Offset) {
//!         match __value {
//!             Self::Idle => (1, write_table(__out, |_| (), |_, ()| {})),
//!             Self::Move { to: __to, speed: __speed } => (2, write_table(/* table.rs */)),
//!             Self::Attack(__payload) => (3, <Weapon as FlatTable>::write(__payload, __out)),
//!         }
//!     }
//!     // VARIANTS, verify, view, own, show: an arm a variant
//! }
//! ```

use super::{fields::Fields, paths::flat};
use crate::{
    ast::{Container, Variant},
    schema,
    tokens::{self, Prefix, in_const},
};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{format_ident, quote};
use syn::{Type, ext::IdentExt as _};

/// What a variant of a union holds.
enum Payload<'a> {
    Nothing,
    Table(&'a Type),
    Fields(Fields<'a>, Ident),
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
    let reason = "as visible as the type that it views";
    in_const(&quote! {
        #[automatically_derived]
        impl #flat::FlatType for #ident {
            type Kind = #flat::Union;
        }

        #(#parts)*

        #[doc = #doc]
        #[allow(unreachable_pub, missing_docs, private_interfaces, reason = #reason)]
        #[derive(::core::clone::Clone, ::core::marker::Copy)]
        pub enum #view_ident<'__a> {
            #(#view_variants,)*
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for #view_ident<'_> {
            fn fmt(&self, __formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                match self { #(#show,)* }
            }
        }

        #union
    })
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
    let variants = arms.iter().map(|arm| arm.schema(private));
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
                __at: ::core::primitive::usize,
            ) -> ::core::option::Option<#flat::Verdict> {
                match __tag {
                    #(#verify,)*
                    _ => ::core::option::Option::None,
                }
            }

            fn view(__tag: #tag, __table: #flat::Table<'_>) -> #view<'_> {
                match __tag {
                    #(#tags => #views,)*
                    _ => #first,
                }
            }

            fn own(__view: #view<'_>) -> Self {
                match __view { #(#own,)* }
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
    let payload = match (&variant.original.fields, variant.fields.as_slice()) {
        (syn::Fields::Unnamed(_), [field]) => Payload::Table(field.ty),
        (syn::Fields::Named(_), fields) => {
            let ids = format_ident!("__IDS_{number}");
            let view = format_ident!(
                "{}{}View",
                ident.unraw(),
                variant.original.ident.unraw(),
                span = Span::call_site()
            );
            Payload::Fields(Fields { flat, list: fields, ids }, view)
        }
        _ => Payload::Nothing,
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
            Payload::Table(ty) => quote!(#ident(<#ty as #flat::FlatTable>::View<'__a>)),
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
            Payload::Table(ty) => {
                quote!(Self::#ident(__payload) => (#tag, <#ty as #flat::FlatTable>::write(__payload, __out)))
            }
            Payload::Fields(fields, _) => {
                let members = fields.list.iter().map(|field| &field.member);
                let locals =
                    fields.list.iter().map(|field| format_ident!("__{}", field.index.index));
                let write = fields.write(&|field| {
                    let local = format_ident!("__{}", field.index.index);
                    quote!(#local)
                });
                quote!(Self::#ident { #(#members: #locals,)* } => (#tag, #write))
            }
        }
    }

    fn verify(&self) -> TokenStream {
        let Self { flat, tag, .. } = self;
        let valid = match &self.payload {
            Payload::Nothing => quote! {
                #flat::check_table(__verifier, __at, #flat::Slots::NONE, |_, _| ::core::result::Result::Ok(()))
            },
            Payload::Table(ty) => quote!(#flat::check_payload::<#ty>(__verifier, __at)),
            Payload::Fields(fields, _) => {
                let (slots, checks) = (fields.slots(), fields.verify());
                quote!(#flat::check_table(__verifier, __at, #slots, |__verifier, __table| #checks))
            }
        };
        quote!(#tag => ::core::option::Option::Some(#valid))
    }

    fn view(&self, union: &Ident) -> TokenStream {
        let Self { flat, variant, .. } = self;
        let ident = &variant.original.ident;
        match &self.payload {
            Payload::Nothing => quote!(#union::#ident),
            Payload::Table(ty) => quote!(#union::#ident(<#ty as #flat::FlatTable>::view(__table))),
            Payload::Fields(_, view) => quote!(#union::#ident(#view { __table })),
        }
    }

    fn own(&self, union: &Ident) -> TokenStream {
        let Self { flat, variant, .. } = self;
        let ident = &variant.original.ident;
        match &self.payload {
            Payload::Nothing => quote!(#union::#ident => Self::#ident),
            Payload::Table(ty) => {
                quote!(#union::#ident(__view) => Self::#ident(<#ty as #flat::FlatTable>::own(__view)))
            }
            Payload::Fields(fields, _) => {
                let own = fields.own(&quote!(__view));
                quote!(#union::#ident(__view) => Self::#ident { #own })
            }
        }
    }

    fn show(&self, union: &Ident) -> TokenStream {
        let ident = &self.variant.original.ident;
        let name = &self.variant.name;
        match &self.payload {
            Payload::Nothing => {
                quote!(#union::#ident => ::core::fmt::Formatter::write_str(__formatter, #name))
            }
            Payload::Table(_) => quote! {
                #union::#ident(__view) => ::core::fmt::DebugTuple::finish(::core::fmt::DebugTuple::field(
                    &mut ::core::fmt::Formatter::debug_tuple(__formatter, #name),
                    __view,
                ))
            },
            Payload::Fields(..) => {
                quote!(#union::#ident(__view) => ::core::fmt::Debug::fmt(__view, __formatter))
            }
        }
    }

    /// `("Move", None, &[slot::<Vec3>("to", …), …])`
    fn schema(&self, private: &Prefix) -> TokenStream {
        let fields = match &self.payload {
            Payload::Fields(fields, _) => fields.schemas(),
            _ => schema::field_schemas(private, &self.variant.fields),
        };
        schema::variant_schema(self.variant, &fields)
    }
}
