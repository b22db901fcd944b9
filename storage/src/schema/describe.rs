//! A schema spelled out: the text that the catalogue stores, compares and fingerprints.
//!
//! One fact a line, `subject = value`, in declaration order:
//!
//! ```text
//! record = Airport
//! codec = rkyv
//! format = rkyv-0.8 little-endian pointer-32 aligned
//! key-encoding = 1
//! key = string
//! key fields = ident
//! field ident = string
//! field kind = Kind
//! enum Kind variant Heliport = ()
//! flatbuffers table Airport ident = string, id 0, required
//! index by_region = (string, string) over country, region
//! ```
//!
//! *Invariant*: equal texts mean that every stored byte is read the same way. Lines that begin with `index` are
//! about other tables; the layout fingerprint, to which values are sealed, leaves them out.

use super::{Definition, FieldShape, FlatSchema, IndexSchema, RecordSchema, Shapes};
use crate::{error::Difference, key};
use std::fmt::{self, Write};
use xxhash_rust::xxh3::xxh3_64;

/// What a table's rows are, as canonical text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    text: String,
}

impl Description {
    /// The description of a record type with `indexes`, in the format its codec writes.
    #[must_use]
    #[expect(single_use_lifetimes, reason = "anonymous lifetimes in `impl Trait` are not stable")]
    pub fn of_record<'i>(
        schema: &RecordSchema,
        indexes: impl IntoIterator<Item = &'i IndexSchema>,
        format: &str,
    ) -> Self {
        let mut lines = Lines::default();
        lines.add("record", schema.name());
        lines.add("codec", schema.codec());
        lines.add("format", format);
        lines.add("key-encoding", key::ENCODING_VERSION);
        lines.add("key", schema.key_type());
        lines.add("key fields", schema.key().join(", "));
        let mut shapes = Shapes::default();
        for field in schema.fields() {
            lines.add(format_args!("field {}", field.name()), field.shape(&mut shapes));
        }
        for (name, definition) in shapes.iter() {
            lines.add_definition(name, definition);
        }
        for (subject, value) in schema.flat().iter().flat_map(FlatSchema::facts) {
            lines.add(format_args!("flatbuffers {subject}"), value);
        }
        for index in indexes {
            let unique = if index.is_unique() { "unique " } else { "" };
            lines.add(
                format_args!("index {}", index.name()),
                format_args!("{unique}{} over {}", index.key_type(), index.source()),
            );
        }
        Self { text: lines.0 }
    }

    /// The description of a table whose key and value types come without a derive.
    #[must_use]
    pub fn of_pair(key_type: &str, value_type: &str, codec: &str, format: &str) -> Self {
        let mut lines = Lines::default();
        lines.add("value", value_type);
        lines.add("codec", codec);
        lines.add("format", format);
        lines.add("key-encoding", key::ENCODING_VERSION);
        lines.add("key", key_type);
        Self { text: lines.0 }
    }

    /// A description that was stored.
    pub(crate) fn from_text(text: String) -> Self {
        Self { text }
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The XXH3 hash of what decides how a value's bytes are read.
    #[must_use]
    pub fn layout_fingerprint(&self) -> u64 {
        let layout: Vec<&str> =
            self.text.lines().filter(|line| !line.starts_with("index ")).collect();
        xxh3_64(layout.join("\n").as_bytes())
    }

    /// The first thing in which the code (`self`) and the file (`stored`) differ.
    #[must_use]
    pub fn difference(&self, stored: &Self) -> Option<Difference> {
        let mut expected = self.text.lines().map(split_line);
        let mut found = stored.text.lines().map(split_line);
        loop {
            match (expected.next(), found.next()) {
                (None, None) => return None,
                (a, b) if a == b => {}
                (a, b) => return Some(self.explain(stored, a, b)),
            }
        }
    }

    /// Two lines stand side by side and differ: finds out what that means.
    fn explain<'t>(
        &self,
        stored: &Self,
        expected: Option<(&'t str, &'t str)>,
        found: Option<(&'t str, &'t str)>,
    ) -> Difference {
        // A subject that only one side has was added or removed; the same subject was changed.
        if let Some((subject, value)) = found {
            let expected = self.value_of(subject);
            if expected != Some(value) {
                return Difference::new(subject, Some(value), expected);
            }
        }
        if let Some((subject, value)) = expected {
            let found = stored.value_of(subject);
            if found != Some(value) {
                return Difference::new(subject, found, Some(value));
            }
        }
        let subject = |line: Option<(&'t str, &'t str)>| line.map(|(subject, _)| subject);
        Difference::new("the order", subject(found), subject(expected))
    }

    fn value_of(&self, subject: &str) -> Option<&str> {
        self.text.lines().map(split_line).find(|(name, _)| *name == subject).map(|(_, value)| value)
    }
}

fn split_line(line: &str) -> (&str, &str) {
    line.split_once(" = ").unwrap_or((line, ""))
}

/// Collects lines; writing to a `String` cannot fail.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn add(&mut self, subject: impl fmt::Display, value: impl fmt::Display) {
        let _ = writeln!(self.0, "{subject} = {value}");
    }

    fn add_definition(&mut self, name: &str, definition: &Definition) {
        match definition {
            Definition::Struct(fields) => self.add_fields(format_args!("struct {name}"), fields),
            Definition::Enum(variants) => {
                for variant in variants {
                    let subject = format!("enum {name} variant {}", variant.name);
                    self.add_fields(&subject, &variant.fields);
                }
            }
        }
    }

    fn add_fields(&mut self, owner: impl fmt::Display, fields: &[FieldShape]) {
        if fields.is_empty() {
            self.add(&owner, "()");
        }
        for field in fields {
            self.add(format_args!("{owner} field {}", field.name), &field.shape);
        }
    }
}
