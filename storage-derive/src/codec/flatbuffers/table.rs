//! A struct as a FlatBuffers table.
//!
//! ```text
//! const _: () = {
//!     #[automatically_derived]
//!     impl FlatType for Weapon { type Kind = Inline; }
//!     impl FlatLeaf for Weapon { type Leaf = TableLeaf; }
//!
//!     /// A [`Weapon`] in a stored value, read where it lies.
//!     #[derive(Clone, Copy)]
//!     pub struct WeaponView<'__a> { __table: Table<'__a> }
//!
//!     impl<'__a> WeaponView<'__a> {
//!         /// The field `damage`.
//!         pub fn damage(&self) -> <Kind of i16>::View<'__a> {
//!             <Kind of i16>::field(self.__table, const { id_of(__IDS, 1) }, None)
//!         }
//!     }
//!     // Debug
//!
//!     impl Weapon {
//!         /// The schema of `Weapon` in the language of FlatBuffers.
//!         pub fn fbs() -> String { <Self as FlatbuffersSchema>::fbs() }
//!     }
//!
//!     const __FIELDS: [(&str, Option<u16>, &[u16]); 2] = [("name", None, <Kind of String>::WIDTHS), …];
//!     const __IDS: [u16; 2] = assign(&__FIELDS, &[]);
//!
//!     impl FlatTable for Weapon {
//!         type View<'__a> = WeaponView<'__a>;
//!         const FILE_IDENTIFIER: Option<&'static str> = None;
//!
//!         fn write(__value: &Self, __out: &mut Writer) -> Offset {
//!             write_table(
//!                 __out,
//!                 |__out| (<Kind of String>::prepare(&__value.name, __out), …),
//!                 |__out, __ready| {
//!                     <Kind of i16>::put::<8>(&__value.damage, __ready.1, __out, /* its id */, None);
//!                     <Kind of String>::put::<8>(&__value.name, __ready.0, __out, /* its id */, None);
//!                     // … and again for 4, 2 and 1: what is not of that width does nothing.
//!                 },
//!             )
//!         }
//!         // REMOVED, SLOTS, verify, view, own: a line a field
//!     }
//! };
//! ```
//!
//! A variant with fields (`union.rs`) is a table too; [`Fields`] is what they have in common.

use super::{
    bound::bounded,
    fields::{Fields, ID_SLOTS, constants, skipped, slot, view_value},
    leaf::leaf,
    paths::flat,
};
use crate::{
    ast::{Container, Field},
    generics::with_lifetime,
    tokens::{self, Prefix, in_const},
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{Generics, parse_quote};

pub(super) fn flat_table(container: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let flat = flat(&private);
    let ident = container.ident();
    let name = &container.name;
    let generics = bounded(&private, container);
    let fields = Fields {
        flat: &flat,
        list: container.fields(),
        ids: format_ident!("__IDS"),
        generics: &generics,
    };
    let removed = container.attrs.removed.iter().map(|removed| {
        let (id, ty) = (&removed.id, &removed.ty);
        quote!((#id, <#ty as #flat::FlatField>::SLOTS))
    });
    let ids = fields.ids_const(&quote!(&[#(#removed),*]));
    let last = container.attrs.removed.iter().filter_map(|removed| removed.id.base10_parse().ok());
    let room = fields.room_const(last.max().map_or(0, |id: usize| id.saturating_add(ID_SLOTS)));
    let constants = constants(&generics, &quote!(#ids #room));
    let ids = fields.ids_ref();
    let view_ident = container.companion("View");
    let doc = format!("A `{name}` in a stored value, read where it lies.");
    let view = fields.view(&view_ident, name, &doc);
    let table = table_impl(container, &fields, &view_ident);
    let leaf = leaf(&flat, ident, &generics, &quote!(TableLeaf));
    let fbs = fbs(container, &generics);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    in_const(
        &container.attrs,
        &quote! {
            #leaf

            #constants
            #view

            #[automatically_derived]
            impl #impl_generics #flat::FieldIds for #ident #type_generics #where_clause {
                const IDS: &'static [::core::primitive::u16] = &#ids;
            }

            #table

            #fbs
        },
    )
}

/// `Weapon::fbs()`, for which no trait must be in scope.
fn fbs(container: &Container<'_>, generics: &Generics) -> TokenStream {
    let private = tokens::private();
    let flat = flat(&private);
    let ident = container.ident();
    let doc = format!(
        " The schema of `{}` in the language of FlatBuffers: itself as the root, and every type it is made of.",
        container.name
    );
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    quote! {
        impl #impl_generics #ident #type_generics #where_clause {
            #[doc = #doc]
            #[allow(dead_code, unreachable_pub, reason = "as visible as the struct, and used at will")]
            #[must_use]
            pub fn fbs() -> #private::String {
                <Self as #flat::FlatbuffersSchema>::fbs()
            }
        }
    }
}

/// `impl FlatTable for Weapon`
fn table_impl(container: &Container<'_>, fields: &Fields<'_>, view: &Ident) -> TokenStream {
    let private = tokens::private();
    let flat = fields.flat;
    let ident = container.ident();
    let file_identifier = match &container.attrs.file_identifier {
        Some(literal) => quote!(::core::option::Option::Some(#literal)),
        None => quote!(::core::option::Option::None),
    };
    let write = fields.write(&|field| {
        let member = &field.member;
        quote!(&__value.#member)
    });
    let (slots, verify) = (fields.slots(), fields.verify());
    let own = fields.own(&quote!(__view));
    let skipped = skipped(&container.skipped);
    let removed = removed(&private, container);
    let string = quote!(&'static ::core::primitive::str);
    let (impl_generics, type_generics, where_clause) = fields.generics.split_for_impl();
    let lifetime = with_lifetime(fields.generics, &parse_quote!('__a));
    let (_, view_generics, _) = lifetime.split_for_impl();
    let any = with_lifetime(fields.generics, &parse_quote!('_));
    let (_, any_view, _) = any.split_for_impl();
    let marker = view_value(fields.generics);
    quote! {
        #[automatically_derived]
        impl #impl_generics #flat::FlatTable for #ident #type_generics #where_clause {
            type View<'__a> = #view #view_generics;
            const FILE_IDENTIFIER: ::core::option::Option<#string> = #file_identifier;
            #removed

            fn write(__value: &Self, __out: &mut #flat::Writer) -> #flat::Offset {
                #write
            }

            const SLOTS: &'static #flat::Slots = #slots;

            #[inline]
            fn verify(
                __verifier: &mut #flat::Verifier<'_>,
                __table: &#flat::Table<'_>,
            ) -> #flat::Verdict {
                #verify
            }

            #[inline]
            fn view<'__a>(__table: #flat::Table<'__a>) -> #view #view_generics {
                #view { __table, #marker }
            }

            fn own(__view: #view #any_view) -> #flat::Verdict<Self> {
                ::core::result::Result::Ok(Self { #own #skipped })
            }
        }
    }
}

/// `const REMOVED: &'static [FieldSchema] = &[removed::<i16>("mana", 2)];`
fn removed(private: &Prefix, container: &Container<'_>) -> Option<TokenStream> {
    let flat = flat(private);
    let removed = &container.attrs.removed;
    let fields = removed.iter().map(|removed| {
        let (id, name, ty) = (&removed.id, &removed.name, &removed.ty);
        quote!(#flat::removed::<#ty>(#name, #id))
    });
    let list = quote!(const REMOVED: &'static [#private::FieldSchema] = &[#(#fields),*];);
    (!removed.is_empty()).then_some(list)
}

/// `slot::<String>("name", id_at(…), None)`
pub(super) fn field(private: &Prefix, container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    let flat = flat(private);
    let ident = container.ident();
    let index = &field.index;
    let (_, type_generics, _) = container.original.generics.split_for_impl();
    // The ids are in a block of their own.
    let id = quote!(#flat::id_at(<#ident #type_generics as #flat::FieldIds>::IDS, #index));
    slot(&flat, field, &id)
}
