//! The types that a type is made of.

use super::{ArchivedLayout, Definition};

/// A type, the root, and every struct and enum that it is made of, each defined once, in the order in which they were
/// met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types {
    definitions: Vec<(String, Definition)>,
    file_identifier: Option<String>,
    archived: Vec<(String, ArchivedLayout)>,
}

impl Types {
    /// The types of these names, the root first; and, of FlatBuffers, the root's file identifier.
    #[must_use]
    pub const fn new(
        definitions: Vec<(String, Definition)>,
        file_identifier: Option<String>,
    ) -> Self {
        Self { definitions, file_identifier, archived: Vec::new() }
    }

    /// The same types; and, of rkyv, what the compiler says of the archived type of each that it can say it of.
    #[must_use]
    pub fn with_archived(mut self, archived: Vec<(String, ArchivedLayout)>) -> Self {
        self.archived = archived;
        self
    }

    /// The definitions with their names, the root first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Definition)> {
        self.definitions.iter().map(|(name, definition)| (name.as_str(), definition))
    }

    /// The type that the others are parts of; `None` if it is no struct and no enum.
    #[must_use]
    pub fn root(&self) -> Option<(&str, &Definition)> {
        self.iter().next()
    }

    /// What `name` stands for.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Definition> {
        self.iter().find(|(other, _)| *other == name).map(|(_, definition)| definition)
    }

    /// rkyv: the size and the alignment of archived types, by the names of the types.
    pub fn archived(&self) -> impl Iterator<Item = (&str, ArchivedLayout)> {
        self.archived.iter().map(|(name, archived)| (name.as_str(), *archived))
    }

    /// FlatBuffers: the four bytes behind the root offset of a value.
    #[must_use]
    pub fn file_identifier(&self) -> Option<&str> {
        self.file_identifier.as_deref()
    }
}
