//! Who is told of each row of a table that changes: the undo log, and those who watch the table.

use super::undo::TableUndo;
use crate::backend::watch::TableCapture;

/// Sees the changes of one table.
pub(crate) struct Witness<'w, 'txn> {
    pub(super) undo: TableUndo<'w, 'txn>,
    pub(super) watch: Option<TableCapture<'w>>,
}

impl Witness<'_, '_> {
    /// What was under `key` and what is, after a change was made.
    #[inline]
    pub(super) fn see(&mut self, key: &[u8], before: Option<&[u8]>, after: Option<&[u8]>) {
        self.undo.remember(key, before);
        if let Some(watch) = &mut self.watch {
            watch.add(key, before, after);
        }
    }

    /// A row that is new, which the undo log remembers as one of a run.
    #[inline]
    pub(super) fn see_new(&mut self, key: &[u8], value: &[u8]) {
        if let Some(watch) = &mut self.watch {
            watch.add(key, None, Some(value));
        }
    }

    /// Puts away what is too much for memory. Called while nothing of the table is held.
    #[inline]
    pub(super) fn make_room(&mut self) -> Result<(), redb::Error> {
        self.undo.make_room()
    }
}
