//! What the derives know of a codec.

use crate::{
    ast::{Container, Field},
    attr::symbol::Symbol,
    ctxt::Ctxt,
    foreign::{Foreign, Known},
    tokens::Prefix,
};
use proc_macro2::{Ident, Span, TokenStream};
use syn::{Generics, Type};

/// A codec: a row of the table in `codec/mod.rs`.
///
/// Every codec encodes and decodes; how it is asked to is in `storage`. What is optional here are the steps that need
/// code for each type.
pub(crate) struct Codec {
    /// Its name in `codec = "..."`.
    pub(crate) name: Symbol,
    /// What `storage` calls it: its type, and its `CodecId`.
    pub(crate) ident: &'static str,
    /// The rules of a type that is stored with it.
    pub(crate) check: fn(&Ctxt, &Container<'_>),
    /// The rules of a type that is not: attributes of this codec do nothing there.
    pub(crate) check_others: Option<fn(&Ctxt, &Container<'_>)>,
    /// What a field needs in which a type of another crate is found: the field's type, what is known, and the name of
    /// `storage`.
    pub(crate) foreign: fn(&Foreign<'_>, &Type, &Known<'_>, &str) -> Option<String>,
    /// How the derives implement it; `None` where the derives of the format do.
    pub(crate) impls: Option<Impls>,
    /// How a type that names it is defined in the schema, where that is not as for every codec. Its parts, as they are
    /// for every codec, are given.
    pub(crate) shape: fn(&Prefix, &Container<'_>, &TokenStream) -> Option<TokenStream>,
    /// What a record says of the fields that may be refused; `None` where the codec says which of them was.
    pub(crate) trials: Option<fn(&Prefix, &Container<'_>) -> TokenStream>,
    /// How a field is read alone; `None` where values are decoded whole.
    pub(crate) fields: Option<FieldAccess>,
}

/// How the derives implement a codec for a type that names it.
pub(crate) struct Impls {
    /// The codec's own traits.
    pub(crate) traits: fn(&Container<'_>) -> TokenStream,
    /// What it asks of the parameters of a type.
    pub(crate) bound: fn(&Prefix, &Container<'_>, &mut Generics),
    /// What a type has of them beside errors.
    pub(crate) stub: fn(&Container<'_>) -> TokenStream,
}

/// How a codec reads a field alone.
pub(crate) struct FieldAccess {
    /// Whether it does of this struct.
    pub(crate) reads: fn(&Container<'_>) -> bool,
    /// The schema of a field, with its place.
    pub(crate) schema: fn(&Prefix, &Container<'_>, &Field<'_>) -> TokenStream,
    /// The same place as a call that is added to the schema of another codec; `None` where that would lose something.
    pub(crate) place: Option<fn(&Prefix, &Field<'_>) -> TokenStream>,
    /// A proof for the compiler that the fields are what is read at their places, where that is not so by construction.
    pub(crate) proof: Option<fn(&Prefix, &Container<'_>) -> TokenStream>,
}

impl Codec {
    /// The name of its type, and of its `CodecId`.
    pub(crate) fn ident(&self) -> Ident {
        Ident::new(self.ident, Span::call_site())
    }
}
