//! Random writes of many rows at once.

use super::{
    item::{Item, ItemKey, LEVELS, Rng},
    oracle::{Bounds, Oracle, Outcome, Refusal, contains},
    step::{Pair, agree, bounds, some_key},
};
use storage::{
    Predicate, Rows, StorageError, StoredRecord,
    project::{All, And},
    table::AccessMut,
};

/// A condition that is put together at run time.
type Question = Option<Box<dyn Predicate<Item>>>;
type Filtered = And<All, Question>;

/// Which rows: of a range, or with an index key in one, and of these those of at least a level.
#[derive(Debug)]
struct Wanted {
    keys: Bounds<ItemKey>,
    tags: Option<Bounds<String>>,
    level: Option<i32>,
    limit: u64,
    is_reverse: bool,
}

impl Wanted {
    fn new(rng: &mut Rng) -> Self {
        let tags = rng.percent(40).then(|| bounds(rng, Rng::tag));
        Self {
            keys: bounds(rng, Rng::key),
            tags,
            level: rng.percent(70).then(|| *rng.pick(&LEVELS)),
            limit: if rng.percent(20) { 3 } else { u64::MAX },
            is_reverse: rng.percent(30),
        }
    }

    fn holds(&self, item: &Item) -> bool {
        let is_in_range = match &self.tags {
            Some(tags) => item.tags.iter().any(|tag| contains(tags, tag)),
            None => contains(&self.keys, &item.key()),
        };
        is_in_range && self.level.is_none_or(|level| item.level >= level)
    }

    /// Their keys in the order they come in; more than the limit lets through, if an index is walked.
    fn keys(&self, oracle: &Oracle) -> Vec<ItemKey> {
        let held = oracle.rows.iter().filter(|(_, item)| self.holds(item));
        let mut keys: Vec<ItemKey> = held.map(|(key, _)| key.clone()).collect();
        if self.tags.is_none() {
            if self.is_reverse {
                keys.reverse();
            }
            keys.truncate(usize::try_from(self.limit).unwrap_or(usize::MAX));
        }
        keys
    }
}

impl<A: AccessMut> Pair<'_, A> {
    fn wanted(&mut self) -> Wanted {
        let mut wanted = Wanted::new(self.rng);
        if wanted.tags.is_some() {
            // A record with several tags takes several of them.
            wanted.limit = u64::MAX;
        }
        wanted
    }

    /// Calls `verb` with the rows that are wanted.
    fn with_rows<T>(
        &self,
        wanted: &Wanted,
        verb: impl FnOnce(Rows<Item, A, Filtered>) -> storage::Result<T>,
    ) -> storage::Result<T> {
        let rows = match &wanted.tags {
            Some(tags) => self.table.by(Item::INDEXES.tags).range(tags.clone())?,
            None => self.table.range(wanted.keys.clone())?,
        };
        let rows = if wanted.is_reverse { rows.rev() } else { rows };
        let question: Question = wanted.level.map(|level| Item::FIELDS.level.ge(level).boxed());
        verb(rows.limit(wanted.limit).filter(question))
    }

    pub(crate) fn delete_rows(&mut self) {
        let wanted = self.wanted();
        self.trace.add(format!("delete rows {wanted:?}"));
        let keys = wanted.keys(self.oracle);
        let count = u64::try_from(keys.len()).unwrap();
        for key in &keys {
            self.oracle.rows.remove(key);
        }
        assert_eq!(self.with_rows(&wanted, Rows::delete).unwrap(), count, "{wanted:?}");
        for key in &keys {
            self.look_at(key);
        }
    }

    pub(crate) fn update_rows(&mut self) {
        let wanted = self.wanted();
        let refuses_at = self.rng.percent(20).then(|| self.rng.below(4));
        self.trace.add(format!("update rows {wanted:?}, refused at {refuses_at:?}"));
        let expected_keys = wanted.keys(self.oracle);
        let mut changed: Vec<(ItemKey, Item)> = Vec::new();
        let mut rng = self.rng.clone();
        let outcome = self.with_rows(&wanted, |rows| {
            rows.update(|item| {
                if refuses_at == Some(changed.len()) {
                    return Err("refused");
                }
                let key = item.key();
                rng.change(item);
                changed.push((key, item.clone()));
                Ok(())
            })
        });
        *self.rng = rng;
        let keys: Vec<&ItemKey> = changed.iter().map(|(key, _)| key).collect();
        assert!(expected_keys.iter().zip(&keys).all(|(one, other)| one == *other), "{wanted:?}");
        if refuses_at == Some(changed.len()) && matches!(outcome, Err(StorageError::Custom(_))) {
            assert!(changed.len() < expected_keys.len());
        } else {
            let expected = self.oracle.write_all_back(&changed);
            if expected.is_ok() {
                assert_eq!(keys.len(), expected_keys.len(), "{wanted:?}");
            }
            agree(outcome, expected, "update rows");
        }
        for (key, item) in &changed {
            self.look_at(key);
            self.look_at(&item.key());
        }
    }

    pub(crate) fn delete_many(&mut self) {
        let keys: Vec<ItemKey> =
            (0..self.rng.below(9)).map(|_| some_key(self.oracle, self.rng)).collect();
        self.trace.add(format!("delete_many {keys:?}"));
        let deleted = keys.iter().filter_map(|key| self.oracle.rows.remove(key)).count();
        let deleted = u64::try_from(deleted).unwrap();
        assert_eq!(self.table.delete_many(&keys).unwrap(), deleted, "delete_many");
        for key in &keys {
            self.look_at(key);
        }
    }

    pub(crate) fn remove(&mut self) {
        let key = some_key(self.oracle, self.rng);
        self.trace.add(format!("remove {key:?}"));
        let removed = self.oracle.rows.remove(&key);
        assert_eq!(self.table.remove(&key).unwrap(), removed, "remove {key:?}");
        self.look_at(&key);
    }

    pub(crate) fn insert_stream(&mut self) {
        let items = self.stream();
        self.trace.add(format!("insert_stream {items:?}"));
        let expected = self.oracle.insert_stream(&items);
        agree(self.table.insert_stream(items.clone()), expected, "insert_stream");
        for item in &items {
            self.look_at(&item.key());
        }
    }

    pub(crate) fn get_or_insert(&mut self) {
        let key = some_key(self.oracle, self.rng);
        let item = self.rng.item(key.clone());
        self.trace.add(format!("get_or_insert_with {item:?}"));
        let expected = match self.oracle.rows.get(&key) {
            Some(item) => Ok(item.clone()),
            None => self.oracle.insert(&item).map(|()| item.clone()),
        };
        agree(self.table.get_or_insert_with(&key, || item), expected, "get_or_insert_with");
        self.look_at(&key);
    }
}

impl Oracle {
    /// All, or none.
    fn write_all_back(&mut self, changed: &[(ItemKey, Item)]) -> Outcome<u64> {
        let mut draft = self.clone();
        for (key, item) in changed {
            draft.write_back(key, item)?;
        }
        *self = draft;
        Ok(u64::try_from(changed.len()).unwrap())
    }

    /// All, or none. Of several reasons to refuse a stream, one is reported.
    fn insert_stream(&mut self, items: &[Item]) -> Outcome<u64> {
        let mut draft = self.clone();
        let mut refusals = Vec::new();
        for item in items {
            if draft.rows.contains_key(&item.key()) {
                refusals.push(Refusal::Exists { key: format!("{:?}", item.key()) });
            }
            // It may also be refused for what would be refused of a put.
            refusals.extend(draft.put(item).err().into_iter().flatten());
        }
        if !refusals.is_empty() {
            return Err(refusals);
        }
        *self = draft;
        Ok(u64::try_from(items.len()).unwrap())
    }
}
