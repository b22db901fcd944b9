//! A watcher, and the state that its first commit comes after.

use super::ReadTxn;
use crate::{
    error::Result,
    table::{
        Row, Table,
        watch::{Watch, Watcher},
    },
};

impl<L: Row> Watch<L> {
    /// As [`start`](Self::start), with the table in the state that the first commit comes after: what is read there
    /// and what is told make a whole, nothing twice and nothing missing.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use std::collections::BTreeSet;
    /// # use storage::{Storage, StoredRecord};
    /// use storage::watch::ChangeKind;
    ///
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "tickets")]
    /// # struct Ticket { #[store(key)] id: u64, title: String }
    /// # let storage = Storage::in_memory()?;
    /// # let tickets = Ticket::table(&storage)?;
    /// tickets.put(&Ticket { id: 1, title: "Leak".into() })?;
    /// let (watcher, state) = tickets.watch().start_with_state()?;
    /// tickets.put(&Ticket { id: 2, title: "Noise".into() })?;
    /// tickets.delete(1)?;
    ///
    /// let mut ids = BTreeSet::from_iter(state.iter()?.keys()?);
    /// drop(state); // As long as it is held, the file cannot reuse its pages.
    /// for commit in watcher.take(2) {
    ///     for change in commit? {
    ///         match change.kind() {
    ///             ChangeKind::Removed => ids.remove(&change.key()?),
    ///             _ => ids.insert(change.key()?),
    ///         };
    ///     }
    /// }
    /// assert_eq!(ids, BTreeSet::from([2]));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start).
    #[track_caller]
    pub fn start_with_state(self) -> Result<(Watcher<L>, Table<L, ReadTxn>)> {
        let (watcher, table, snapshot) = self.begin()?;
        let state = table.at(|place| ReadTxn::new(snapshot, place.store().clone()));
        Ok((watcher, state))
    }
}
