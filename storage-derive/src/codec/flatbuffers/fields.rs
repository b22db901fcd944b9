//! The fields of a table, of a struct or of a variant: an expression a field for each function of the table.
//!
//! A field whose values are converted has functions of its own: `prepare_as::<AsText, Version>`.

use super::paths::of_type;
use crate::{
    ast::Field,
    tokens::{Prefix, span_of},
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::Index;

/// The widths by which the fields of a table are written.
const RANKS: [usize; 4] = [8, 4, 2, 1];

/// The default that a field declares: `default_bits::<i16>(&(150))`.
fn default_bits(flat: &Prefix, field: &Field<'_>) -> Option<TokenStream> {
    let ty = field.ty;
    let default = field.attrs.default.as_ref()?.value()?;
    Some(quote!(#flat::default_bits::<#ty>(&(#default))))
}

/// The schema of a field of a table: `slot(<i16 as TableField>::SLOT, "mana", 2, None)`.
pub(super) fn slot(flat: &Prefix, field: &Field<'_>, id: &TokenStream) -> TokenStream {
    let Field { ty, name, .. } = field;
    let default = match default_bits(flat, field) {
        None => quote!(::core::option::Option::None),
        Some(bits) => quote!(::core::option::Option::Some(|| #bits)),
    };
    match field.conversion(flat) {
        Some(by) => quote_spanned!(span_of(ty)=> #flat::slot_as::<#by, #ty>(#name, #id, #default)),
        None => {
            let slot = of_type(flat, ty, "SLOT");
            quote_spanned!(span_of(ty)=> #flat::slot(#slot, #name, #id, #default))
        }
    }
}

/// The function `name` of the field's type: `<Version as TableField>::prepare`, or `prepare_as::<AsText, Version>`.
fn function(flat: &Prefix, field: &Field<'_>, name: &str) -> TokenStream {
    let ty = field.ty;
    match field.conversion(flat) {
        Some(by) => {
            let span = span_of(ty);
            let name = format_ident!("{name}_as", span = span);
            quote_spanned!(span=> #flat::#name::<#by, #ty>)
        }
        None => of_type(flat, ty, name),
    }
}

/// `cache: ::core::default::Default::default(), …`: the fields that are not stored, of the value that is made.
pub(super) fn skipped(fields: &[Field<'_>]) -> TokenStream {
    let members = fields.iter().map(|field| {
        let member = &field.member;
        let value = quote_spanned!(span_of(field.ty)=> ::core::default::Default::default());
        quote!(#member: #value)
    });
    quote!(#(#members,)*)
}

/// The fields of a table: of a struct, or of a variant.
pub(super) struct Fields<'a> {
    pub(super) flat: &'a Prefix,
    pub(super) list: &'a [Field<'a>],
    /// The constant with their ids.
    pub(super) ids: Ident,
}

impl Fields<'_> {
    /// `const __FIELDS: […; 2] = [("name", None, <String as TableField>::WIDTHS), …];` and the `__IDS` of these.
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
            let widths = match field.conversion(flat) {
                Some(_) => {
                    let widths = function(flat, field, "widths");
                    quote!(#widths())
                }
                None => of_type(flat, ty, "WIDTHS"),
            };
            quote!((#name, #id, #widths))
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

    /// The name of the constant with the fields; that with their ids is `self.ids`.
    fn all(&self) -> Ident {
        format_ident!("{}", self.ids.to_string().replace("IDS", "FIELDS"))
    }

    fn id(&self, field: &Field<'_>) -> TokenStream {
        let Self { flat, ids, .. } = self;
        let index = &field.index;
        quote!(const { #flat::id_of(#ids, #index) })
    }

    fn default(&self, field: &Field<'_>) -> TokenStream {
        match default_bits(self.flat, field) {
            None => quote!(::core::option::Option::None),
            Some(bits) => quote!(::core::option::Option::Some(#bits)),
        }
    }

    /// The fields by id; the order in which flatc writes them, backwards.
    fn by_id(&self) -> Vec<&Field<'_>> {
        let mut fields: Vec<_> = self.list.iter().collect();
        let id = |field: &&Field<'_>| {
            let id = field.attrs.id.as_ref()?.base10_parse::<u16>();
            debug_assert!(id.is_ok(), "ids are numbers");
            id.ok()
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
            let prepare = function(flat, field, "prepare");
            // What is converted may be refused, by the name of its field.
            let name = field.is_converted().then_some(&field.name).into_iter();
            quote_spanned!(span_of(ty)=> #prepare(#value, __out #(, #name)*))
        });
        let puts = RANKS.iter().flat_map(|rank| {
            fields.iter().enumerate().rev().map(move |(number, field)| {
                let (ty, value, id, default) =
                    (field.ty, value(field), self.id(field), self.default(field));
                let number = Index::from(number);
                let put = match field.conversion(flat) {
                    Some(by) => quote_spanned!(span_of(ty)=> #flat::put_as::<#by, #ty, #rank>),
                    None => quote_spanned!(span_of(ty)=> <#ty as #flat::TableField>::put::<#rank>),
                };
                quote_spanned!(span_of(ty)=> #put(#value, __ready.#number, __out, #id, #default);)
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
            let check = function(flat, field, "check");
            quote_spanned!(span_of(ty)=> #check(__verifier, __table, #id, #name))
        });
        quote!({ #(#checks?;)* ::core::result::Result::Ok(()) })
    }

    /// `field::<String>(table, …)`
    fn read(&self, field: &Field<'_>, table: &TokenStream) -> TokenStream {
        let read = function(self.flat, field, "field");
        let (id, default) = (self.id(field), self.default(field));
        quote_spanned!(span_of(field.ty)=> #read(#table, #id, #default))
    }

    /// `name: own::<String>(field::<String>(view.__table, …), "name")?, …`
    pub(super) fn own(&self, view: &TokenStream) -> TokenStream {
        let flat = self.flat;
        let members = self.list.iter().map(|field| {
            let Field { ty, member, name, .. } = field;
            let read = self.read(field, &quote!(#view.__table));
            let own = function(flat, field, "own");
            let value = quote_spanned!(span_of(ty)=> #own(#read, #name));
            quote!(#member: #value?)
        });
        quote!(#(#members,)*)
    }

    /// `&[slot::<String>("name", …), …]`
    pub(super) fn schemas(&self) -> TokenStream {
        let slots = self.list.iter().map(|field| slot(self.flat, field, &self.id(field)));
        quote!(&[#(#slots),*])
    }

    /// The view type with an accessor for each field.
    pub(super) fn view(&self, ident: &Ident, name: &str, doc: &str) -> TokenStream {
        let flat = self.flat;
        let accessors = self.list.iter().map(|field| {
            let Field { ty, name, original, .. } = field;
            let read = self.read(field, &quote!(self.__table));
            let view = match field.conversion(flat) {
                Some(by) => quote_spanned!(span_of(ty)=> #flat::ViewAs<'__a, #by, #ty>),
                None => quote_spanned!(span_of(ty)=> <#ty as #flat::TableField>::View<'__a>),
            };
            let vis = &original.vis;
            let accessor = field.ident();
            let doc = format!("The field `{name}`.");
            quote! {
                #[doc = #doc]
                #[inline]
                #vis fn #accessor(&self) -> #view {
                    #read
                }
            }
        });
        let shows = self.list.iter().map(|field| {
            let Field { ty, name, .. } = field;
            let read = self.read(field, &quote!(self.__table));
            let show = function(flat, field, "show");
            quote_spanned!(span_of(ty)=> #show(&mut __out, #name, &#read);)
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
