//! The schema of a type in the language of FlatBuffers: what `flatc` reads to make code for another language.
//!
//! Types that others are made of come first. Some have no name in Rust: see `nameless.rs`.

use super::{
    super::table::FlatTable,
    draft::{Fbs, NameOwner},
    place::{inner, is_option, keyword, plain},
    standard::standard,
};
use crate::schema::{
    CodecId, Definition, FieldShape, Generic, Presence, Scalar, Shape, Slot, Standard, Types,
    VariantShape,
};
use std::fmt::Write as _;

/// The schema of a derived type in the language of FlatBuffers, for programs in other languages.
///
/// Implemented for every struct whose derive says `codec = "flatbuffers"`, records and types.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no schema of its own in the language of FlatBuffers",
    note = "a struct with `#[store(codec = \"flatbuffers\")]` that is not `fixed` has one; enums and fixed structs \
            stand in the schema of the struct that holds them"
)]
pub trait FlatbuffersSchema {
    /// The text that `flatc` reads: the type itself as the root, and every type it is made of.
    fn fbs() -> String;
}

impl<T: FlatTable> FlatbuffersSchema for T {
    fn fbs() -> String {
        fbs(&Types::of(CodecId::Flatbuffers, T::shape))
    }
}

/// The schema of buffers whose root is the root of `types`.
pub(crate) fn fbs(types: &Types) -> String {
    let mut out = Fbs::new(types);
    let root = types.root().map_or_else(String::new, |(name, _)| out.named(name));
    let mut text = out.text;
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "root_type {root};");
    if let Some(identifier) = types.file_identifier() {
        let _ = writeln!(text, "file_identifier \"{identifier}\";");
    }
    text
}

impl Fbs<'_> {
    /// The name of a type of the model.
    fn named(&mut self, name: &str) -> String {
        let types = self.types;
        let Some(definition) = types.get(name) else { return name.to_owned() };
        self.define(NameOwner::Type(name.to_owned()), plain(name), |out, unique| match definition {
            Definition::Struct(fields) => out.fixed(unique, fields),
            Definition::Table(fields) => out.table(unique, fields),
            Definition::Enum { repr, variants } => out.unit_enum(unique, *repr, variants),
            Definition::Union(variants) => out.union(unique, name, variants),
        })
    }

    fn fixed(&mut self, name: &str, fields: &[FieldShape]) {
        let line = |field: &FieldShape| {
            format!("  {}:{};\n", field_name(&field.name), self.inside(&field.shape))
        };
        let lines: Vec<_> = fields.iter().map(line).collect();
        self.block(&format!("struct {name}"), &lines);
    }

    pub(super) fn table(&mut self, name: &str, fields: &[FieldShape]) {
        let lines: Vec<_> = fields.iter().map(|field| self.field(field)).collect();
        self.block(&format!("table {name}"), &lines);
    }

    fn unit_enum(&mut self, name: &str, repr: Option<Scalar>, variants: &[VariantShape]) {
        let line = |VariantShape { name, number, .. }: &VariantShape| {
            format!("  {name} = {},\n", number.unwrap_or_default())
        };
        let lines: Vec<_> = variants.iter().map(line).collect();
        self.block(&format!("enum {name} : {}", repr.map_or("", keyword)), &lines);
    }

    pub(super) fn union(&mut self, name: &str, owner: &str, variants: &[VariantShape]) {
        let line = |variant: &VariantShape| {
            format!("  {}:{},\n", variant.name, self.variant(owner, variant))
        };
        let lines: Vec<_> = variants.iter().map(line).collect();
        self.block(&format!("union {name}"), &lines);
    }

    /// The table of a variant of `owner`: the one that it holds without a name, or one of its own.
    fn variant(&mut self, owner: &str, variant: &VariantShape) -> String {
        if let [FieldShape { shape, slot: None, .. }] = variant.fields.as_slice() {
            return self.reference(shape);
        }
        let key = NameOwner::Variant(owner.to_owned(), variant.name.clone());
        let name = format!("{}{}", plain(owner), variant.name);
        self.define(key, &name, |out, unique| out.table(unique, &variant.fields))
    }

    fn field(&mut self, field: &FieldShape) -> String {
        self.line(field, false)
    }

    /// `  mana:short = 150 (id: 2);`
    pub(super) fn line(
        &mut self,
        FieldShape { name, shape, slot }: &FieldShape,
        is_key: bool,
    ) -> String {
        let ty = self.reference(shape);
        let name = field_name(name);
        let Some(Slot { id, presence }) = slot else { return format!("  {name}:{ty};\n") };
        let default = match presence {
            Presence::Optional if self.is_nullable(shape) => " = null".to_owned(),
            Presence::Defaulted(Some(default)) => format!(" = {default}"),
            _ => String::new(),
        };
        // The id of a union is that of its value; its number has the one before.
        let id = if self.is_union(shape) { id.saturating_add(1) } else { *id };
        let mark = match presence {
            Presence::Required if is_key && !self.is_scalar(shape) => ", required, key",
            _ if is_key => ", key",
            // A number cannot be, for flatc: its reader refuses a missing one.
            Presence::Required if !self.is_scalar(shape) => ", required",
            Presence::Removed => ", deprecated",
            _ => "",
        };
        let doc = match inner(shape) {
            Shape::Standard(Standard::Serde) => "  /// One value, MessagePack.\n".to_owned(),
            Shape::Standard(Standard::Text) => "  /// A value as its text.\n".to_owned(),
            listed @ Shape::Array(_, len) if self.listed(listed).is_some() => {
                format!("  /// Always {len} elements.\n")
            }
            _ => String::new(),
        };
        format!("{doc}  {name}:{ty}{default} (id: {id}{mark});\n")
    }

    /// A type in a table or a list.
    pub(super) fn reference(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Array(item, len) if self.listed(shape).is_none() => self.array(item, *len),
            _ => self.inside(shape),
        }
    }

    /// A type in a struct, where an array needs no struct of its own.
    pub(super) fn inside(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Scalar(scalar) | Shape::NonZero(scalar) => self.scalar(*scalar),
            Shape::Text | Shape::Standard(Standard::Str | Standard::Text) => "string".to_owned(),
            Shape::Standard(Standard::Serde) => "[ubyte]".to_owned(),
            Shape::Option(inner) if is_option(inner) => self.wrapper(inner),
            Shape::Option(inner) | Shape::Boxed(inner) => self.reference(inner),
            Shape::Generic(Generic::Result, _) => self.result(shape),
            _ if self.listed(shape).is_some() => self.elements(shape),
            Shape::Array(inner, len) => format!("[{}:{len}]", self.reference(inner)),
            Shape::Named(name) => self.named(name),
            Shape::Standard(known) if *known != Standard::Zoned => match standard(*known) {
                Some(known) => self.known(&known),
                None => known.to_string(),
            },
            other => self.compound(other),
        }
    }
}

/// The name of a field, which begins with a letter: `_0` for the number that a tuple has.
fn field_name(name: &str) -> String {
    let is_number = name.starts_with(|c: char| c.is_ascii_digit());
    if is_number { format!("_{name}") } else { name.to_owned() }
}
