//! What the derive writes down about a record type: constants, no code.

use super::{CodecId, FieldPlace, FlatSchema, Shape, Shapes};
use crate::{
    error::ReportedKey,
    key::{self, Key, KeyLen},
};

/// The declaration of a record type: table, codec, key and fields. Its indexes are
/// [`IndexSet::INDEXERS`](crate::index::IndexSet::INDEXERS).
#[derive(Clone, Copy, Debug)]
pub struct RecordSchema {
    name: &'static str,
    table: &'static str,
    codec: CodecId,
    version: u16,
    describe_key: fn(&mut String),
    key: &'static [&'static str],
    fields: &'static [FieldSchema],
    flat: Option<fn() -> FlatSchema>,
}

impl RecordSchema {
    /// A record type `name` that is kept in `table` as bytes of `codec`.
    #[must_use]
    pub const fn new(name: &'static str, table: &'static str, codec: CodecId) -> Self {
        Self {
            name,
            table,
            codec,
            version: 1,
            describe_key: |_| {},
            key: &[],
            fields: &[],
            flat: None,
        }
    }

    /// Its key: the fields it is made of and its type.
    #[must_use]
    pub const fn with_key(
        mut self,
        fields: &'static [&'static str],
        describe: fn(&mut String),
    ) -> Self {
        self.key = fields;
        self.describe_key = describe;
        self
    }

    /// Its fields in declaration order.
    #[must_use]
    pub const fn with_fields(mut self, fields: &'static [FieldSchema]) -> Self {
        self.fields = fields;
        self
    }

    /// Its FlatBuffers schema.
    #[must_use]
    pub const fn with_flat(mut self, flat: fn() -> FlatSchema) -> Self {
        self.flat = Some(flat);
        self
    }

    /// The record type's name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The table it is kept in.
    #[must_use]
    pub const fn table(&self) -> &'static str {
        self.table
    }

    /// The codec of its values.
    #[must_use]
    pub const fn codec(&self) -> CodecId {
        self.codec
    }

    /// Its version; every stored value carries it.
    #[must_use]
    pub const fn version(&self) -> u16 {
        self.version
    }

    /// The fields that make the key, in key order.
    #[must_use]
    pub const fn key(&self) -> &'static [&'static str] {
        self.key
    }

    /// The key's type in the schema language.
    #[must_use]
    pub fn key_type(&self) -> String {
        let mut text = String::new();
        (self.describe_key)(&mut text);
        text
    }

    /// Its fields in declaration order.
    #[must_use]
    pub const fn fields(&self) -> &'static [FieldSchema] {
        self.fields
    }

    /// Its FlatBuffers schema; `None` for a record of another codec.
    #[must_use]
    pub fn flat(&self) -> Option<FlatSchema> {
        self.flat.map(|flat| flat())
    }
}

/// A field of a record.
#[derive(Clone, Copy, Debug)]
pub struct FieldSchema {
    name: &'static str,
    shape: fn(&mut Shapes) -> Shape,
    place: FieldPlace,
}

impl FieldSchema {
    /// A field and the function that gives its shape.
    #[must_use]
    pub const fn new(name: &'static str, shape: fn(&mut Shapes) -> Shape) -> Self {
        Self { name, shape, place: FieldPlace::NONE }
    }

    /// The same field, found by the codecs at `place`.
    #[must_use]
    pub const fn at(mut self, place: FieldPlace) -> Self {
        self.place = place;
        self
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Its shape.
    pub fn shape(&self, shapes: &mut Shapes) -> Shape {
        (self.shape)(shapes)
    }

    /// Where the codecs find it.
    #[must_use]
    pub const fn place(&self) -> FieldPlace {
        self.place
    }
}

/// A secondary index of a record.
#[derive(Clone, Copy, Debug)]
pub struct IndexSchema {
    name: &'static str,
    unique: bool,
    source: &'static str,
    key: KeyFunctions,
}

/// What the catalogue and error messages need of an index key type.
#[derive(Clone, Copy, Debug)]
struct KeyFunctions {
    describe: fn(&mut String),
    report: fn(&[u8]) -> ReportedKey,
    len: KeyLen,
    width: Option<usize>,
}

impl IndexSchema {
    /// An index `name` with keys of type `K` over `source` (`country, region`; `with path::to::fn`).
    #[must_use]
    pub const fn new<K: Key>(name: &'static str, unique: bool, source: &'static str) -> Self {
        let key = KeyFunctions {
            describe: K::describe,
            report: key::report_inner::<K>,
            len: key::inner_len::<K>,
            width: K::WIDTH,
        };
        Self { name, unique, source, key }
    }

    /// Its name.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Whether two records may share a key of it.
    #[must_use]
    pub const fn is_unique(&self) -> bool {
        self.unique
    }

    /// What its keys are made of.
    #[must_use]
    pub const fn source(&self) -> &'static str {
        self.source
    }

    /// Its key's type in the schema language.
    #[must_use]
    pub fn key_type(&self) -> String {
        let mut text = String::new();
        (self.key.describe)(&mut text);
        text
    }

    /// How long the index key at the start of an entry's key is.
    pub(crate) const fn key_len(&self) -> KeyLen {
        self.key.len
    }

    /// The length of every key, where it is the same.
    pub(crate) const fn key_width(&self) -> Option<usize> {
        self.key.width
    }

    /// An encoded key as an error reports it.
    pub(crate) fn report_key(&self, key: &[u8]) -> ReportedKey {
        (self.key.report)(key)
    }
}
