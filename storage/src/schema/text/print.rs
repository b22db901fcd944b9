//! From the model to its text.

use crate::{
    hash::hash,
    schema::{
        Definition, Description, FieldShape, IndexShape, Presence, RowShape, Shape, Slot, Types,
        VariantShape,
    },
};
use std::fmt::{self, Display, Write as _};

impl Description {
    /// The description as text, one fact a line.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = layout(self);
        self.indexes.iter().for_each(|index| print_index(&mut text, index));
        text
    }

    /// The text without the indexes and the [`layout_fingerprint`](Self::layout_fingerprint), for which it is printed
    /// once.
    pub(crate) fn layout_and_fingerprint(&self) -> (String, u64) {
        let text = layout(self);
        let fingerprint = hash(text.as_bytes(), 0);
        (text, fingerprint)
    }

    /// The hash of what decides how a value's bytes are read: the text without the indexes.
    #[must_use]
    pub fn layout_fingerprint(&self) -> u64 {
        hash(layout(self).as_bytes(), 0)
    }

    /// The hash of what decides how a key's bytes are read.
    #[must_use]
    pub fn key_fingerprint(&self) -> u64 {
        hash(format!("{}\n{}", self.key_encoding, self.key).as_bytes(), 0)
    }
}

impl IndexShape {
    /// The index as a line of text.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        print_index(&mut text, self);
        text
    }
}

#[cfg(feature = "flatbuffers")]
impl FieldShape {
    /// Its type, and its slot.
    pub(crate) fn text(&self) -> String {
        Typed(self).to_string()
    }
}

impl Types {
    /// The hash of their text.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        let mut text = String::new();
        self.iter().for_each(|(name, definition)| print_definition(&mut text, name, definition));
        print_archived(&mut text, self);
        hash(text.as_bytes(), 0)
    }
}

fn print_index(text: &mut String, IndexShape { name, is_unique, key, source }: &IndexShape) {
    let unique = if *is_unique { "unique " } else { "" };
    let value = format_args!("{unique}{key} over {}", Text(source));
    line(text, format_args!("index {}", Word(name)), value);
}

/// The text without the indexes.
fn layout(description: &Description) -> String {
    let Description { rows, codec, format, key_encoding, key, .. } = description;
    let mut text = String::new();
    match rows {
        RowShape::Record { types, .. } => {
            let name = types.root().map_or("", |(name, _)| name);
            line(&mut text, "record", TypeName(name));
            if let Some(identifier) = types.file_identifier() {
                line(&mut text, "file identifier", Word(identifier));
            }
        }
        RowShape::Value(name) => line(&mut text, "value", Text(name)),
    }
    line(&mut text, "codec", Text(codec));
    line(&mut text, "format", Text(format));
    line(&mut text, "key encoding", key_encoding);
    line(&mut text, "key", key);
    if let RowShape::Record { types, key_fields } = rows {
        line(&mut text, "key fields", Words(key_fields));
        print_record(&mut text, types);
    }
    text
}

/// The fields of the record have no owner in the text: they are what it is about.
fn print_record(text: &mut String, types: &Types) {
    if let Some((_, Definition::Struct(fields) | Definition::Table(fields))) = types.root() {
        for field in fields {
            line(text, format_args!("field {}", Word(&field.name)), Typed(field));
        }
    }
    for (name, definition) in types.iter().skip(1) {
        print_definition(text, name, definition);
    }
    print_archived(text, types);
}

/// After the types themselves: of two texts that differ, the first difference is then what was changed.
fn print_archived(text: &mut String, types: &Types) {
    let root = types.root().map(|(name, _)| name);
    for (name, archived) in types.archived() {
        match Some(name) == root {
            true => line(text, "archived", archived),
            false => line(text, format_args!("archived {}", TypeName(name)), archived),
        }
    }
}

fn print_definition(text: &mut String, name: &str, definition: &Definition) {
    let name = TypeName(name);
    match definition {
        Definition::Struct(fields) => print_fields(text, format_args!("struct {name}"), fields),
        Definition::Table(fields) => print_fields(text, format_args!("table {name}"), fields),
        Definition::Enum { repr, variants } => {
            let subject = format_args!("enum {name}");
            match repr {
                Some(repr) => line(text, subject, repr),
                None if variants.is_empty() => line(text, subject, "()"),
                None => {}
            }
            print_variants(text, subject, variants);
        }
        Definition::Union(variants) => {
            let subject = format_args!("union {name}");
            if variants.is_empty() {
                line(text, subject, "()");
            }
            print_variants(text, subject, variants);
        }
    }
}

fn print_variants(text: &mut String, owner: fmt::Arguments<'_>, variants: &[VariantShape]) {
    for VariantShape { name, number, fields } in variants {
        let subject = format_args!("{owner} variant {}", Word(name));
        match number {
            Some(number) => {
                line(text, subject, number);
                print_members(text, subject, fields);
            }
            None => print_fields(text, subject, fields),
        }
    }
}

/// The fields of `owner`, or that there are none.
fn print_fields(text: &mut String, owner: fmt::Arguments<'_>, fields: &[FieldShape]) {
    if fields.is_empty() {
        line(text, owner, "()");
    }
    print_members(text, owner, fields);
}

fn print_members(text: &mut String, owner: fmt::Arguments<'_>, fields: &[FieldShape]) {
    for field in fields {
        line(text, format_args!("{owner} field {}", Word(&field.name)), Typed(field));
    }
}

/// Appends a fact; writing to a `String` cannot fail.
fn line(text: &mut String, subject: impl Display, value: impl Display) {
    let _ = writeln!(text, "{subject} = {value}");
}

/// The type of a field, and its slot.
struct Typed<'a>(&'a FieldShape);

impl Display for Typed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.shape.fmt(f)?;
        let Some(Slot { id, presence }) = &self.0.slot else { return Ok(()) };
        write!(f, ", id {id}")?;
        match presence {
            Presence::Required => f.write_str(", required"),
            Presence::Optional => f.write_str(", optional"),
            Presence::Defaulted(None) => Ok(()),
            Presence::Defaulted(Some(default)) => write!(f, ", default {}", Word(default)),
            Presence::Removed => f.write_str(", removed"),
        }
    }
}

impl Display for Shape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unit => f.write_str("()"),
            Self::Scalar(scalar) => scalar.fmt(f),
            Self::NonZero(scalar) => write!(f, "nonzero<{scalar}>"),
            Self::Text => f.write_str("string"),
            Self::Bytes => f.write_str("bytes"),
            Self::Standard(standard) => standard.fmt(f),
            Self::Option(inner) => write!(f, "option<{inner}>"),
            Self::Boxed(inner) => write!(f, "box<{inner}>"),
            Self::Reverse(inner) => write!(f, "reverse<{inner}>"),
            Self::List(inner) => write!(f, "list<{inner}>"),
            Self::Array(inner, len) => write!(f, "[{inner}; {len}]"),
            Self::Tuple(parts) => {
                f.write_str("(")?;
                separated(f, parts)?;
                f.write_str(")")
            }
            Self::Map(key, value) => write!(f, "map<{key}, {value}>"),
            Self::Generic(generic, parts) => {
                write!(f, "{generic}<")?;
                separated(f, parts)?;
                f.write_str(">")
            }
            Self::Choice(variants) => {
                f.write_str("enum(")?;
                separated(f, variants.iter().map(Choice))?;
                f.write_str(")")
            }
            Self::Named(name) => TypeName(name).fmt(f),
            Self::Opaque(name, None) => write!(f, "opaque<{}>", Quoted(name)),
            Self::Opaque(name, Some(archived)) => write!(f, "opaque<{}; {archived}>", Quoted(name)),
        }
    }
}

/// A variant of a key: `Short(u16)`, or its name alone.
struct Choice<'a>(&'a (String, Vec<Shape>));

impl Display for Choice<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, parts) = self.0;
        Word(name).fmt(f)?;
        if parts.is_empty() {
            return Ok(());
        }
        f.write_str("(")?;
        separated(f, parts)?;
        f.write_str(")")
    }
}

fn separated(f: &mut fmt::Formatter<'_>, parts: impl IntoIterator<Item: Display>) -> fmt::Result {
    for (index, part) in parts.into_iter().enumerate() {
        if index > 0 {
            f.write_str(", ")?;
        }
        part.fmt(f)?;
    }
    Ok(())
}

/// The name of a type of the user's: without quotes if no word of the language can ever look like it.
struct TypeName<'a>(&'a str);

impl Display for TypeName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain = self.0.starts_with(|c: char| c.is_ascii_uppercase())
            && self.0.chars().all(is_plain_in_type_names);
        if is_plain { f.write_str(self.0) } else { Quoted(self.0).fmt(f) }
    }
}

/// Any other name.
struct Word<'a>(&'a str);

impl Display for Word<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_plain = !self.0.is_empty() && self.0.chars().all(is_plain_in_words);
        if is_plain { f.write_str(self.0) } else { Quoted(self.0).fmt(f) }
    }
}

struct Words<'a>(&'a [String]);

impl Display for Words<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        separated(f, self.0.iter().map(|word| Word(word)))
    }
}

pub(super) const fn is_plain_in_type_names(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '#')
}

pub(super) const fn is_plain_in_words(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '0'..='9' | '_' | '-' | '+' | '.')
}

/// Any text between quotes.
struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for part in self.0.split_inclusive('"') {
            match part.strip_suffix('"') {
                Some(before) => write!(f, "{}\\\"", Text(before))?,
                None => Text(part).fmt(f)?,
            }
        }
        f.write_str("\"")
    }
}

/// Any text up to the end of the line.
struct Text<'a>(&'a str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '\\' => f.write_str("\\\\")?,
                c if c.is_control() => c.escape_unicode().fmt(f)?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}
