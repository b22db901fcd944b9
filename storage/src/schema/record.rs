//! What the derive writes down about a record type: constants, no code.

use super::{CodecId, FeedSchema, FieldPlace, FlatPlace, Hints, Shape, Shapes, Types};

/// The declaration of a record type: table, codec, key and fields. Its indexes are
/// [`IndexSet::INDEXERS`](crate::index::IndexSet::INDEXERS).
#[derive(Clone, Copy, Debug)]
pub struct RecordSchema {
    pub(crate) name: &'static str,
    pub(crate) table: &'static str,
    pub(crate) table_was: &'static [&'static str],
    pub(crate) codec: CodecId,
    pub(crate) key_fields: &'static [&'static str],
    pub(crate) key: KeySchema,
    pub(crate) fields: &'static [FieldSchema],
    pub(crate) shape: fn(&mut Shapes) -> Shape,
    pub(crate) is_auto: bool,
    pub(crate) feed: Option<FeedSchema>,
}

impl RecordSchema {
    /// A record type `name` that is kept in `table` as bytes of `codec`.
    #[must_use]
    pub const fn new(name: &'static str, table: &'static str, codec: CodecId) -> Self {
        Self {
            name,
            table,
            table_was: &[],
            codec,
            key_fields: &[],
            key: KeySchema::new(0, || Shape::Unit),
            fields: &[],
            shape: |_| Shape::Unit,
            is_auto: false,
            feed: None,
        }
    }

    /// Its keys are counted by its table.
    #[must_use]
    pub const fn with_auto_key(mut self) -> Self {
        self.is_auto = true;
        self
    }

    /// Whether its keys are counted by its table: no fact about its rows, so no file has it.
    #[must_use]
    pub const fn has_auto_key(&self) -> bool {
        self.is_auto
    }

    /// Logs the changes of its table.
    #[must_use]
    pub const fn with_feed(mut self, feed: FeedSchema) -> Self {
        self.feed = Some(feed);
        self
    }

    /// Returns how much of its table's feed is kept; `None` if it has no feed.
    #[must_use]
    pub const fn feed(&self) -> Option<FeedSchema> {
        self.feed
    }

    /// Names that its table had.
    #[must_use]
    pub const fn with_table_was(mut self, names: &'static [&'static str]) -> Self {
        self.table_was = names;
        self
    }

    /// Its key: the fields it is made of and its type.
    #[must_use]
    pub const fn with_key(mut self, fields: &'static [&'static str], key: KeySchema) -> Self {
        self.key_fields = fields;
        self.key = key;
        self
    }

    /// Its fields in declaration order.
    #[must_use]
    pub const fn with_fields(mut self, fields: &'static [FieldSchema]) -> Self {
        self.fields = fields;
        self
    }

    /// Its own shape.
    #[must_use]
    pub const fn with_shape(mut self, shape: fn(&mut Shapes) -> Shape) -> Self {
        self.shape = shape;
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

    /// Names that the table had.
    #[must_use]
    pub const fn table_was(&self) -> &'static [&'static str] {
        self.table_was
    }

    /// The codec of its values.
    #[must_use]
    pub const fn codec(&self) -> CodecId {
        self.codec
    }

    /// The fields that make the key, in key order.
    #[must_use]
    pub const fn key_fields(&self) -> &'static [&'static str] {
        self.key_fields
    }

    /// The key's type.
    #[must_use]
    pub const fn key(&self) -> KeySchema {
        self.key
    }

    /// Its fields in declaration order.
    #[must_use]
    pub const fn fields(&self) -> &'static [FieldSchema] {
        self.fields
    }

    /// The record type and every type that it is made of; the record is the root.
    #[must_use]
    pub fn types(&self) -> Types {
        Types::of(self.codec, self.shape)
    }

    /// What the attributes on those types say of their past.
    #[must_use]
    pub fn hints(&self) -> Hints {
        Hints::of(self.codec, self.shape)
    }
}

/// The declaration of a key type.
#[derive(Clone, Copy, Debug)]
pub struct KeySchema {
    encoding: u8,
    describe: fn() -> Shape,
}

impl KeySchema {
    /// A key type, and the version of the encoding that its keys are in.
    #[must_use]
    pub const fn new(encoding: u8, describe: fn() -> Shape) -> Self {
        Self { encoding, describe }
    }

    /// The version of the encoding.
    #[must_use]
    pub const fn encoding(&self) -> u8 {
        self.encoding
    }

    /// The key type's shape.
    #[must_use]
    pub fn shape(&self) -> Shape {
        (self.describe)()
    }
}

/// A field of a struct.
#[derive(Clone, Copy, Debug)]
pub struct FieldSchema {
    name: &'static str,
    shape: fn(&mut Shapes) -> Shape,
    place: FieldPlace,
}

impl FieldSchema {
    /// A field and the function that returns its shape.
    #[must_use]
    pub const fn new(name: &'static str, shape: fn(&mut Shapes) -> Shape) -> Self {
        Self { name, shape, place: FieldPlace::NONE }
    }

    /// A field that rkyv finds `offset` bytes from the start of the archived struct. One call, because the compiler
    /// runs it for each field of each record.
    pub(crate) const fn archived(
        name: &'static str,
        shape: fn(&mut Shapes) -> Shape,
        offset: usize,
    ) -> Self {
        Self { name, shape, place: FieldPlace { offset, flat: FlatPlace::None } }
    }

    /// The same field, found by the codecs at `place`.
    #[must_use]
    pub const fn at(mut self, place: FieldPlace) -> Self {
        self.place = place;
        self
    }

    /// The same field, `offset` bytes from the start of the archived struct.
    #[must_use]
    pub const fn with_offset(mut self, offset: usize) -> Self {
        self.place = self.place.with_offset(offset);
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

/// A variant of an enum: its name, its number where it declares one, and its fields.
pub type VariantSchema = (&'static str, Option<i128>, &'static [FieldSchema]);
