//! The schema of a type in the language of FlatBuffers: what `flatc` reads to make code for another language.
//!
//! Types that others are made of come first. Some have no name in Rust: the table of a variant, `ActionMove`, the
//! struct that an array is in, `U8x16`, and the table around what a list cannot hold by itself, `ListOfF32Wrapper`.

use super::super::table::FlatTable;
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
pub(super) fn fbs(types: &Types) -> String {
    let mut out = Fbs { types, names: Vec::new(), text: String::new() };
    let root = types.root().map_or_else(String::new, |(name, _)| out.named(name));
    let mut text = out.text;
    // Writing to a `String` cannot fail.
    let _ = writeln!(text, "root_type {root};");
    if let Some(identifier) = types.file_identifier() {
        let _ = writeln!(text, "file_identifier \"{identifier}\";");
    }
    text
}

/// A schema in the making.
struct Fbs<'a> {
    types: &'a Types,
    /// Who has which name.
    names: Vec<(Owner, String)>,
    text: String,
}

/// What has a name in the schema.
#[derive(PartialEq, Eq)]
enum Owner {
    Type(String),
    /// The table of a variant of a union.
    Variant(String, String),
    /// The struct around an array of so many of these.
    Array(String, usize),
    /// The table around one of these.
    Wrapper(String),
}

impl Fbs<'_> {
    /// The name of what `owner` is, which `define` writes if it has none yet.
    ///
    /// The name is taken before `define` runs, so a type may contain itself. Two of one name are told apart by a
    /// number: `Color`, `Color_2`.
    fn define(&mut self, owner: Owner, name: &str, define: impl FnOnce(&mut Self, &str)) -> String {
        if let Some((_, known)) = self.names.iter().find(|(other, _)| *other == owner) {
            return known.clone();
        }
        let is_taken = |wanted: &str| self.names.iter().any(|(_, taken)| taken == wanted);
        let mut unique = name.to_owned();
        let mut number: u32 = 1;
        while is_taken(&unique) {
            number = number.saturating_add(1);
            unique = format!("{name}_{number}");
        }
        self.names.push((owner, unique.clone()));
        define(self, &unique);
        unique
    }

    /// The name of a type of the model.
    fn named(&mut self, name: &str) -> String {
        let types = self.types;
        let Some(definition) = types.get(name) else { return name.to_owned() };
        self.define(Owner::Type(name.to_owned()), plain(name), |out, unique| match definition {
            Definition::Struct(fields) => out.fixed(unique, fields),
            Definition::Table(fields) => out.table(unique, fields),
            Definition::Enum { repr, variants } => out.unit_enum(unique, *repr, variants),
            Definition::Union(variants) => out.union(unique, name, variants),
        })
    }

    /// A definition: `table Weapon {`, its lines, `}`.
    fn block(&mut self, head: &str, lines: &[String]) {
        let _ = writeln!(self.text, "{head} {{\n{}}}\n", lines.concat());
    }

    fn fixed(&mut self, name: &str, fields: &[FieldShape]) {
        let line = |field: &FieldShape| {
            format!("  {}:{};\n", field_name(&field.name), self.inside(&field.shape))
        };
        let lines: Vec<_> = fields.iter().map(line).collect();
        self.block(&format!("struct {name}"), &lines);
    }

    fn table(&mut self, name: &str, fields: &[FieldShape]) {
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

    fn union(&mut self, name: &str, owner: &str, variants: &[VariantShape]) {
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
        let key = Owner::Variant(owner.to_owned(), variant.name.clone());
        let name = format!("{}{}", plain(owner), variant.name);
        self.define(key, &name, |out, unique| out.table(unique, &variant.fields))
    }

    /// `  mana:short = 150 (id: 2);`
    fn field(&mut self, FieldShape { name, shape, slot }: &FieldShape) -> String {
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
            Presence::Required => ", required",
            Presence::Removed => ", deprecated",
            _ => "",
        };
        let doc = match inner(shape) {
            Shape::Standard(Standard::Serde) => "  /// One value, MessagePack.\n",
            Shape::Standard(Standard::Text) => "  /// A value as its text.\n",
            _ => "",
        };
        format!("{doc}  {name}:{ty}{default} (id: {id}{mark});\n")
    }

    /// A type in a table or a list.
    fn reference(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Array(item, len) => self.array(item, *len),
            _ => self.inside(shape),
        }
    }

    /// A type in a struct, where an array needs no struct of its own.
    fn inside(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Scalar(scalar) => keyword(*scalar).to_owned(),
            Shape::Text | Shape::Standard(Standard::Str | Standard::Text) => "string".to_owned(),
            Shape::Standard(Standard::Serde) => "[ubyte]".to_owned(),
            Shape::Option(inner) if is_option(inner) => self.wrapper(inner),
            Shape::Option(inner) | Shape::Boxed(inner) => self.reference(inner),
            Shape::List(item) => self.list(item),
            Shape::Generic(Generic::Slice, items) => {
                items.iter().map(|item| self.list(item)).collect()
            }
            Shape::Array(inner, len) => format!("[{}:{len}]", self.reference(inner)),
            Shape::Named(name) => self.named(name),
            // No type of FlatBuffers.
            other => other.to_string(),
        }
    }

    fn list(&mut self, item: &Shape) -> String {
        let item_type = match item {
            item if self.has_place_in_list(item) => self.reference(item),
            item => self.wrapper(item),
        };
        format!("[{item_type}]")
    }

    /// Lists, options and unions are no elements of a list.
    fn has_place_in_list(&self, item: &Shape) -> bool {
        let is_list = matches!(unboxed(item), Shape::List(_) | Shape::Generic(Generic::Slice, _));
        !is_list && !is_option(item) && !self.is_union(item)
    }

    /// The table around a value that has no place by itself.
    fn wrapper(&mut self, shape: &Shape) -> String {
        let shape = unboxed(shape);
        let presence = match shape {
            Shape::Option(_) => Presence::Optional,
            _ if self.is_union(shape) => Presence::Required,
            _ => Presence::Defaulted(None),
        };
        let name = format!("{}Wrapper", self.label(shape));
        self.define(Owner::Wrapper(shape.to_string()), &name, |out, unique| {
            let slot = Some(Slot { id: 0, presence });
            out.table(unique, &[FieldShape { name: "value".into(), shape: shape.clone(), slot }]);
        })
    }

    /// What a type is called in the name of another.
    fn label(&mut self, shape: &Shape) -> String {
        match shape {
            Shape::Scalar(scalar) => capitalized(scalar.name()),
            Shape::Text | Shape::Standard(Standard::Str) => "String".to_owned(),
            Shape::Boxed(inner) => self.label(inner),
            Shape::Option(inner) => format!("OptionOf{}", self.label(inner)),
            Shape::List(item) => format!("ListOf{}", self.label(item)),
            Shape::Generic(Generic::Slice, items) => {
                let items: Vec<_> = items.iter().map(|item| self.label(item)).collect();
                format!("ListOf{}", items.concat())
            }
            other => self.reference(other),
        }
    }

    /// The struct around an array in a table.
    fn array(&mut self, item: &Shape, len: usize) -> String {
        let item_type = self.reference(item);
        let item_name = match item {
            Shape::Scalar(scalar) => capitalized(scalar.name()),
            _ => item_type.clone(),
        };
        let name = format!("{item_name}x{len}");
        self.define(Owner::Array(item_type.clone(), len), &name, |out, unique| {
            out.block(&format!("struct {unique}"), &[format!("  v:[{item_type}:{len}];\n")]);
        })
    }

    /// Whether it is an option of a number, which is not in a table of its own.
    fn is_nullable(&self, shape: &Shape) -> bool {
        match unboxed(shape) {
            Shape::Option(inner) => !is_option(inner) && self.is_scalar(inner),
            _ => self.is_scalar(shape),
        }
    }

    /// Whether a field of this type lies in its table as a number.
    fn is_scalar(&self, shape: &Shape) -> bool {
        match inner(shape) {
            Shape::Scalar(_) => true,
            Shape::Named(name) => matches!(self.types.get(name), Some(Definition::Enum { .. })),
            _ => false,
        }
    }

    fn is_union(&self, shape: &Shape) -> bool {
        match inner(shape) {
            Shape::Named(name) => matches!(self.types.get(name), Some(Definition::Union(_))),
            _ => false,
        }
    }
}

/// A type without the options and boxes around it, which are none of FlatBuffers.
fn inner(shape: &Shape) -> &Shape {
    match shape {
        Shape::Option(shape) | Shape::Boxed(shape) => inner(shape),
        _ => shape,
    }
}

/// A type without the boxes around it.
fn unboxed(shape: &Shape) -> &Shape {
    match shape {
        Shape::Boxed(shape) => unboxed(shape),
        _ => shape,
    }
}

fn is_option(shape: &Shape) -> bool {
    matches!(unboxed(shape), Shape::Option(_))
}

/// A name without the number that tells namesakes apart.
fn plain(name: &str) -> &str {
    name.split_once('#').map_or(name, |(plain, _)| plain)
}

/// The name of a field, which begins with a letter: `_0` for the number that a tuple has.
fn field_name(name: &str) -> String {
    let is_number = name.starts_with(|c: char| c.is_ascii_digit());
    if is_number { format!("_{name}") } else { name.to_owned() }
}

fn capitalized(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// What the schema language calls a scalar; it has no word for the three that a codec refuses.
const fn keyword(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "bool",
        Scalar::I8 => "byte",
        Scalar::U8 => "ubyte",
        Scalar::I16 => "short",
        Scalar::U16 => "ushort",
        Scalar::I32 => "int",
        Scalar::U32 => "uint",
        Scalar::I64 => "long",
        Scalar::U64 => "ulong",
        Scalar::F32 => "float",
        Scalar::F64 => "double",
        Scalar::Char => "char",
        Scalar::I128 => "i128",
        Scalar::U128 => "u128",
    }
}
