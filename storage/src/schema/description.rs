//! What the rows of a table are: the model that the catalogue keeps as text.

use super::{Definition, FieldShape, KeySchema, RecordSchema, Shape, Types};

/// What the rows of a table are.
///
/// Its [`text`](Self::text) is what the catalogue stores, compares and fingerprints; [`text`](super::text) has the
/// grammar. *Law*: `parse(text()) == Ok(self)`, and a text that parses is the text of what it parses to.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "plain data")]
pub struct Description {
    /// What the values are.
    pub rows: RowShape,
    /// The codec of the values.
    pub codec: String,
    /// Everything about the format that the values themselves do not say.
    pub format: String,
    /// The version of the encoding of keys.
    pub key_encoding: u8,
    /// The type of the key.
    pub key: Shape,
    /// The secondary indexes, in declaration order.
    pub indexes: Vec<IndexShape>,
}

/// What the values of a table are.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "plain data")]
pub enum RowShape {
    /// Records of a type with a derive.
    Record {
        /// The record type, as the root, and every type that it is made of.
        types: Types,
        /// The fields that make the key, in key order.
        key_fields: Vec<String>,
    },
    /// Values of a type that is known by a name only.
    Value(String),
}

impl RowShape {
    /// The types of a record, itself as the root.
    pub(crate) const fn types(&self) -> Option<&Types> {
        match self {
            Self::Record { types, .. } => Some(types),
            Self::Value(_) => None,
        }
    }

    /// The name of the record or of the value.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Record { types, .. } => types.root().map_or("", |(name, _)| name),
            Self::Value(name) => name,
        }
    }

    /// The fields of a record.
    pub(crate) fn fields(&self) -> Option<&[FieldShape]> {
        match self.types()?.root()?.1 {
            Definition::Struct(fields) | Definition::Table(fields) => Some(fields),
            Definition::Enum { .. } | Definition::Union(_) => None,
        }
    }
}

/// A secondary index.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "plain data")]
pub struct IndexShape {
    /// Its name.
    pub name: String,
    /// Whether no two records may share a key of it.
    pub is_unique: bool,
    /// The type of its keys.
    pub key: Shape,
    /// What its keys are made of: `country, region`, `with path::to::function`.
    pub source: String,
}

impl IndexShape {
    /// The fields that its keys are made of; `None` if code computes them, or only some rows are in it.
    pub(crate) fn field_names(&self) -> Option<impl Iterator<Item = &str>> {
        let is_computed = self.source.starts_with("with ") || self.source.contains(" if ");
        (!is_computed).then(|| self.source.split(", "))
    }
}

impl Description {
    /// The description of a record type with `indexes`, in the format its codec writes.
    #[must_use]
    pub fn of_record(
        schema: &RecordSchema,
        indexes: impl IntoIterator<Item = IndexShape>,
        format: &str,
    ) -> Self {
        let key_fields = schema.key_fields().iter().map(|&field| field.to_owned()).collect();
        Self {
            rows: RowShape::Record { types: schema.types(), key_fields },
            codec: schema.codec().to_string(),
            format: format.to_owned(),
            key_encoding: schema.key().encoding(),
            key: schema.key().shape(),
            indexes: indexes.into_iter().collect(),
        }
    }

    /// The description of a table whose key and value types come without a derive.
    #[must_use]
    pub fn of_pair(key: KeySchema, value_type: &str, codec: &str, format: &str) -> Self {
        Self {
            rows: RowShape::Value(value_type.to_owned()),
            codec: codec.to_owned(),
            format: format.to_owned(),
            key_encoding: key.encoding(),
            key: key.shape(),
            indexes: Vec::new(),
        }
    }
}
