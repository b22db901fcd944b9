//! What the table should hold: a `BTreeMap`, and rules that are written down a second time.

use super::item::{Item, ItemKey};
use std::{collections::BTreeMap, ops::Bound};
use storage::{StorageError, key::MAX_KEY_LEN};

/// A range as the table takes it.
pub(crate) type Bounds<K> = (Bound<K>, Bound<K>);

/// The records by key.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Oracle {
    pub(crate) rows: BTreeMap<ItemKey, Item>,
}

/// Why a write is refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Refusal {
    Exists { key: String },
    OtherKey { asked: String, returned: String },
    Unique { index: String, index_key: String, holder: String, refused: String },
    KeyTooLong,
}

impl Refusal {
    pub(crate) fn of(error: &StorageError) -> Self {
        assert!(!error.to_string().is_empty());
        match error {
            StorageError::AlreadyExists(error) => {
                assert_eq!(error.table(), "items");
                Self::Exists { key: error.key().to_owned() }
            }
            StorageError::OtherKey(error) => {
                let (asked, returned) = (error.asked().to_owned(), error.returned().to_owned());
                Self::OtherKey { asked, returned }
            }
            StorageError::Unique(violation) => {
                assert_eq!(violation.table(), "items");
                Self::Unique {
                    index: violation.index().to_owned(),
                    index_key: violation.index_key().to_owned(),
                    holder: violation.holder().to_owned(),
                    refused: violation.refused().to_owned(),
                }
            }
            StorageError::Key { .. } => Self::KeyTooLong,
            other => panic!("an error that the model does not know: {other:?}"),
        }
    }
}

/// What a write gives, or everything it may be refused for.
pub(crate) type Outcome<T> = Result<T, Vec<Refusal>>;

/// The keys of `item` in the unique indexes, as text.
fn unique_keys(item: &Item) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    keys.extend(item.code.iter().map(|code| ("code", format!("{code:?}"))));
    keys.extend(item.aliases.iter().map(|alias| ("aliases", alias.to_string())));
    if item.open && item.level >= 0 {
        keys.push(("open_slot", item.slot.to_string()));
    }
    keys
}

impl Oracle {
    pub(crate) fn put(&mut self, item: &Item) -> Outcome<bool> {
        let key = item.key();
        let own = unique_keys(item);
        let mut refusals = Vec::new();
        for (other, row) in self.rows.iter().filter(|(other, _)| **other != key) {
            let theirs = unique_keys(row);
            let shared = own.iter().filter(|key| theirs.contains(key));
            refusals.extend(shared.map(|(index, index_key)| Refusal::Unique {
                index: (*index).to_owned(),
                index_key: index_key.clone(),
                holder: format!("{other:?}"),
                refused: format!("{key:?}"),
            }));
        }
        if item.tags.iter().any(|tag| tag.len() > MAX_KEY_LEN) {
            refusals.push(Refusal::KeyTooLong);
        }
        if refusals.is_empty() {
            Ok(self.rows.insert(key, item.clone()).is_some())
        } else {
            Err(refusals)
        }
    }

    pub(crate) fn insert(&mut self, item: &Item) -> Outcome<()> {
        if self.rows.contains_key(&item.key()) {
            return Err(vec![Refusal::Exists { key: format!("{:?}", item.key()) }]);
        }
        self.put(item).map(drop)
    }

    /// Writes `item` in the place of what is under `old`, which may be another key.
    pub(crate) fn write_back(&mut self, old: &ItemKey, item: &Item) -> Outcome<()> {
        if *old == item.key() {
            return self.put(item).map(drop);
        }
        let removed = self.rows.remove(old);
        let outcome = self.insert(item);
        if let (Err(_), Some(removed)) = (&outcome, removed) {
            self.rows.insert(old.clone(), removed);
        }
        outcome
    }

    /// Writes `item`, which was made for `asked`.
    pub(crate) fn upsert(&mut self, asked: &ItemKey, item: &Item) -> Outcome<()> {
        if *asked != item.key() {
            let [asked, returned] = [asked, &item.key()].map(|key| format!("{key:?}"));
            return Err(vec![Refusal::OtherKey { asked, returned }]);
        }
        self.put(item).map(drop)
    }

    pub(crate) fn compare_and_set(&mut self, expected: &Item, new: &Item) -> Outcome<bool> {
        if self.rows.get(&expected.key()) != Some(expected) {
            return Ok(false);
        }
        self.write_back(&expected.key(), new).map(|()| true)
    }

    /// All, or none.
    pub(crate) fn put_stream(&mut self, items: &[Item]) -> Outcome<u64> {
        let mut draft = self.clone();
        for item in items {
            draft.put(item)?;
        }
        *self = draft;
        Ok(u64::try_from(items.len()).unwrap())
    }

    pub(crate) fn delete_range(&mut self, bounds: &Bounds<ItemKey>) -> u64 {
        let before = self.rows.len();
        self.rows.retain(|key, _| !contains(bounds, key));
        u64::try_from(before - self.rows.len()).unwrap()
    }
}

/// Whether a range holds `key`, also where its bounds contradict each other.
pub(crate) fn contains<K: PartialOrd>(bounds: &Bounds<K>, key: &K) -> bool {
    std::ops::RangeBounds::contains(bounds, key)
}
