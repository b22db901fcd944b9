//! The model: what the user wrote, borrowed, with the attributes read.
//!
//! Each part keeps the `original` syntax it was made of, for the spans of messages.

use crate::{
    attr::{
        self, Adapter, ContainerAttrs, FieldAttrs, IndexAttr, IndexSource, Spot,
        symbol::{OPTION, SERDE, VEC},
    },
    ctxt::Ctxt,
    tokens::{Prefix, span_of},
    ty,
};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{
    DeriveInput, Expr, ExprGroup, ExprLit, ExprUnary, Lit, LitStr, Member, Path, Token, Type, UnOp,
    ext::IdentExt as _, punctuated::Punctuated,
};

/// The type that is derived for.
pub(crate) struct Container<'a> {
    pub(crate) original: &'a DeriveInput,
    /// Its name in the schema: never `r#...`.
    pub(crate) name: String,
    pub(crate) attrs: ContainerAttrs,
    pub(crate) data: Data<'a>,
    /// The fields of a struct that are not stored. Everywhere else, *field* means one that is.
    pub(crate) skipped: Vec<Field<'a>>,
}

/// What a type is made of.
pub(crate) enum Data<'a> {
    Struct(Style, Vec<Field<'a>>),
    Enum(Token![enum], Vec<Variant<'a>>),
    Union(Token![union]),
}

/// How the fields of a struct are named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Style {
    Named,
    Tuple,
    Unit,
}

/// A variant of an enum.
pub(crate) struct Variant<'a> {
    pub(crate) original: &'a syn::Variant,
    /// Its name in the schema: never `r#...`.
    pub(crate) name: String,
    /// Its discriminant, if one is given and is an integer literal.
    pub(crate) discriminant: Option<i128>,
    /// Names that it had.
    pub(crate) was: Vec<LitStr>,
    pub(crate) fields: Vec<Field<'a>>,
    /// Those of its fields that are not stored.
    pub(crate) skipped: Vec<Field<'a>>,
}

/// What is stored of a field, as generated code names it. A type that is not made into a stream of its own costs the
/// compiler less each time.
pub(crate) enum Stored<'f> {
    AsWritten(&'f Type),
    Otherwise(TokenStream),
}

/// A field of a struct or of a variant.
pub(crate) struct Field<'a> {
    pub(crate) original: &'a syn::Field,
    pub(crate) ty: &'a Type,
    /// Its number among the fields that are stored, in declaration order.
    pub(crate) index: syn::Index,
    /// How code reaches it: `name`, `r#type`, `0`.
    pub(crate) member: Member,
    /// Its name in the schema: never `r#...`; `0`, `1`, … in tuples.
    pub(crate) name: String,
    pub(crate) attrs: FieldAttrs,
}

impl<'a> Container<'a> {
    /// The model of `input`, whose attributes are those of `spot`.
    pub(crate) fn from_syn(cx: &Ctxt, input: &'a DeriveInput, spot: Spot) -> Self {
        let field_spot = spot.of_fields();
        let attrs = ContainerAttrs::from_syn(cx, &input.attrs, spot);
        let mut skipped = Vec::new();
        let data = match &input.data {
            syn::Data::Struct(data) => {
                let (stored, others) = fields(cx, &data.fields, field_spot);
                skipped = others;
                Data::Struct(Style::of(&data.fields), stored)
            }
            syn::Data::Enum(data) => {
                Data::Enum(data.enum_token, variants(cx, &data.variants, field_spot))
            }
            syn::Data::Union(data) => Data::Union(data.union_token),
        };
        Self { original: input, name: input.ident.unraw().to_string(), attrs, data, skipped }
    }

    pub(crate) fn ident(&self) -> &'a Ident {
        &self.original.ident
    }

    /// The name of a type that is made for this one: its name and `suffix`, and underscores where a field names a type
    /// of the user's that is called so.
    pub(crate) fn companion(&self, suffix: &str) -> Ident {
        let mut name = format_ident!("{}{suffix}", self.ident().unraw(), span = Span::call_site());
        let types = || self.all_fields().flat_map(|field| ty::parts(field.ty));
        while types().any(|part| ty::names(part, &name)) {
            name = format_ident!("{name}_");
        }
        name
    }

    /// The fields of a struct; none for an enum or a union.
    pub(crate) fn fields(&self) -> &[Field<'a>] {
        match &self.data {
            Data::Struct(_, fields) => fields,
            Data::Enum(..) | Data::Union(_) => &[],
        }
    }

    /// The variants of an enum; none for a struct or a union.
    pub(crate) fn variants(&self) -> &[Variant<'a>] {
        match &self.data {
            Data::Enum(_, variants) => variants,
            Data::Struct(..) | Data::Union(_) => &[],
        }
    }

    /// All fields, those of every variant included.
    pub(crate) fn all_fields(&self) -> impl Iterator<Item = &Field<'a>> {
        let in_variants = self.variants().iter().flat_map(|variant| &variant.fields);
        self.fields().iter().chain(in_variants)
    }

    /// All fields that are not stored, those of every variant included.
    pub(crate) fn all_skipped(&self) -> impl Iterator<Item = &Field<'a>> {
        let in_variants = self.variants().iter().flat_map(|variant| &variant.skipped);
        self.skipped.iter().chain(in_variants)
    }

    /// Whether it is a struct with fields, or with none between braces.
    pub(crate) fn has_fields(&self) -> bool {
        matches!(self.data, Data::Struct(Style::Named | Style::Tuple, _))
    }

    pub(crate) fn has_parameters(&self) -> bool {
        !self.original.generics.params.is_empty()
    }

    /// Whether it is an enum whose variants have no data.
    pub(crate) fn is_unit_enum(&self) -> bool {
        let is_unit = |variant: &Variant<'_>| matches!(variant.original.fields, syn::Fields::Unit);
        matches!(self.data, Data::Enum(..)) && self.variants().iter().all(is_unit)
    }

    /// The number of each variant, as Rust counts them.
    pub(crate) fn numbers(&self) -> Vec<i128> {
        let mut next = 0;
        let mut number = |variant: &Variant<'_>| {
            let number = variant.discriminant.unwrap_or(next);
            next = number.saturating_add(1);
            number
        };
        self.variants().iter().map(&mut number).collect()
    }

    /// The integer that an enum without data is stored as.
    pub(crate) fn repr_name(&self) -> String {
        self.attrs.repr.as_ref().map_or_else(|| "u8".to_owned(), ToString::to_string)
    }

    /// The least and the greatest value of that integer.
    pub(crate) fn repr_bounds(&self) -> (i128, i128) {
        match self.repr_name().as_str() {
            "i8" => (i8::MIN.into(), i8::MAX.into()),
            "i16" => (i16::MIN.into(), i16::MAX.into()),
            "i32" => (i32::MIN.into(), i32::MAX.into()),
            "i64" => (i64::MIN.into(), i64::MAX.into()),
            "u16" => (0, u16::MAX.into()),
            "u32" => (0, u32::MAX.into()),
            "u64" => (0, u64::MAX.into()),
            _ => (0, u8::MAX.into()),
        }
    }

    /// The fields that make the primary key, in key order.
    pub(crate) fn key(&self) -> Vec<&Field<'a>> {
        self.fields().iter().filter(|field| field.attrs.key.is_some()).collect()
    }

    /// The indexes: those declared on fields, in declaration order, then those on the struct.
    pub(crate) fn indexes(&self) -> Vec<Index<'_>> {
        let on_fields = self.fields().iter().filter_map(Index::of_field);
        let on_struct = self.attrs.indexes.iter().map(|attr| Index::of_struct(attr, self.fields()));
        on_fields.chain(on_struct).collect()
    }

    /// The style of a struct; that of one with names for an enum or a union.
    pub(crate) const fn style(&self) -> Style {
        match self.data {
            Data::Struct(style, _) => style,
            Data::Enum(..) | Data::Union(_) => Style::Named,
        }
    }

    /// The fields that can be projected: those whose bytes mean what their type says.
    pub(crate) fn handles(&self) -> Vec<&Field<'a>> {
        self.fields().iter().filter(|field| field.is_transparent()).collect()
    }
}

/// A secondary index.
pub(crate) struct Index<'a> {
    pub(crate) name: String,
    /// What messages about it point at.
    pub(crate) place: &'a dyn ToTokens,
    pub(crate) unique: bool,
    pub(crate) source: IndexKeys<'a>,
    pub(crate) condition: Option<&'a Path>,
}

/// What the keys of an index are made of.
pub(crate) enum IndexKeys<'a> {
    /// Fields, each with the name it was given by; `None` where there is no such field.
    Fields(Vec<(Ident, Option<&'a Field<'a>>)>),
    /// A function, and the type of the keys it returns.
    Function(&'a Path, &'a Type),
}

impl<'a> Index<'a> {
    fn of_field(field: &'a Field<'a>) -> Option<Self> {
        let word = field.attrs.unique.as_ref().or(field.attrs.index.as_ref())?;
        Some(Self {
            name: field.ident().unraw().to_string(),
            place: word,
            unique: field.attrs.unique.is_some(),
            source: IndexKeys::Fields(vec![(field.ident(), Some(field))]),
            condition: None,
        })
    }

    fn of_struct(attr: &'a IndexAttr, fields: &'a [Field<'a>]) -> Self {
        let find = |ident: &'a Ident| {
            let name = ident.unraw().to_string();
            let is_it = |field: &&Field<'_>| field.ident().unraw() == name;
            (ident.clone(), fields.iter().find(is_it))
        };
        let source = match &attr.source {
            IndexSource::Fields(idents) => IndexKeys::Fields(idents.iter().map(find).collect()),
            IndexSource::Function { path, key } => IndexKeys::Function(path, key),
        };
        Self {
            name: attr.name.value(),
            place: &attr.name,
            unique: attr.unique,
            source,
            condition: attr.condition.as_ref(),
        }
    }
}

impl ToTokens for Stored<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        match self {
            Self::AsWritten(ty) => ty.to_tokens(tokens),
            Self::Otherwise(ty) => ty.to_tokens(tokens),
        }
    }
}

impl Style {
    fn of(fields: &syn::Fields) -> Self {
        match fields {
            syn::Fields::Named(_) => Self::Named,
            syn::Fields::Unnamed(_) => Self::Tuple,
            syn::Fields::Unit => Self::Unit,
        }
    }
}

impl Field<'_> {
    /// What is stored of the field: its type, `Adapted<Type>` with `#[rkyv(with = AsStored)]`, or, with the other
    /// adapters of this crate, `Converted<AsSerde, Type>`.
    pub(crate) fn stored(&self, private: &Prefix) -> Stored<'_> {
        let ty = self.ty;
        match self.conversion(private) {
            Some(by) => {
                Stored::Otherwise(quote_spanned!(span_of(ty)=> #private::Converted<#by, #ty>))
            }
            None if self.attrs.rkyv_adapter == Some(Adapter::Stored) => {
                Stored::Otherwise(quote_spanned!(span_of(ty)=> #private::Adapted<#ty>))
            }
            None => Stored::AsWritten(ty),
        }
    }

    /// What converts the values of the field: the adapter of `#[rkyv(with = AsText)]`, `AsText` with
    /// `#[store(text)]`, `Maybe<AsText>` on an `Option`, `Each<AsText>` on a `Vec`.
    pub(crate) fn conversion(&self, private: &Prefix) -> Option<TokenStream> {
        let FieldAttrs { convert, rkyv_adapter, rkyv_with, .. } = &self.attrs;
        if let (Some(Adapter::Converting), Some(with)) = (rkyv_adapter, rkyv_with) {
            return Some(with.to_token_stream());
        }
        let is_serde = *convert.as_ref()? == SERDE;
        let span = span_of(self.ty);
        let by = if is_serde {
            quote_spanned!(span=> #private::AsSerde)
        } else {
            quote_spanned!(span=> #private::AsText)
        };
        let (mut ty, mut layers) = (self.ty, Vec::new());
        // serde stores a list whole.
        let each = |ty| attr::argument_of(ty, VEC).filter(|_| !is_serde);
        while let Some((word, inner)) = attr::argument_of(ty, OPTION)
            .map(|inner| (quote!(Maybe), inner))
            .or_else(|| each(ty).map(|inner| (quote!(Each), inner)))
        {
            layers.push(word);
            ty = inner;
        }
        let by = layers
            .into_iter()
            .rev()
            .fold(by, |by, word| quote_spanned!(span=> #private::#word<#by>));
        Some(by)
    }

    /// Whether the values of the field are converted.
    pub(crate) fn is_converted(&self) -> bool {
        self.attrs.convert.is_some() || self.attrs.rkyv_adapter == Some(Adapter::Converting)
    }

    /// The field's name where Rust wants one: `name`, or `_0` for a number.
    pub(crate) fn ident(&self) -> Ident {
        match &self.member {
            Member::Named(ident) => ident.clone(),
            Member::Unnamed(index) => format_ident!("_{}", index.index, span = span_of(self.ty)),
        }
    }

    /// Whether the field's bytes mean what its type says.
    pub(crate) fn is_transparent(&self) -> bool {
        self.attrs.opaque.is_none() && self.attrs.rkyv_changed.is_none()
    }
}

fn variants<'a>(
    cx: &Ctxt,
    variants: &'a Punctuated<syn::Variant, Token![,]>,
    field_spot: Spot,
) -> Vec<Variant<'a>> {
    let variant = |original: &'a syn::Variant| {
        let (fields, skipped) = fields(cx, &original.fields, field_spot);
        Variant {
            original,
            name: original.ident.unraw().to_string(),
            discriminant: original.discriminant.as_ref().and_then(|(_, value)| integer(value)),
            was: attr::variant_was(cx, &original.attrs),
            fields,
            skipped,
        }
    };
    variants.iter().map(variant).collect()
}

/// The fields that are stored, and those that are not.
fn fields<'a>(cx: &Ctxt, fields: &'a syn::Fields, spot: Spot) -> (Vec<Field<'a>>, Vec<Field<'a>>) {
    let field = |(index, original): (usize, &'a syn::Field)| Field {
        original,
        ty: &original.ty,
        index: syn::Index::from(index),
        member: match &original.ident {
            Some(ident) => Member::Named(ident.clone()),
            None => Member::Unnamed(syn::Index::from(index)),
        },
        name: match &original.ident {
            Some(ident) => ident.unraw().to_string(),
            None => index.to_string(),
        },
        attrs: FieldAttrs::from_syn(cx, &original.attrs, spot),
    };
    let (skipped, mut stored): (Vec<_>, Vec<_>) =
        fields.iter().enumerate().map(field).partition(|field| field.attrs.is_skipped());
    for (number, field) in stored.iter_mut().enumerate() {
        field.index = syn::Index::from(number);
    }
    (stored, skipped)
}

/// The value of an integer literal, with or without a sign.
fn integer(expr: &Expr) -> Option<i128> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Int(int), .. }) => int.base10_parse().ok(),
        Expr::Unary(ExprUnary { op: UnOp::Neg(_), expr, .. }) => integer(expr)?.checked_neg(),
        // What a macro passed on.
        Expr::Group(ExprGroup { expr, .. }) => integer(expr),
        _ => None,
    }
}
