//! The fields of a table, of a struct or of a variant: an expression a field for each function of the table.
//!
//! A field whose values are converted has functions of its own: `prepare_as::<AsText, Version>`.

use super::paths::of_type;
use crate::{
    ast::Field,
    generics::{names, unbound, with_lifetime},
    tokens::{Prefix, span_of},
};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens as _, format_ident, quote, quote_spanned};
use syn::{Generics, Index, parse_quote};

/// The most ids that a field takes: an enum with data takes two.
pub(super) const ID_SLOTS: usize = 2;

/// The widths by which the fields of a table are written.
const RANKS: [usize; 4] = [8, 4, 2, 1];

/// The default that a field declares: `default_bits::<i16>(&(150))`.
fn default_bits(flat: &Prefix, field: &Field<'_>) -> Option<TokenStream> {
    let ty = field.ty;
    let default = field.attrs.default.as_ref()?.value()?;
    Some(quote!(#flat::default_bits::<#ty>(&(#default))))
}

/// The schema of a field of a table: `slot(<Kind of i16>::SLOT, "mana", 2, None)`.
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
    /// The parameters of the type, with their bounds.
    pub(super) generics: &'a Generics,
}

/// The items with the constants of the tables of a type.
///
/// Where the type has parameters, so have the constants, and a struct has them:
///
/// ```text
/// struct __Parts<T>(PhantomData<fn() -> (T,)>);
///
/// impl<T: FlatType> __Parts<T> {
///     const __FIELDS: … = …;
/// }
/// ```
pub(super) fn constants(generics: &Generics, constants: &TokenStream) -> TokenStream {
    if generics.params.is_empty() {
        return constants.clone();
    }
    let unbound = unbound(generics);
    let (params, ..) = unbound.split_for_impl();
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let names = names(generics);
    quote! {
        struct __Parts #params(::core::marker::PhantomData<#names>);

        impl #impl_generics __Parts #type_generics #where_clause {
            #constants
        }
    }
}

impl Fields<'_> {
    /// `const __FIELDS: […; 2] = [("name", None, <Kind of String>::WIDTHS), …];` and the `__IDS` of these.
    pub(super) fn ids_const(&self, removed: &TokenStream) -> TokenStream {
        let Self { flat, list, ids, .. } = self;
        let all = self.named("FIELDS");
        let all_here = self.constant(&all);
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
            const #ids: [#id; #count] = #flat::assign(&#all_here, #removed);
        }
    }

    /// The room for the widths of all ids, as a constant beside the others, for a type with parameters: how many ids
    /// there are hangs on them. `more` is the most that ids are given for.
    pub(super) fn room_const(&self, more: usize) -> Option<TokenStream> {
        if self.generics.params.is_empty() {
            return None;
        }
        let flat = self.flat;
        let given = |field: &Field<'_>| {
            let id = field.attrs.id.as_ref()?.base10_parse::<usize>().ok()?;
            id.checked_add(ID_SLOTS)
        };
        let most = self.list.iter().filter_map(given).fold(more, usize::max);
        let len = most.saturating_add(self.list.len().saturating_mul(ID_SLOTS));
        let (room, all) = (self.named("ROOM"), self.constant(&self.named("FIELDS")));
        let ids = self.constant(&self.ids);
        Some(quote! {
            const #room: [::core::primitive::u16; #len] = #flat::widths(&#all, &#ids);
        })
    }

    /// The name of another constant than that with the ids, which is `self.ids`.
    fn named(&self, name: &str) -> Ident {
        format_ident!("{}", self.ids.to_string().replace("IDS", name))
    }

    /// The constant `name`, where all items of the type can see it.
    fn constant(&self, name: &Ident) -> TokenStream {
        if self.generics.params.is_empty() {
            return name.to_token_stream();
        }
        let (_, type_generics, _) = self.generics.split_for_impl();
        let arguments = type_generics.as_turbofish();
        quote!(__Parts #arguments::#name)
    }

    /// The constant with the ids.
    pub(super) fn ids_ref(&self) -> TokenStream {
        self.constant(&self.ids)
    }

    fn id(&self, field: &Field<'_>) -> TokenStream {
        let flat = self.flat;
        let ids = self.constant(&self.ids);
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
                    None => {
                        let put = of_type(flat, ty, "put");
                        quote_spanned!(span_of(ty)=> #put::<#rank>)
                    }
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
        let flat = self.flat;
        let (all, ids) = (self.constant(&self.named("FIELDS")), self.constant(&self.ids));
        if !self.generics.params.is_empty() {
            let room = self.constant(&self.named("ROOM"));
            return quote!(const {
                let (__widths, _) = <[::core::primitive::u16]>::split_at(&#room, #flat::slot_count(&#all, &#ids));
                &#flat::Slots::new(__widths, &#all, &#ids)
            });
        }
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
        let generics = with_lifetime(self.generics, &parse_quote!('__a));
        let unbound = unbound(&generics);
        let (params, ..) = unbound.split_for_impl();
        let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
        let marker = view_marker(self.generics);
        let copies = view_copies(ident, self.generics);
        let is_plain = self.generics.params.is_empty();
        let derives =
            is_plain.then(|| quote!(#[derive(::core::clone::Clone, ::core::marker::Copy)]));
        let accessors = self.list.iter().map(|field| {
            let Field { ty, name, original, .. } = field;
            let read = self.read(field, &quote!(self.__table));
            let view = match field.conversion(flat) {
                Some(by) => quote_spanned!(span_of(ty)=> #flat::ViewAs<'__a, #by, #ty>),
                None => {
                    let view = of_type(flat, ty, "View");
                    quote_spanned!(span_of(ty)=> #view<'__a>)
                }
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
            #derives
            pub struct #ident #params {
                __table: #flat::Table<'__a>,
                #marker
            }

            #copies

            #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
            impl #impl_generics #ident #type_generics #where_clause {
                #(#accessors)*
            }

            #[automatically_derived]
            impl #impl_generics ::core::fmt::Debug for #ident #type_generics #where_clause {
                fn fmt(&self, __formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, #name);
                    #(#shows)*
                    ::core::fmt::DebugStruct::finish(&mut __out)
                }
            }
        }
    }
}

/// `of: PhantomData,`: what the value of a view has beside its table.
pub(super) fn view_value(generics: &Generics) -> Option<TokenStream> {
    (!generics.params.is_empty()).then(|| quote!(__of: ::core::marker::PhantomData,))
}

fn view_marker(generics: &Generics) -> Option<TokenStream> {
    let names = names(generics);
    let is_generic = !generics.params.is_empty();
    is_generic.then(|| quote!(__of: ::core::marker::PhantomData<#names>,))
}

/// `Clone` and `Copy` of a view, whatever its parameters are.
fn view_copies(ident: &Ident, generics: &Generics) -> Option<TokenStream> {
    if generics.params.is_empty() {
        return None;
    }
    let unbound = unbound(&with_lifetime(generics, &parse_quote!('__a)));
    let (impl_generics, type_generics, _) = unbound.split_for_impl();
    Some(quote! {
        #[automatically_derived]
        impl #impl_generics ::core::clone::Clone for #ident #type_generics {
            #[inline]
            fn clone(&self) -> Self {
                *self
            }
        }

        #[automatically_derived]
        impl #impl_generics ::core::marker::Copy for #ident #type_generics {}
    })
}
