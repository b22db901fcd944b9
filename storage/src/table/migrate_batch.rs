//! One batch of a migration: the next rows, rewritten in a transaction of its own.
//!
//! How far the migration has come is kept in the catalogue, in the same transaction. A row is rewritten under its key,
//! and its index entries stay: it is the same record.

use super::{
    Access, Table,
    batch::{BatchFill, BatchLimits},
};
use crate::{
    backend::ByteWriter,
    catalog::{Migration, PassEnd},
    codec::layout_number,
    error::Result,
    key::{ByteRange, KeyBuf},
    record::StoredRecord,
};

/// How far a migration has come, after one of its batches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct MigrationProgress {
    /// How many rows it has come to, also before it was cut off.
    pub seen: u64,
    /// How many of them it has rewritten.
    pub rewritten: u64,
    /// How many rows the table has now.
    pub row_count: u64,
}

/// What a batch has left to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Left {
    /// More rows.
    Rows,
    /// All rows once more: others have written rows of another layout.
    AnotherPass,
    /// Nothing.
    Nothing,
}

/// A row that was rewritten: what was stored, and what is now.
pub(super) struct RewrittenRow<'r> {
    pub(super) key: &'r [u8],
    pub(super) old: &'r [u8],
    pub(super) new: &'r [u8],
}

/// What a batch has done.
#[derive(Debug)]
pub(super) struct RewrittenBatch {
    pub(super) seen: u64,
    pub(super) rewritten: u64,
    pub(super) left: Left,
    pub(super) progress: MigrationProgress,
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Whether every row has the declared layout.
    pub(super) fn is_migrated(&self) -> Result<bool> {
        self.access.with_reader(|reader| self.shared.entry.is_migrated(reader.bytes()))
    }

    /// Rewrites the next rows.
    pub(super) fn migrate_batch(
        &self,
        writer: &dyn ByteWriter,
        limits: BatchLimits,
        is_first: bool,
        work: impl FnMut(&RewrittenRow<'_>) -> Result<()>,
    ) -> Result<RewrittenBatch> {
        let row_count = writer.len(self.byte_table())?;
        match self.shared.entry.migration(writer, is_first)? {
            Some(migration) => self.rewrite_rows(writer, limits, migration, row_count, work),
            // Another thread has migrated the rest.
            None => {
                let progress = MigrationProgress { seen: row_count, rewritten: 0, row_count };
                Ok(RewrittenBatch { seen: 0, rewritten: 0, left: Left::Nothing, progress })
            }
        }
    }

    fn rewrite_rows(
        &self,
        writer: &dyn ByteWriter,
        limits: BatchLimits,
        mut migration: Migration,
        row_count: u64,
        mut work: impl FnMut(&RewrittenRow<'_>) -> Result<()>,
    ) -> Result<RewrittenBatch> {
        let (number, mut fill) = (migration.number(), BatchFill::new(limits));
        let (mut seen, mut last) = (0_u64, None);
        let range = migration.row.cursor.take();
        let range = range.map_or(ByteRange::ALL, |key| ByteRange::ALL.after(&key));
        let (lower, upper) = range.bounds();
        let mut is_full = false;
        for row in writer.rows(self.byte_table(), lower, upper)? {
            let row = row?;
            seen = seen.saturating_add(1);
            let layout = layout_number(&row.value);
            if layout != Some(number) {
                let stored = self.form().rewritten(number, &row.key, &row.value)?;
                writer.rewrite(self.byte_table(), &row.key, &stored)?;
                if !migration.is_of_today(layout) {
                    work(&RewrittenRow { key: &row.key, old: &row.value, new: &stored })?;
                }
                fill.add(&stored);
            }
            last = Some(KeyBuf::from(&*row.key));
            is_full = fill.is_full();
            if is_full {
                break;
            }
        }
        let rewritten = fill.rows();
        let state = &mut migration.row;
        state.seen = state.seen.saturating_add(seen);
        state.rewritten = state.rewritten.saturating_add(rewritten);
        state.cursor = last;
        let progress =
            MigrationProgress { seen: state.seen, rewritten: state.rewritten, row_count };
        let left = if is_full {
            self.shared.entry.advance(writer, &migration)?;
            Left::Rows
        } else {
            match self.shared.entry.end_pass(writer, migration)? {
                PassEnd::Migrated => Left::Nothing,
                PassEnd::Disturbed => Left::AnotherPass,
            }
        };
        Ok(RewrittenBatch { seen, rewritten, left, progress })
    }
}
