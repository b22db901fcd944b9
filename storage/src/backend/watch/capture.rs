//! What a write changes in tables that are watched, remembered until it is committed.

use super::{
    changes::{CommitChanges, Image, NetChange},
    wishes::{Wish, Wishes},
};
use crate::backend::{ByteTable, Savepoint};
use std::{mem, sync::Arc};

/// The changes of a write so far. Without a watcher it remembers nothing.
#[derive(Debug, Default)]
pub(crate) struct Capture {
    wishes: Option<Arc<Wishes>>,
    changes: Vec<NetChange>,
    /// How many bytes they take.
    len: usize,
    /// More was changed than any watcher has room for.
    is_too_much: bool,
    /// The savepoints that are open: their number, how many changes there were, and how many bytes they took.
    marks: Vec<(u64, usize, usize)>,
}

/// The changes of one table that is watched.
pub(crate) struct TableCapture<'c> {
    capture: &'c mut Capture,
    wish: Wish,
}

impl Capture {
    /// Nothing changed yet; `wishes` say what is to be remembered.
    pub(super) fn new(wishes: Option<Arc<Wishes>>) -> Self {
        Self { wishes, ..Self::default() }
    }

    /// The changes of `table`, if it is watched.
    #[inline]
    pub(crate) fn of(&mut self, table: &ByteTable) -> Option<TableCapture<'_>> {
        // Most stores are not watched.
        let wish = self.wishes.as_ref()?.of_table(table)?;
        Some(TableCapture { capture: self, wish })
    }

    /// Remembers the present state.
    pub(crate) fn mark(&mut self, savepoint: &Savepoint) {
        if self.wishes.is_some() {
            self.marks.push((savepoint.number, self.changes.len(), self.len));
        }
    }

    /// Forgets the changes since `savepoint`, which were undone.
    pub(crate) fn roll_back(&mut self, savepoint: &Savepoint) {
        let mut marks = self.marks.iter();
        let Some(&(_, count, len)) = marks.find(|(number, ..)| *number == savepoint.number) else {
            return;
        };
        if self.is_too_much {
            return; // What is kept is not in order.
        }
        self.changes.truncate(count);
        self.len = self.len.min(len);
        for (_, marked, marked_len) in &mut self.marks {
            // Made inside of what was undone.
            *marked = count.min(*marked);
            *marked_len = len.min(*marked_len);
        }
    }

    /// `savepoint` is not gone back to any more.
    pub(crate) fn release(&mut self, savepoint: &Savepoint) {
        self.marks.retain(|(number, ..)| *number != savepoint.number);
    }

    /// What the commit with this number has changed; `None` if nothing that is watched.
    pub(super) fn into_changes(self, number: u64) -> Option<CommitChanges> {
        let Self { changes, is_too_much, .. } = self;
        let commit = CommitChanges::new(number, changes, is_too_much);
        (!commit.changes().is_empty()).then_some(commit)
    }

    /// Whether nothing is watched.
    pub(super) const fn is_idle(&self) -> bool {
        self.wishes.is_none()
    }

    fn push(&mut self, change: NetChange, len_max: usize) {
        if self.is_too_much {
            return self.touch(change);
        }
        self.len = self.len.saturating_add(change.len());
        self.changes.push(change);
        if self.len > len_max {
            // Nobody could be told of all of it, so only the tables are kept.
            self.is_too_much = true;
            for change in mem::take(&mut self.changes) {
                self.touch(change);
            }
        }
    }

    /// Remembers that the table of `change` was changed.
    fn touch(&mut self, change: NetChange) {
        if !self.changes.iter().any(|touched| touched.table == change.table) {
            self.changes.push(change.without_rows());
        }
    }
}

impl TableCapture<'_> {
    /// Whether there is no room for more, so that nothing more need be found out.
    pub(crate) const fn is_full(&self) -> bool {
        self.capture.is_too_much
    }

    /// Remembers what was under `key` and what is.
    #[inline(never)]
    pub(crate) fn add(&mut self, key: &[u8], before: Option<&[u8]>, after: Option<&[u8]>) {
        if before.is_none() && after.is_none() {
            return;
        }
        let has_rows = self.wish.rows && !self.capture.is_too_much;
        let side = |value: Option<&[u8]>| match value {
            None => Image::Absent,
            Some(value) if has_rows => Image::Row(value.into()),
            Some(_) => Image::Present,
        };
        let change = NetChange {
            table: Arc::clone(&self.wish.table),
            key: key.into(),
            before: side(before),
            after: side(after),
        };
        self.capture.push(change, self.wish.len_max);
    }
}
