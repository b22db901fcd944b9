//! The types that a type is made of.

use super::{CodecId, Definition, Shape, Shapes, StoredType, text};
use xxhash_rust::xxh3::xxh3_64;

/// A type, the root, and every struct and enum that it is made of, each defined once, in the order in which they were
/// met.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Types {
    definitions: Vec<(String, Definition)>,
    file_identifier: Option<String>,
}

impl Types {
    /// `T` and the types that it is made of, as values in the format of `codec`.
    #[must_use]
    pub fn of<T: StoredType>(codec: CodecId) -> Self {
        Self::from_shape(codec, T::shape)
    }

    pub(super) fn from_shape(codec: CodecId, shape: fn(&mut Shapes) -> Shape) -> Self {
        let mut shapes = Shapes::new(codec);
        shape(&mut shapes);
        shapes.finish()
    }

    /// The types of these names, the root first; and, of FlatBuffers, the root's file identifier.
    #[must_use]
    pub const fn new(
        definitions: Vec<(String, Definition)>,
        file_identifier: Option<String>,
    ) -> Self {
        Self { definitions, file_identifier }
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

    /// FlatBuffers: the four bytes behind the root offset of a value.
    #[must_use]
    pub fn file_identifier(&self) -> Option<&str> {
        self.file_identifier.as_deref()
    }

    /// The XXH3 hash of their text.
    #[must_use]
    pub fn fingerprint(&self) -> u64 {
        xxh3_64(text::print_types(self).as_bytes())
    }
}
