//! What a commit has done to the rows of a table.

use super::{Row, Stored, watched_rows::WatchedRows};
use crate::{
    backend::{CommitChanges, Image, NetChange},
    error::Result,
    key::Key as _,
};
use std::{fmt, sync::Arc, vec};

/// What one commit has changed in a table: a change for each row, in the order in which they were first changed.
#[must_use = "it says what was changed"]
pub struct Commit<L: Row> {
    seen: Arc<WatchedRows<L>>,
    changes: Arc<CommitChanges>,
    /// Those of `changes` that are told.
    places: Vec<usize>,
}

/// What a commit has done to one row.
pub struct RowChange<L: Row> {
    seen: Arc<WatchedRows<L>>,
    change: NetChange,
}

/// What was done to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ChangeKind {
    /// There was none under its key.
    Inserted,
    /// There was one under its key, and there is one.
    Updated,
    /// There is none under its key any more.
    Removed,
}

impl<L: Row> Commit<L> {
    /// What `changes` has changed of what is watched; `None` if nothing.
    pub(super) fn of(seen: &Arc<WatchedRows<L>>, changes: &Arc<CommitChanges>) -> Option<Self> {
        let all = changes.changes().iter().enumerate();
        let wanted = all.filter(|(_, change)| seen.wants(change));
        let places: Vec<_> = wanted.map(|(place, _)| place).collect();
        let (seen, changes) = (Arc::clone(seen), Arc::clone(changes));
        (!places.is_empty()).then_some(Self { seen, changes, places })
    }

    /// A number that grows from commit to commit while the store is open, and is the same for all who watch it. Writes
    /// of several threads that share a commit have one.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.changes.number()
    }

    /// How many rows it has changed; never none.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "a commit that changed nothing is not told")]
    pub const fn len(&self) -> usize {
        self.places.len()
    }

    /// The changes.
    pub fn iter(&self) -> impl Iterator<Item = RowChange<L>> {
        let changes = self.changes.changes();
        self.places.iter().filter_map(|place| changes.get(*place)).map(|change| self.row(change))
    }

    fn row(&self, change: &NetChange) -> RowChange<L> {
        RowChange { seen: Arc::clone(&self.seen), change: change.clone() }
    }
}

impl<L: Row> IntoIterator for Commit<L> {
    type Item = RowChange<L>;
    type IntoIter = vec::IntoIter<RowChange<L>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}

impl<L: Row> IntoIterator for &Commit<L> {
    type Item = RowChange<L>;
    type IntoIter = vec::IntoIter<RowChange<L>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter().collect::<Vec<_>>().into_iter()
    }
}

impl<L: Row> RowChange<L> {
    /// What was done.
    #[must_use]
    pub const fn kind(&self) -> ChangeKind {
        match (self.change.before().is_there(), self.change.after().is_there()) {
            (false, _) => ChangeKind::Inserted,
            (true, true) => ChangeKind::Updated,
            (true, false) => ChangeKind::Removed,
        }
    }

    /// The key of the row.
    ///
    /// # Errors
    ///
    /// [`StorageError::Corrupt`](crate::StorageError::Corrupt) when the bytes of the key are not those of one.
    pub fn key(&self) -> Result<L::Key> {
        self.seen.table.form().decode_key(self.change.key()).map(L::Key::from_ref)
    }

    /// The row before the commit; `None` if there was none, or if [rows](crate::watch::Watch::rows) were not asked for.
    ///
    /// # Errors
    ///
    /// As [`view`](crate::Table::view): [`StorageError::Corrupt`](crate::StorageError::Corrupt) when its bytes are not
    /// those of one.
    #[doc(alias("before", "previous"))]
    pub fn old(&self) -> Result<Option<Stored<L>>> {
        self.hold(self.change.before())
    }

    /// The row after the commit; `None` if there is none, or if [rows](crate::watch::Watch::rows) were not asked for.
    ///
    /// # Errors
    ///
    /// As [`old`](Self::old).
    #[expect(clippy::new_ret_no_self, reason = "it is the new row")]
    #[doc(alias("after", "current"))]
    pub fn new(&self) -> Result<Option<Stored<L>>> {
        self.hold(self.change.after())
    }

    fn hold(&self, side: &Image) -> Result<Option<Stored<L>>> {
        let hold = |bytes| self.seen.table.form().hold(self.change.key(), bytes);
        side.bytes().map(hold).transpose()
    }
}

impl<L: Row> Clone for RowChange<L> {
    fn clone(&self) -> Self {
        Self { seen: Arc::clone(&self.seen), change: self.change.clone() }
    }
}

impl<L: Row> Clone for Commit<L> {
    fn clone(&self) -> Self {
        let (seen, changes) = (Arc::clone(&self.seen), Arc::clone(&self.changes));
        Self { seen, changes, places: self.places.clone() }
    }
}

impl<L: Row> fmt::Debug for Commit<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, len) = (self.number(), self.len());
        f.debug_struct("Commit").field("number", &number).field("len", &len).finish_non_exhaustive()
    }
}

impl<L: Row> fmt::Debug for RowChange<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let table = self.change.table();
        f.debug_struct("RowChange")
            .field("table", &table)
            .field("kind", &self.kind())
            .finish_non_exhaustive()
    }
}
