//! What a field handle has methods for: comparisons, and questions about what is inside a field.

use super::{
    AsBytes, Contains, ContainsKey, Get, IsEmpty, IsIn, Len, TextEnd, Within,
    comparisons::comparisons,
};
use crate::field::Field;
use std::ops::{Bound, RangeBounds};

impl<O, const N: usize, T, P> Field<O, N, T, P> {
    /// Matches if the field equals one of `values`. They are compared one after the other.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use std::collections::BTreeMap;
    /// # use storage::{Predicate, Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "parts")]
    /// # struct Part {
    /// #     #[store(key)] id: u32, name: String, stock: u32, tags: Vec<String>, places: BTreeMap<String, u32>,
    /// # }
    /// # let storage = Storage::in_memory()?;
    /// # let parts = Part::table(&storage)?;
    /// # let places = BTreeMap::from([("Bonn".into(), 7)]);
    /// # parts.put(&Part { id: 1, name: "steel bolt".into(), stock: 7, tags: vec!["metal".into()], places })?;
    /// let p = Part::FIELDS;
    /// let count = |question: Box<dyn Predicate<Part>>| parts.iter()?.filter(question).count();
    /// assert_eq!(count(Box::new(p.name.is_in(["nut", "steel bolt"])))?, 1);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn is_in<V>(self, values: impl IntoIterator<Item = V>) -> IsIn<Self, V> {
        IsIn::new(self, values.into_iter().collect())
    }

    /// Matches if the field is in `least..=most`.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let a = Airport::FIELDS;
    /// assert_eq!(airports.iter()?.filter(a.elevation_ft.between(83, 1416)).keys()?, ["EGLL", "LSZH"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub const fn between<V>(self, least: V, most: V) -> Within<Self, V> {
        Within::new(self, (Bound::Included(least), Bound::Included(most)))
    }

    /// Matches if the field is in `range`.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use std::collections::BTreeMap;
    /// # use storage::{Predicate, Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "parts")]
    /// # struct Part {
    /// #     #[store(key)] id: u32, name: String, stock: u32, tags: Vec<String>, places: BTreeMap<String, u32>,
    /// # }
    /// # let storage = Storage::in_memory()?;
    /// # let parts = Part::table(&storage)?;
    /// # let places = BTreeMap::from([("Bonn".into(), 7)]);
    /// # parts.put(&Part { id: 1, name: "steel bolt".into(), stock: 7, tags: vec!["metal".into()], places })?;
    /// let p = Part::FIELDS;
    /// let count = |question: Box<dyn Predicate<Part>>| parts.iter()?.filter(question).count();
    /// assert_eq!(count(Box::new(p.stock.in_range(5..)))?, 1);
    /// assert_eq!(count(Box::new(p.stock.between(1, 6)))?, 0);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn in_range<V: Clone>(self, range: impl RangeBounds<V>) -> Within<Self, V> {
        Within::new(self, (range.start_bound().cloned(), range.end_bound().cloned()))
    }

    /// Matches if the field's text starts with `text`.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let a = Airport::FIELDS;
    /// assert_eq!(airports.iter()?.filter(a.iata.starts_with("Z")).keys()?, ["LSZH"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn starts_with(self, text: impl Into<String>) -> TextEnd<Self> {
        TextEnd::first(self, text.into())
    }

    /// Matches if the field's text ends with `text`.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let a = Airport::FIELDS;
    /// assert_eq!(airports.iter()?.filter(a.ident.ends_with("Z")).keys()?, ["LSEZ"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn ends_with(self, text: impl Into<String>) -> TextEnd<Self> {
        TextEnd::last(self, text.into())
    }

    /// Matches if the field contains `part`: a text or `char` in text, an element in a list or a set.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use std::collections::BTreeMap;
    /// # use storage::{Predicate, Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "parts")]
    /// # struct Part {
    /// #     #[store(key)] id: u32, name: String, stock: u32, tags: Vec<String>, places: BTreeMap<String, u32>,
    /// # }
    /// # let storage = Storage::in_memory()?;
    /// # let parts = Part::table(&storage)?;
    /// # let places = BTreeMap::from([("Bonn".into(), 7)]);
    /// # parts.put(&Part { id: 1, name: "steel bolt".into(), stock: 7, tags: vec!["metal".into()], places })?;
    /// let p = Part::FIELDS;
    /// let count = |question: Box<dyn Predicate<Part>>| parts.iter()?.filter(question).count();
    /// let tagged = p.name.contains("bolt") & p.tags.contains("metal");
    /// assert_eq!(count(Box::new(tagged))?, 1);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub const fn contains<V>(self, part: V) -> Contains<Self, V> {
        Contains::new(self, part)
    }

    /// Matches if the field, a map, contains `key`.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use std::collections::BTreeMap;
    /// # use storage::{Predicate, Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "parts")]
    /// # struct Part {
    /// #     #[store(key)] id: u32, name: String, stock: u32, tags: Vec<String>, places: BTreeMap<String, u32>,
    /// # }
    /// # let storage = Storage::in_memory()?;
    /// # let parts = Part::table(&storage)?;
    /// # let places = BTreeMap::from([("Bonn".into(), 7)]);
    /// # parts.put(&Part { id: 1, name: "steel bolt".into(), stock: 7, tags: vec!["metal".into()], places })?;
    /// let p = Part::FIELDS;
    /// let count = |question: Box<dyn Predicate<Part>>| parts.iter()?.filter(question).count();
    /// assert_eq!(count(Box::new(p.places.contains_key("Bonn")))?, 1);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub const fn contains_key<V>(self, key: V) -> ContainsKey<Self, V> {
        ContainsKey::new(self, key)
    }

    /// The value under `key` of the field, a map: an `Option` that can be selected and compared.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use std::collections::BTreeMap;
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "parts")]
    /// # struct Part { #[store(key)] id: u32, places: BTreeMap<String, u32> }
    /// # let storage = Storage::in_memory()?;
    /// # let parts = Part::table(&storage)?;
    /// # parts.put(&Part { id: 1, places: BTreeMap::from([("Bonn".into(), 7)]) })?;
    /// let in_bonn = Part::FIELDS.places.get("Bonn");
    /// assert_eq!(parts.project(1, in_bonn)?, Some(Some(7)));
    /// assert_eq!(parts.iter()?.filter(in_bonn.gt(5)).count()?, 1);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub const fn get<V>(self, key: V) -> Get<Self, V> {
        Get::new(self, key)
    }

    /// The bytes of the field, borrowed where they lie: a `&[u8]`, or an `Option` of it, that can be selected and
    /// compared.
    ///
    /// It is for fields of type `Vec<u8>`, `[u8; N]`, `Box<[u8]>`, `Rc<[u8]>`, `Arc<[u8]>` and, with the feature
    /// `bytes`, `Bytes`, and for an `Option` of one. Selected by itself, such a field is a list like any other: it is
    /// read byte by byte into a `Vec<u8>`.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "pictures")]
    /// # struct Picture { #[store(key)] id: u32, content: Vec<u8>, thumbnail: Option<Vec<u8>> }
    /// # let storage = Storage::in_memory()?;
    /// # let pictures = Picture::table(&storage)?;
    /// # pictures.put(&Picture { id: 1, content: b"GIF89a".to_vec(), thumbnail: None })?;
    /// let p = Picture::FIELDS;
    /// let sum = |content: &[u8]| content.iter().map(|byte| u32::from(*byte)).sum::<u32>();
    /// assert_eq!(pictures.project_with(1, p.content.as_bytes(), sum)?, Some(424));
    /// assert_eq!(pictures.iter()?.filter(p.content.as_bytes().eq(b"GIF89a")).count()?, 1);
    /// assert_eq!(pictures.project(1, p.thumbnail.as_bytes())?, Some(None));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[doc(alias = "bytes")]
    #[doc(alias = "blob")]
    #[must_use]
    pub const fn as_bytes(self) -> AsBytes<Self> {
        AsBytes::new(self)
    }

    /// The length of the field, which can be selected and compared: in bytes for text, in elements for a list, set or
    /// map.
    ///
    /// The content is not read, however long it is. Only what has no length of its own in the stored bytes is read:
    /// what a map has under a key, and fields with an adapter.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use std::collections::BTreeMap;
    /// # use storage::{Predicate, Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "parts")]
    /// # struct Part {
    /// #     #[store(key)] id: u32, name: String, stock: u32, tags: Vec<String>, places: BTreeMap<String, u32>,
    /// # }
    /// # let storage = Storage::in_memory()?;
    /// # let parts = Part::table(&storage)?;
    /// # let places = BTreeMap::from([("Bonn".into(), 7)]);
    /// # parts.put(&Part { id: 1, name: "steel bolt".into(), stock: 7, tags: vec!["metal".into()], places })?;
    /// let p = Part::FIELDS;
    /// let count = |question: Box<dyn Predicate<Part>>| parts.iter()?.filter(question).count();
    /// assert_eq!(count(Box::new(p.tags.len().gt(0)))?, 1);
    /// assert_eq!(parts.project(1, p.places.len())?, Some(1));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    pub const fn len(self) -> Len<Self> {
        Len::new(self)
    }

    /// Matches if the field has a value, and its length is zero.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let a = Airport::FIELDS;
    /// assert_eq!(airports.iter()?.filter(a.country.is_empty()).count()?, 0);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub const fn is_empty(self) -> IsEmpty<Self> {
        IsEmpty::new(self)
    }
}

comparisons! {
    /// Matches if the field equals `value`.
    ///
    /// This and the other comparisons compare floats as numbers: `0.0` equals `-0.0`, and NaN equals nothing. Keys and
    /// index keys are compared by their bytes: `0.0` and `-0.0` differ, and a NaN finds itself.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "changes")]
    /// # struct Change { #[store(key)] day: u32, #[store(index)] celsius: f64 }
    /// # let storage = Storage::in_memory()?;
    /// let changes = Change::table(&storage)?;
    /// changes.put_stream([(1, 0.0), (2, -0.0)].map(|(day, celsius)| Change { day, celsius }))?;
    /// assert_eq!(changes.iter()?.filter(Change::FIELDS.celsius.eq(0.0)).count()?, 2);
    /// assert_eq!(changes.by(Change::INDEXES.celsius).count(0.0)?, 1);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    [O, const N: usize, T, P] Field<O, N, T, P>
}
