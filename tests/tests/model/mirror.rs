//! Who watches the table and applies every change has the rows of the table.

use super::{
    item::{Item, ItemKey},
    oracle::Oracle,
};
use std::collections::BTreeMap;
use storage::{
    Storage, StoredRecord,
    watch::{ChangeKind, Watcher},
};

/// The rows of the table, known from what was told.
pub(crate) struct Mirror {
    watcher: Watcher<Item>,
    rows: BTreeMap<ItemKey, Item>,
}

impl Mirror {
    /// Watches the table, whose rows are those of `oracle`.
    pub(crate) fn new(storage: &Storage, oracle: &Oracle) -> Self {
        let (watcher, state) =
            Item::table(storage).unwrap().watch().rows().start_with_state().unwrap();
        assert_eq!(state.len().unwrap(), u64::try_from(oracle.rows.len()).unwrap());
        Self { watcher, rows: oracle.rows.clone() }
    }

    /// Applies what was told since, each change to the row that it says was there.
    pub(crate) fn check(&mut self, oracle: &Oracle) {
        while let Some(commit) = self.watcher.try_next().unwrap() {
            for change in commit {
                let key = change.key().unwrap();
                let [old, new] = [change.old(), change.new()]
                    .map(|row| row.unwrap().map(|row| row.load().unwrap()));
                assert_eq!(change.kind() == ChangeKind::Inserted, old.is_none());
                assert_eq!(change.kind() == ChangeKind::Removed, new.is_none());
                let known = match new {
                    Some(new) => self.rows.insert(key, new),
                    None => self.rows.remove(&key),
                };
                assert_eq!(known, old, "the row before the change");
            }
        }
        assert!(self.rows == oracle.rows, "what was told is what was written");
    }
}
