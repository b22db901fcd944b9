//! The types of a schema as an archive has them: what each is made of, in a few words, and where its parts are.
//!
//! A duration is a product of two numbers, an address a choice of octets, a result a choice as an enum is: what reads,
//! writes and moves archives knows these words alone, and what a type is called only where people are told of it.

use super::format::Format;
use crate::{
    error::LayoutError,
    schema::{
        ArchivedLayout, Definition, Description, FieldShape, Generic, Scalar, Shape, Standard,
        Types, VariantShape,
    },
};
use std::{
    collections::{HashMap, HashSet},
    iter,
};

/// A type by its number; the record has the first.
pub(super) type TypeNo = usize;

/// The record.
pub(super) const ROOT: TypeNo = 0;

/// The types of a schema, as archives in one format have them.
#[derive(Debug)]
pub struct ArchivedTypes<'t> {
    pub(super) format: Format,
    pub(super) types: Vec<ArchivedType<'t>>,
    /// The names of the structs and enums, which have the first numbers.
    pub(super) names: Vec<&'t str>,
    pub(super) layouts: Vec<LayoutState>,
}

/// How far the layout of a type is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LayoutState {
    Unknown,
    /// While those of its parts are.
    Begun,
    Known(ArchivedLayout),
}

/// A type: how the schema calls it, if it does, and what it is.
#[derive(Debug)]
pub(super) struct ArchivedType<'t> {
    pub(super) shape: Option<&'t Shape>,
    pub(super) kind: ArchivedKind<'t>,
}

/// What a type is made of.
#[derive(Debug, Default)]
pub(super) enum ArchivedKind<'t> {
    Number(Scalar),
    /// A number that is not zero.
    NonZero(Scalar),
    /// Text that lies in its place if it is short.
    Text,
    /// Text that always lies elsewhere.
    Str,
    /// Bytes that no format turns round.
    Octets(usize),
    /// Parts side by side.
    Product(Word<'t>, Vec<Part<'t>>),
    /// One of several products, by the number in its first byte.
    Choice(Word<'t>, Vec<Variant<'t>>),
    Array(TypeNo, usize),
    Boxed(TypeNo),
    List(TypeNo),
    /// Entries in key order, in the nodes of a B-tree; a set's have no value.
    Tree(EntryType),
    /// Entries in the buckets of a hash table, each the product of a key and, in a map, a value.
    Table(EntryType),
    /// Entries as a list, and their numbers in a hash table.
    Indexed(EntryType),
    Opaque(&'t str, Option<ArchivedLayout>),
    /// What no rule is known for.
    #[default]
    Unknown,
}

/// What a product or a choice means: where two have different words, one is not the other, whatever they are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word<'t> {
    Struct(&'t str),
    Enum(&'t str),
    Tuple,
    Option,
    Standard(Standard),
    Generic(Generic),
    Entry,
}

#[cfg(feature = "dynamic")]
impl Word<'_> {
    /// What the parts or the variants are called whose place tells them apart.
    pub(super) const fn part_names(self) -> &'static [&'static str] {
        match self {
            Self::Generic(generic) => generic.part_names(),
            _ => &[],
        }
    }
}

/// A part of a product.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'t> {
    /// The name of a field; of what is told by its place, nothing.
    pub(super) name: &'t str,
    /// How many bytes behind the start of the product it lies.
    pub(super) offset: usize,
    pub(super) ty: TypeNo,
}

/// A variant of a choice.
#[derive(Debug)]
pub(super) struct Variant<'t> {
    pub(super) name: &'t str,
    pub(super) tag: u8,
    pub(super) parts: Vec<Part<'t>>,
}

/// The entries of a map or a set.
#[derive(Clone, Copy, Debug)]
pub(super) struct EntryType {
    /// The product of the two.
    pub(super) ty: TypeNo,
    pub(super) key: TypeNo,
    /// `None` in a set.
    pub(super) value: Option<TypeNo>,
}

impl<'t> ArchivedTypes<'t> {
    /// The types of the records that `description` describes, without their layouts.
    pub(super) fn without_layouts(description: &'t Description) -> Result<Self, LayoutError> {
        let unknown = |shape: &str| LayoutError::Unknown { shape: shape.to_owned() };
        let Some(types) = description.rows.types() else {
            return Err(unknown("a value without a schema"));
        };
        let Some((_, Definition::Struct(_))) = types.root() else {
            return Err(unknown("a record that is no struct"));
        };
        let format = Format::parse(&description.format)?;
        let types = Builder::new(types).build(types);
        let layouts = vec![LayoutState::Unknown; types.types.len()];
        Ok(Self { format, types: types.types, names: types.names, layouts })
    }

    /// How many bytes from the start of the record each of its fields is, and its layout.
    pub(in crate::codec) fn record(&self) -> (Vec<usize>, ArchivedLayout) {
        let offsets = match &self.get(ROOT).kind {
            ArchivedKind::Product(_, fields) => fields.iter().map(|field| field.offset).collect(),
            _ => Vec::new(),
        };
        (offsets, self.layout(ROOT))
    }

    /// Whether a value of the type may point to something, which then lies elsewhere in the archive.
    pub(super) fn may_point(&self, ty: TypeNo) -> bool {
        let mut seen = HashSet::from([ty]);
        let mut waiting = vec![ty];
        while let Some(ty) = waiting.pop() {
            let mut add = |parts: &[Part<'_>]| {
                waiting.extend(parts.iter().map(|part| part.ty).filter(|ty| seen.insert(*ty)));
            };
            match &self.get(ty).kind {
                ArchivedKind::Number(_) | ArchivedKind::NonZero(_) | ArchivedKind::Octets(_) => {}
                ArchivedKind::Product(_, parts) => add(parts),
                ArchivedKind::Choice(_, variants) => {
                    for variant in variants {
                        add(&variant.parts);
                    }
                }
                ArchivedKind::Array(inner, _) => add(&[part("", *inner)]),
                _ => return true,
            }
        }
        false
    }

    /// What the type is.
    pub(super) fn get(&self, ty: TypeNo) -> &ArchivedType<'t> {
        const NONE: &ArchivedType<'_> = &ArchivedType { shape: None, kind: ArchivedKind::Unknown };
        debug_assert!(ty < self.types.len(), "numbers are those of types");
        self.types.get(ty).unwrap_or(NONE)
    }

    /// Its size and its alignment, once all are computed.
    pub(super) fn layout(&self, ty: TypeNo) -> ArchivedLayout {
        match self.layouts.get(ty) {
            Some(LayoutState::Known(layout)) => *layout,
            _ => ArchivedLayout { size: 0, align: 1 },
        }
    }
}

/// Numbers the types of a schema. It calls itself as deep as shapes are nested, and no deeper: structs and enums have
/// their numbers before anything is in them.
struct Builder<'t> {
    numbers: HashMap<&'t str, TypeNo>,
    names: Vec<&'t str>,
    types: Vec<ArchivedType<'t>>,
}

impl<'t> Builder<'t> {
    fn new(types: &'t Types) -> Self {
        let names: Vec<&str> = types.iter().map(|(name, _)| name).collect();
        let numbers = names.iter().enumerate().map(|(number, name)| (*name, number)).collect();
        let none = || ArchivedType { shape: None, kind: ArchivedKind::Unknown };
        let types = iter::repeat_with(none).take(names.len()).collect();
        Self { numbers, names, types }
    }

    fn build(mut self, types: &'t Types) -> Self {
        for (number, (name, definition)) in types.iter().enumerate() {
            let kind = self.definition(name, definition);
            if let Some(ty) = self.types.get_mut(number) {
                ty.kind = kind;
            }
        }
        self
    }

    fn definition(&mut self, name: &'t str, definition: &'t Definition) -> ArchivedKind<'t> {
        match definition {
            Definition::Struct(fields) => {
                ArchivedKind::Product(Word::Struct(name), self.fields(fields))
            }
            Definition::Enum { repr: None, variants } => match self.variants(variants) {
                Some(variants) => ArchivedKind::Choice(Word::Enum(name), variants),
                None => ArchivedKind::Unknown,
            },
            Definition::Table(_)
            | Definition::Enum { repr: Some(_), .. }
            | Definition::Union(_) => ArchivedKind::Unknown,
        }
    }

    /// Variants with their tags; nothing if one of these is no byte, which no archive has.
    fn variants(&mut self, variants: &'t [VariantShape]) -> Option<Vec<Variant<'t>>> {
        let mut next = 0_i128;
        let mut tagged = Vec::new();
        for VariantShape { name, number, fields } in variants {
            let number = number.unwrap_or(next);
            let tag = u8::try_from(number).ok()?;
            next = number.saturating_add(1);
            tagged.push(Variant { name, tag, parts: self.fields(fields) });
        }
        Some(tagged)
    }

    fn fields(&mut self, fields: &'t [FieldShape]) -> Vec<Part<'t>> {
        let part = |FieldShape { name, shape, .. }: &'t FieldShape| part(name, self.shape(shape));
        fields.iter().map(part).collect()
    }

    fn add(&mut self, shape: Option<&'t Shape>, kind: ArchivedKind<'t>) -> TypeNo {
        self.types.push(ArchivedType { shape, kind });
        self.types.len().saturating_sub(1)
    }

    fn shape(&mut self, shape: &'t Shape) -> TypeNo {
        let kind = match shape {
            Shape::Named(name) => match self.numbers.get(name.as_str()) {
                Some(known) => return *known,
                None => ArchivedKind::Unknown,
            },
            Shape::Unit => ArchivedKind::Product(Word::Tuple, Vec::new()),
            Shape::Scalar(scalar) => ArchivedKind::Number(*scalar),
            Shape::NonZero(scalar) => ArchivedKind::NonZero(*scalar),
            Shape::Text => ArchivedKind::Text,
            Shape::Boxed(inner) => match &**inner {
                // What has no length of its own is found by place and length, as a list is.
                Shape::Standard(Standard::Str) => ArchivedKind::Str,
                Shape::Generic(Generic::Slice, parts) => self.only(parts, ArchivedKind::List),
                inner => ArchivedKind::Boxed(self.shape(inner)),
            },
            Shape::Option(inner) => {
                let some = vec![part("", self.shape(inner))];
                choice(Word::Option, [Vec::new(), some])
            }
            Shape::List(inner) => ArchivedKind::List(self.shape(inner)),
            Shape::Array(inner, len) => ArchivedKind::Array(self.shape(inner), *len),
            Shape::Tuple(parts) => {
                let parts = parts.iter().map(|shape| part("", self.shape(shape)));
                ArchivedKind::Product(Word::Tuple, parts.collect())
            }
            Shape::Map(key, value) => ArchivedKind::Tree(self.entry(key, Some(value))),
            Shape::Generic(generic, parts) => self.generic(*generic, parts),
            Shape::Standard(standard) => self.standard(*standard),
            Shape::Opaque(name, archived) => ArchivedKind::Opaque(name, *archived),
            Shape::Bytes | Shape::Reverse(_) | Shape::Choice(_) => ArchivedKind::Unknown,
        };
        self.add(Some(shape), kind)
    }

    /// What `kind` makes of the only one of `parts`.
    fn only(
        &mut self,
        parts: &'t [Shape],
        kind: impl FnOnce(TypeNo) -> ArchivedKind<'t>,
    ) -> ArchivedKind<'t> {
        match parts {
            [inner] => kind(self.shape(inner)),
            _ => ArchivedKind::Unknown,
        }
    }

    fn entry(&mut self, key: &'t Shape, value: Option<&'t Shape>) -> EntryType {
        let key = self.shape(key);
        let value = value.map(|value| self.shape(value));
        let parts = iter::once(key).chain(value).map(|ty| part("", ty)).collect();
        EntryType { ty: self.add(None, ArchivedKind::Product(Word::Entry, parts)), key, value }
    }

    fn generic(&mut self, generic: Generic, parts: &'t [Shape]) -> ArchivedKind<'t> {
        match (generic, parts) {
            (Generic::Set, [key]) => ArchivedKind::Tree(self.entry(key, None)),
            (Generic::HashSet, [key]) => ArchivedKind::Table(self.entry(key, None)),
            (Generic::HashMap, [key, value]) => ArchivedKind::Table(self.entry(key, Some(value))),
            (Generic::IndexSet, [key]) => ArchivedKind::Indexed(self.entry(key, None)),
            (Generic::IndexMap, [key, value]) => {
                ArchivedKind::Indexed(self.entry(key, Some(value)))
            }
            (Generic::Result, [value, error]) => {
                let mut variant = |shape| vec![part("", self.shape(shape))];
                choice(Word::Generic(generic), [variant(value), variant(error)])
            }
            (Generic::Range | Generic::RangeInclusive, [bound]) => {
                let bounds = vec![part("", self.shape(bound)), part("", self.shape(bound))];
                ArchivedKind::Product(Word::Generic(generic), bounds)
            }
            (Generic::RangeFrom | Generic::RangeTo | Generic::RangeToInclusive, [bound]) => {
                ArchivedKind::Product(Word::Generic(generic), vec![part("", self.shape(bound))])
            }
            _ => ArchivedKind::Unknown,
        }
    }

    fn standard(&mut self, standard: Standard) -> ArchivedKind<'t> {
        use Scalar::{I32, I64, U16, U32, U64};
        let product = |parts| ArchivedKind::Product(Word::Standard(standard), parts);
        match standard {
            Standard::Ipv4 => ArchivedKind::Octets(4),
            Standard::Ipv6 | Standard::Uuid => ArchivedKind::Octets(16),
            Standard::Duration => product(self.numbers([U64, U32])),
            Standard::Timestamp | Standard::Datetime => product(self.numbers([I64, U32])),
            Standard::SignedDuration => product(self.numbers([I64, I32])),
            Standard::OffsetTimestamp => product(self.numbers([I64, U32, I32])),
            Standard::Date | Standard::Offset => product(self.numbers([I32])),
            Standard::Time => product(self.numbers([U32, U32])),
            Standard::Zoned => {
                let text = self.add(None, ArchivedKind::Text);
                product(vec![self.standard_part(Standard::Timestamp), part("", text)])
            }
            Standard::Socketv4 | Standard::Socketv6 => {
                let (ip, numbers): (_, &[Scalar]) = match standard {
                    Standard::Socketv4 => (Standard::Ipv4, &[U16]),
                    _ => (Standard::Ipv6, &[U16, U32, U32]),
                };
                let ip = self.standard_part(ip);
                product([vec![ip], self.numbers(numbers.iter().copied())].concat())
            }
            Standard::Ip | Standard::Socket => {
                let versions = match standard {
                    Standard::Ip => [Standard::Ipv4, Standard::Ipv6],
                    _ => [Standard::Socketv4, Standard::Socketv6],
                };
                let versions = versions.map(|version| vec![self.standard_part(version)]);
                choice(Word::Standard(standard), versions)
            }
            // What is converted is text or bytes, and no other text or list.
            Standard::Text => {
                let text = self.add(None, ArchivedKind::Text);
                product(vec![part("", text)])
            }
            Standard::Serde => {
                let byte = self.add(None, ArchivedKind::Number(Scalar::U8));
                let bytes = self.add(None, ArchivedKind::List(byte));
                product(vec![part("", bytes)])
            }
            Standard::Str => ArchivedKind::Unknown,
        }
    }

    fn standard_part(&mut self, standard: Standard) -> Part<'t> {
        let kind = self.standard(standard);
        part("", self.add(None, kind))
    }

    fn numbers(&mut self, scalars: impl IntoIterator<Item = Scalar>) -> Vec<Part<'t>> {
        let number = |scalar| part("", self.add(None, ArchivedKind::Number(scalar)));
        scalars.into_iter().map(number).collect()
    }
}

/// A part whose place is not known yet.
const fn part(name: &str, ty: TypeNo) -> Part<'_> {
    Part { name, offset: 0, ty }
}

/// A choice of two, told by their numbers.
fn choice<'t>(word: Word<'t>, variants: [Vec<Part<'t>>; 2]) -> ArchivedKind<'t> {
    let variants = [0, 1].into_iter().zip(variants);
    ArchivedKind::Choice(
        word,
        variants.map(|(tag, parts)| Variant { name: "", tag, parts }).collect(),
    )
}
