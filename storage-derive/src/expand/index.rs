//! The indexes of a record.
//!
//! ```text
//! /// The indexes of `User`, to find records by.
//! pub struct UserIndexes {
//!     /// The unique index `email`.
//!     pub email: Index<User, 0>,
//! }
//! // Clone, Copy, Debug
//!
//! impl HasIndex<0> for User {
//!     type Key = <String as Indexed>::Key; // of several fields: (<A as Indexed>::Key, <B as Indexed>::Key)
//! }
//! impl UniqueIndex<0> for User {}
//!
//! impl Indexes for UserIndexes {
//!     const HANDLES: Self = Self { email: Index::HANDLE };
//! }
//!
//! impl IndexSet for User {
//!     type Indexes = UserIndexes;
//!     const INDEXERS: &'static [Indexer<Self>] = &[Indexer::new(
//!         index_schema::<Self, 0>("email", true, "email"),
//!         |__record, __keys| {
//!             push_field::<Self, 0, String>(__keys, &__record.email);
//!         },
//!     )];
//! }
//! ```

use crate::{
    ast::{Container, Field, Index, IndexKeys},
    tokens::{self, Prefix, at, span_of},
};
use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt as _;

/// `IndexSet`, and the traits of each index.
pub(super) fn index_set(record: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let indexes = record.indexes();
    let indexers = indexes.iter().enumerate().map(|(n, index)| indexer(&private, n, index));
    index_set_of(record, &indexes, &indexers.collect::<Vec<_>>())
}

/// `IndexSet` with handles for `indexes` and no more than `indexers` to fill them.
pub(crate) fn index_set_of(
    record: &Container<'_>,
    indexes: &[Index<'_>],
    indexers: &[TokenStream],
) -> TokenStream {
    if indexes.is_empty() {
        return no_index_set(record);
    }
    let private = tokens::private();
    let ident = record.ident();
    let set = record.companion("Indexes");
    let text = set.to_string();
    let doc = format!(" The indexes of `{}`, to find records by.", record.name);
    let handles = indexes.iter().enumerate().map(|(n, index)| handle(&private, ident, n, index));
    let names = indexes.iter().map(handle_ident);
    let traits = indexes.iter().enumerate().map(|(n, index)| has_index(&private, ident, n, index));
    quote! {
        #[doc = #doc]
        #[allow(dead_code, unreachable_pub, reason = "as visible as the struct, used at will")]
        #[derive(::core::clone::Clone, ::core::marker::Copy)]
        pub struct #set {
            #(#handles,)*
        }

        #[automatically_derived]
        impl ::core::fmt::Debug for #set {
            fn fmt(&self, __formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Formatter::write_str(__formatter, #text)
            }
        }

        #(#traits)*

        #[automatically_derived]
        impl #private::Indexes for #set {
            const HANDLES: Self = Self { #(#names: #private::Index::HANDLE,)* };
        }

        #[automatically_derived]
        impl #private::IndexSet for #ident {
            type Indexes = #set;
            const INDEXERS: &'static [#private::Indexer<Self>] = &[#(#indexers,)*];
        }
    }
}

/// `IndexSet` of a record without indexes.
pub(super) fn no_index_set(record: &Container<'_>) -> TokenStream {
    let private = tokens::private();
    let ident = record.ident();
    quote! {
        #[automatically_derived]
        impl #private::IndexSet for #ident {
            type Indexes = ();
        }
    }
}

/// `pub email: Index<User, 0>`
fn handle(private: &Prefix, ident: &Ident, number: usize, index: &Index<'_>) -> TokenStream {
    let kind = if index.unique { "unique index" } else { "index" };
    let doc = format!(" The {kind} `{}`.", index.name);
    let name = handle_ident(index);
    let number = syn::Index::from(number);
    quote!(#[doc = #doc] pub #name: #private::Index<#ident, #number>)
}

/// The name of an index as an identifier; `check/index.rs` has seen that it is one.
fn handle_ident(index: &Index<'_>) -> Ident {
    syn::parse_str(&index.name).unwrap_or_else(|_| format_ident!("r#{}", index.name))
}

fn has_index(private: &Prefix, ident: &Ident, number: usize, index: &Index<'_>) -> TokenStream {
    let number = syn::Index::from(number);
    let unique = index.unique.then(|| {
        quote! {
            #[automatically_derived]
            impl #private::UniqueIndex<#number> for #ident {}
        }
    });
    let key = match &index.source {
        IndexKeys::Function(_, key) => quote!(#key),
        IndexKeys::Fields(fields) => {
            let keys = fields.iter().filter_map(|(_, field)| *field).map(|field| {
                let ty = field.ty;
                quote_spanned!(span_of(ty)=> <#ty as #private::Indexed>::Key)
            });
            if let [_] = fields.as_slice() {
                quote!(#(#keys)*)
            } else {
                quote_spanned!(span_of(&index.place)=> (#(#keys,)*))
            }
        }
    };
    // A type that is more private than the struct is reported where the index is declared; over one field, at its type,
    // where it is said if that cannot be indexed.
    let place = match &index.source {
        IndexKeys::Fields(fields) => match fields.as_slice() {
            [(_, Some(field))] => span_of(field.ty),
            _ => span_of(&index.place),
        },
        IndexKeys::Function(..) => span_of(&index.place),
    };
    let type_key = quote_spanned!(place=> type Key = #key;);
    quote! {
        #[automatically_derived]
        impl #private::HasIndex<#number> for #ident {
            #type_key
        }

        #unique
    }
}

fn indexer(private: &Prefix, number: usize, index: &Index<'_>) -> TokenStream {
    let number = syn::Index::from(number);
    let Index { name, unique, .. } = index;
    let source = source_text(index);
    let keys = keys(private, &number, index);
    let body = match index.condition {
        Some(condition) => {
            let holds = called(condition);
            quote!(if #holds { #keys })
        }
        None => keys,
    };
    quote! {
        #private::Indexer::new(
            #private::index_schema::<Self, #number>(#name, #unique, #source),
            |__record, __keys| { #body },
        )
    }
}

/// What the schema says the keys are made of.
fn source_text(index: &Index<'_>) -> String {
    let spelled = |path: &syn::Path| quote!(#path).to_string().replace(' ', "");
    let keys = match &index.source {
        IndexKeys::Fields(fields) => {
            let names: Vec<String> =
                fields.iter().map(|(ident, _)| ident.unraw().to_string()).collect();
            names.join(", ")
        }
        IndexKeys::Function(path, _) => format!("with {}", spelled(path)),
    };
    match index.condition {
        Some(path) => format!("{keys} if {}", spelled(path)),
        None => keys,
    }
}

/// Gives every key of `__record` to `__keys`: for several fields, each combination of theirs.
fn keys(private: &Prefix, number: &syn::Index, index: &Index<'_>) -> TokenStream {
    let fields = match &index.source {
        IndexKeys::Function(path, _) => {
            let value = called(path);
            return quote_spanned!(span_of(path)=>
                #private::push_keys::<Self, #number, _>(__keys, &#value);
            );
        }
        IndexKeys::Fields(fields) => fields,
    };
    if let [(_, Some(field))] = fields.as_slice() {
        let (ty, member) = (field.ty, &field.member);
        // All of it points at the field's type, so that a type that cannot be indexed is reported once.
        let push = at(span_of(ty), quote!(#private::push_field::<Self, #number, #ty>));
        return quote_spanned!(span_of(ty)=> #push(__keys, &__record.#member););
    }
    let parts: Vec<Ident> = (0..fields.len()).map(|n| format_ident!("__{n}")).collect();
    debug_assert!(fields.iter().all(|(_, field)| field.is_some()), "an index is over fields");
    let known = fields.iter().zip(&parts);
    let known: Vec<_> = known.filter_map(|((_, field), part)| Some(((*field)?, part))).collect();
    // All of it points at the field's type, so that a type that cannot be indexed is reported once.
    let encode = known.iter().map(|(Field { ty, .. }, part)| {
        let encode = at(span_of(ty), quote!(#private::encode_field::<#ty>));
        quote_spanned!(span_of(ty)=> #encode(#part, __out);)
    });
    let push = quote!(#private::IndexKeys::push_with(__keys, |__out| { #(#encode)* }););
    known.iter().rev().fold(push, |inner, (Field { ty, member, .. }, part)| {
        let each = at(span_of(ty), quote!(<#ty as #private::Indexed>::for_each_key));
        quote_spanned!(span_of(ty)=> #each(&__record.#member, &mut |#part| { #inner });)
    })
}

/// `path(__record)`, where a mistake in the function's type points at the path.
fn called(path: &syn::Path) -> TokenStream {
    quote_spanned!(span_of(path)=> #path(__record))
}
