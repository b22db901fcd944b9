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
//!         pub fn damage(&self) -> <i16 as FlatField>::View<'__a> {
//!             field::<i16>(self.__table, const { id_of(__IDS, 1) }, None)
//!         }
//!     }
//!     // Debug
//!
//!     const __FIELDS: [(&str, Option<u16>, &[u16]); 2] = [("name", None, <String as FlatField>::WIDTHS), …];
//!     const __IDS: [u16; 2] = assign(&__FIELDS, &[]);
//!
//!     impl FlatTable for Weapon {
//!         type View<'__a> = WeaponView<'__a>;
//!         const NAME: &'static str = "Weapon";
//!         const FILE_IDENTIFIER: Option<&'static str> = None;
//!
//!         fn write(__value: &Self, __out: &mut Writer) -> Offset {
//!             write_table(
//!                 __out,
//!                 |__out| (prepare::<String>(&__value.name, __out), prepare::<i16>(&__value.damage, __out)),
//!                 |__out, __ready| {
//!                     put::<i16, 8>(&__value.damage, __ready.1, __out, const { id_of(__IDS, 1) }, None);
//!                     put::<String, 8>(&__value.name, __ready.0, __out, const { id_of(__IDS, 0) }, None);
//!                     // … and again for 4, 2 and 1: what is not of that width does nothing.
//!                 },
//!             )
//!         }
//!         // SLOTS, verify, view, own, fields: a line a field
//!     }
//! };
//! ```
//!
//! A variant with fields (`choice.rs`) is a table too; [`Fields`] is what they have in common.

use super::{in_const, leaf, span_of};
use crate::{
    ast::{Container, Field},
    path::{self, Prefix},
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::{Index, ext::IdentExt as _};

/// The widths by which the fields of a table are written.
const RANKS: [usize; 4] = [8, 4, 2, 1];

pub(super) fn flat_table(container: &Container<'_>) -> TokenStream {
    let private = path::private(&container.attrs);
    let flat = private.flat();
    let ident = container.ident();
    let name = &container.name;
    let fields = Fields { flat: &flat, list: container.fields(), ids: format_ident!("__IDS") };
    let removed = container.attrs.removed.iter().map(|removed| {
        let (id, ty) = (&removed.id, &removed.ty);
        quote!((#id, <#ty as #flat::FlatField>::SLOTS))
    });
    let ids = fields.ids_const(&quote!(&[#(#removed),*]));
    let view_ident = format_ident!("{}View", ident.unraw(), span = Span::call_site());
    let doc = format!("A `{name}` in a stored value, read where it lies.");
    let view = fields.view(&view_ident, name, &doc);
    let table = table_impl(container, &fields, &view_ident);
    let leaf = leaf(&flat, ident, &quote!(TableLeaf));
    in_const(&quote! {
        #leaf

        #ids
        #view

        #[automatically_derived]
        impl #flat::FieldIds for #ident {
            const IDS: &'static [::core::primitive::u16] = &__IDS;
        }

        #table
    })
}

/// `impl FlatTable for Weapon`
fn table_impl(container: &Container<'_>, fields: &Fields<'_>, view: &Ident) -> TokenStream {
    let private = path::private(&container.attrs);
    let flat = fields.flat;
    let ident = container.ident();
    let name = &container.name;
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
    let shapes = fields.shapes();
    let removed_shapes = container.attrs.removed.iter().map(|removed| {
        let (id, name, ty) = (&removed.id, &removed.name, &removed.ty);
        quote!(#flat::removed_shape::<#ty>(__schema, #name, #id))
    });
    let string = quote!(&'static ::core::primitive::str);
    quote! {
        #[automatically_derived]
        impl #flat::FlatTable for #ident {
            type View<'__a> = #view<'__a>;
            const NAME: #string = #name;
            const FILE_IDENTIFIER: ::core::option::Option<#string> = #file_identifier;

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
            fn view(__table: #flat::Table<'_>) -> #view<'_> {
                #view { __table }
            }

            fn own(__view: #view<'_>) -> Self {
                Self { #own }
            }

            fn fields(
                __schema: &mut #private::FlatSchema,
            ) -> #private::Vec<#private::FlatFieldShape> {
                #private::Vec::from([#(#shapes,)* #(#removed_shapes,)*])
            }
        }
    }
}

/// Where FlatBuffers finds a field of a table: `FlatPlace::Id(1, None)`.
pub(super) fn place(private: &Prefix, container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    let flat = private.flat();
    let ident = container.ident();
    let index = &field.index;
    let ty = field.ty;
    let default = match &field.attrs.default {
        None => quote!(::core::option::Option::None),
        Some(default) => {
            quote!(::core::option::Option::Some(|| #flat::default_bits::<#ty>(&(#default))))
        }
    };
    // The ids are in a block of their own.
    quote!(#private::FlatPlace::Id(#flat::id_at(<#ident as #flat::FieldIds>::IDS, #index), #default))
}

/// The fields of a table: of a struct, or of a variant.
pub(super) struct Fields<'a> {
    pub(super) flat: &'a Prefix,
    pub(super) list: &'a [Field<'a>],
    /// The constant with their ids.
    pub(super) ids: Ident,
}

impl Fields<'_> {
    /// `const __FIELDS: […; 2] = [("name", None, <String as FlatField>::WIDTHS), …];` and the `__IDS` of these.
    pub(super) fn ids_const(&self, removed: &TokenStream) -> TokenStream {
        let Self { flat, list, ids } = self;
        let all = self.all();
        let count = list.len();
        let fields = list.iter().map(|field| {
            let Field { ty, name, .. } = field;
            let id = match &field.attrs.id {
                Some(id) => quote!(::core::option::Option::Some(#id)),
                None => quote!(::core::option::Option::None),
            };
            quote_spanned!(span_of(ty)=> (#name, #id, <#ty as #flat::FlatField>::WIDTHS))
        });
        let id = quote!(::core::primitive::u16);
        quote! {
            const #all: [(
                &'static ::core::primitive::str,
                ::core::option::Option<#id>,
                &'static [#id],
            ); #count] = [#(#fields),*];
            const #ids: [#id; #count] = #flat::assign(&#all, #removed);
        }
    }

    /// The constant with the fields, beside that with their ids.
    fn all(&self) -> Ident {
        format_ident!("{}", self.ids.to_string().replace("IDS", "FIELDS"))
    }

    fn id(&self, field: &Field<'_>) -> TokenStream {
        let Self { flat, ids, .. } = self;
        let index = &field.index;
        quote!(const { #flat::id_of(#ids, #index) })
    }

    fn default(&self, field: &Field<'_>) -> TokenStream {
        let flat = self.flat;
        let ty = field.ty;
        match &field.attrs.default {
            None => quote!(::core::option::Option::None),
            Some(default) => {
                quote!(::core::option::Option::Some(#flat::default_bits::<#ty>(&(#default))))
            }
        }
    }

    /// The fields by id; the order in which flatc writes them, backwards.
    fn by_id(&self) -> Vec<&Field<'_>> {
        let mut fields: Vec<_> = self.list.iter().collect();
        let id = |field: &&Field<'_>| {
            field.attrs.id.as_ref().and_then(|id| id.base10_parse::<u16>().ok())
        };
        // Declaration order where no ids are given.
        fields.sort_by_key(id);
        fields
    }

    /// `write_table(__out, |__out| (…), |__out, __ready| { … })`
    pub(super) fn write(&self, value: &dyn Fn(&Field<'_>) -> TokenStream) -> TokenStream {
        let flat = self.flat;
        let fields = self.by_id();
        let prepare = fields.iter().map(|field| {
            let (ty, value) = (field.ty, value(field));
            quote_spanned!(span_of(ty)=> #flat::prepare::<#ty>(#value, __out))
        });
        let puts = RANKS.iter().flat_map(|rank| {
            fields.iter().enumerate().rev().map(move |(number, field)| {
                let (ty, value, id, default) =
                    (field.ty, value(field), self.id(field), self.default(field));
                let number = Index::from(number);
                quote_spanned!(span_of(ty)=> #flat::put::<#ty, #rank>(#value, __ready.#number, __out, #id, #default);)
            })
        });
        quote! {
            #flat::write_table(__out, |__out| (#(#prepare,)*), |__out, __ready| { #(#puts)* })
        }
    }

    /// `const { &Slots::new(…) }`
    pub(super) fn slots(&self) -> TokenStream {
        let Self { flat, ids, .. } = self;
        let all = self.all();
        quote!({
            const __WIDTHS: [::core::primitive::u16; #flat::slot_count(&#all, &#ids)] = #flat::widths(&#all, &#ids);
            const { &#flat::Slots::new(&__WIDTHS, &#all, &#ids) }
        })
    }

    /// `{ check::<String>(…)?; check::<i16>(…)?; Ok(()) }`
    pub(super) fn verify(&self) -> TokenStream {
        let flat = self.flat;
        let checks = self.list.iter().map(|field| {
            let Field { ty, name, .. } = field;
            let id = self.id(field);
            quote_spanned!(span_of(ty)=> #flat::check::<#ty>(__verifier, __table, #id, #name))
        });
        quote!({ #(#checks?;)* ::core::result::Result::Ok(()) })
    }

    /// `name: own::<String>(field::<String>(view.__table, …)), …`
    pub(super) fn own(&self, view: &TokenStream) -> TokenStream {
        let flat = self.flat;
        let members = self.list.iter().map(|field| {
            let Field { ty, member, .. } = field;
            let (id, default) = (self.id(field), self.default(field));
            let value = quote_spanned! {span_of(ty)=>
                #flat::own::<#ty>(#flat::field::<#ty>(#view.__table, #id, #default))
            };
            quote!(#member: #value)
        });
        quote!(#(#members,)*)
    }

    /// `field_shape::<String>(__schema, "name", …)` for each field.
    pub(super) fn shapes(&self) -> Vec<TokenStream> {
        let flat = self.flat;
        let shape = |field: &Field<'_>| {
            let Field { ty, name, .. } = field;
            let (id, default) = (self.id(field), self.default(field));
            quote_spanned!(span_of(ty)=> #flat::field_shape::<#ty>(__schema, #name, #id, #default))
        };
        self.list.iter().map(shape).collect()
    }

    /// The view type with an accessor for each field.
    pub(super) fn view(&self, ident: &Ident, name: &str, doc: &str) -> TokenStream {
        let flat = self.flat;
        let accessors = self.list.iter().map(|field| {
            let Field { ty, name, original, .. } = field;
            let (id, default) = (self.id(field), self.default(field));
            let vis = &original.vis;
            let accessor = &field.member;
            let doc = format!("The field `{name}`.");
            quote! {
                #[doc = #doc]
                #[inline]
                #vis fn #accessor(&self) -> <#ty as #flat::FlatField>::View<'__a> {
                    #flat::field::<#ty>(self.__table, #id, #default)
                }
            }
        });
        let shows = self.list.iter().map(|field| {
            let Field { ty, name, .. } = field;
            let (id, default) = (self.id(field), self.default(field));
            quote_spanned! {span_of(ty)=>
                #flat::show::<#ty>(&mut __out, #name, &#flat::field::<#ty>(self.__table, #id, #default));
            }
        });
        quote! {
            #[doc = #doc]
            #[allow(unreachable_pub, reason = "as visible as the type that it views")]
            #[derive(::core::clone::Clone, ::core::marker::Copy)]
            pub struct #ident<'__a> {
                __table: #flat::Table<'__a>,
            }

            #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
            impl<'__a> #ident<'__a> {
                #(#accessors)*
            }

            #[automatically_derived]
            impl ::core::fmt::Debug for #ident<'_> {
                fn fmt(&self, __formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, #name);
                    #(#shows)*
                    ::core::fmt::DebugStruct::finish(&mut __out)
                }
            }
        }
    }
}
