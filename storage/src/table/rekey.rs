//! Writing the records of a table under other keys, in batches: `rekey`.
//!
//! The records go to a hidden table, which takes the place of the other with the last batch (`catalog/rekey.rs`).

use super::{
    Access as _, AccessMut as _, Autocommit, Table, WriteSize,
    batch::{BatchFill, BatchLimits},
    form::StoredValue,
    migrate::Migrated,
    migrate_batch::MigrationProgress,
    replace::NewRow,
};
use crate::{
    backend::ByteWriter,
    catalog::{RekeyRow, hidden_name},
    error::{KeyCollision, Result, StorageError},
    key::{self, ByteRange, KeyBuf},
    record::StoredRecord,
    schema::Description,
};
use std::{fmt, marker::PhantomData, ops::ControlFlow};

/// How many rows a batch writes when nothing else is said.
const BATCH_ROWS: usize = 1000;

/// A rekey that is about to run: see [`Storage::rekey`](crate::Storage::rekey).
#[must_use = "nothing is written before `run`"]
pub struct Rekey<O, N, F, P = fn(&MigrationProgress) -> ControlFlow<()>> {
    access: Autocommit,
    batch: usize,
    convert: F,
    progress: P,
    types: PhantomData<fn(O) -> N>,
}

impl<O: StoredRecord, N: StoredRecord, F: FnMut(O) -> Result<N>> Rekey<O, N, F> {
    pub(crate) fn new(access: Autocommit, convert: F) -> Self {
        let progress = |_: &_| ControlFlow::Continue(());
        Self { access, batch: BATCH_ROWS, convert, progress, types: PhantomData }
    }
}

impl<O, N, F, P> Rekey<O, N, F, P>
where
    O: StoredRecord,
    N: StoredRecord,
    F: FnMut(O) -> Result<N>,
    P: FnMut(&MigrationProgress) -> ControlFlow<()>,
{
    /// How many records a batch writes at the most: 1,000 by default. As for
    /// [`Migrate::batch`](crate::evolution::Migrate::batch), a batch also ends at a MiB and at five milliseconds.
    pub fn batch(self, rows: usize) -> Self {
        Self { batch: rows.max(1), ..self }
    }

    /// Calls `tell` after each batch is on the disk, outside of any transaction. When it breaks, the rekey stops, and
    /// another run goes on from there.
    pub fn progress<G>(self, tell: G) -> Rekey<O, N, F, G>
    where
        G: FnMut(&MigrationProgress) -> ControlFlow<()>,
    {
        let Self { access, batch, convert, types, .. } = self;
        Rekey { access, batch, convert, progress: tell, types }
    }

    /// Writes every record under its new key, in batches, each in a transaction of its own, and puts the new table in
    /// the place of the old one with the last. Nothing is done where the records have their new keys, or where there
    /// are none; so a program may call it whenever it starts.
    ///
    /// Until the last batch the table is as it was. Other threads, and older versions of the program, read and write
    /// it; once they have written, it is begun again, and done in one transaction, for which they wait. A run that was
    /// cut off by a crash, by the disk or by `progress` is gone on with by the next one, if the record types are the
    /// same. Handles of the old table that are open afterwards say that it is another one.
    ///
    /// # Errors
    ///
    /// [`StorageError::KeyCollision`] when two records get one key, with the keys that they have;
    /// [`StorageError::Unique`] when they get one key of a unique index; the error that the conversion returns; the
    /// first record that cannot be read or written, as [`get`](Table::get) and [`put`](Table::put) would say it; and
    /// [`StorageError::Schema`] when the records of the file are neither of the old type nor of the new. The table is
    /// as it was, and nothing is left of the run.
    ///
    /// [`StorageError::TableExists`] when the new type names another table, which exists. Otherwise as
    /// [`Storage::write`](crate::Storage::write).
    #[track_caller]
    pub fn run(mut self) -> Result<Migrated> {
        let (mut migrated, mut is_first) = (Migrated::default(), true);
        let Some(tables) = RekeyedTables::<O, N>::open(&self.access)? else { return Ok(migrated) };
        let limits = BatchLimits::of_rows(self.batch);
        loop {
            let written = self.access.write(WriteSize::Rows, |writer| {
                tables.batch(writer, limits, is_first, &mut self.convert)
            });
            let RekeyedBatch { written, is_last, progress } =
                written.inspect_err(|error| tables.give_up(&self.access, error))?;
            is_first = false;
            migrated.seen = migrated.seen.saturating_add(written);
            migrated.rewritten = migrated.seen;
            let is_stopped = (self.progress)(&progress).is_break();
            if is_last || is_stopped {
                return Ok(Migrated { is_stopped: !is_last, ..migrated });
            }
        }
    }
}

/// The table that there is, and the hidden one of the new keys.
struct RekeyedTables<O, N> {
    source: Table<O>,
    target: Table<N>,
    declared: Description,
}

/// What a batch has done.
struct RekeyedBatch {
    written: u64,
    is_last: bool,
    progress: MigrationProgress,
}

impl<O: StoredRecord, N: StoredRecord> RekeyedTables<O, N> {
    /// `None` if there is nothing to do.
    fn open(access: &Autocommit) -> Result<Option<Self>> {
        let (described, declared) = (Table::<O>::description()?, Table::<N>::description()?);
        let hidden = hidden_name(N::SCHEMA.table());
        let target = Table::<N>::hidden(access.clone(), &hidden, &declared);
        let source = access.with_reader(|reader| {
            target.shared.entry.to_rekey(reader.bytes(), &names::<O, N>(), &declared)
        })?;
        let Some(source) = source else { return Ok(None) };
        let source = Table::<O>::described(access.clone(), source, &described);
        Ok(Some(Self { source, target, declared }))
    }

    /// Writes the next records under their new keys.
    fn batch(
        &self,
        writer: &dyn ByteWriter,
        limits: BatchLimits,
        is_first: bool,
        convert: &mut impl FnMut(O) -> Result<N>,
    ) -> Result<RekeyedBatch> {
        let (source, target) = (&self.source.shared.entry, &self.target.shared.entry);
        let row_count = writer.len(self.source.byte_table())?;
        let left = target.to_rekey(writer, &names::<O, N>(), &self.declared)?;
        let begun = match left == Some(source.name()) {
            true => target.rekey(writer, source)?,
            false => None,
        };
        if begun.is_some() {
            source.check_without_kept(writer)?;
        }
        let Some((mut row, is_again)) = begun else {
            // Another thread has done the rest.
            let progress = MigrationProgress { seen: 0, rewritten: 0, row_count: 0 };
            return Ok(RekeyedBatch { written: 0, is_last: true, progress });
        };
        // They would write again and again: now they wait.
        let limits = if is_again && !is_first { BatchLimits::NONE } else { limits };
        let (written, is_last) = self.write_rows(writer, limits, &mut row, convert)?;
        let progress = MigrationProgress { seen: row.seen, rewritten: row.seen, row_count };
        match is_last {
            true => target.end_rekey(writer, source, &row)?,
            false => source.advance_rekey(writer, &row)?,
        }
        Ok(RekeyedBatch { written, is_last, progress })
    }

    /// Writes the records behind the cursor of `row`, which comes along; returns how many, and whether they were the
    /// last.
    fn write_rows(
        &self,
        writer: &dyn ByteWriter,
        limits: BatchLimits,
        row: &mut RekeyRow,
        convert: &mut impl FnMut(O) -> Result<N>,
    ) -> Result<(u64, bool)> {
        let mut fill = BatchFill::new(limits);
        let range = row.cursor.take();
        let range = range.map_or(ByteRange::ALL, |key| ByteRange::ALL.after(&key));
        let (lower, upper) = range.bounds();
        let mut is_full = false;
        for old in writer.rows(self.source.byte_table(), lower, upper)? {
            let old = old?;
            self.write_row(writer, &old.key, &old.value, &mut fill, convert)?;
            row.cursor = Some(KeyBuf::from(&*old.key));
            is_full = fill.is_full();
            if is_full {
                break;
            }
        }
        let written = fill.rows();
        row.seen = row.seen.saturating_add(written);
        Ok((written, !is_full))
    }

    /// Writes a record under its new key.
    fn write_row(
        &self,
        writer: &dyn ByteWriter,
        old_key: &[u8],
        value: &[u8],
        fill: &mut BatchFill,
        convert: &mut impl FnMut(O) -> Result<N>,
    ) -> Result<()> {
        let new = self.converted(old_key, value, convert)?;
        let key = self.target.key_of(&new)?;
        if writer.contains(self.target.byte_table(), &key)? {
            return Err(self.collision(writer, &key, old_key, convert));
        }
        let mut stored = Vec::new();
        self.target.form().encode(&key, &new, &mut stored)?;
        self.target.replace(writer, &key, Some(&NewRow::new(&new, &stored)))?;
        fill.add(&stored);
        Ok(())
    }

    fn converted(
        &self,
        key: &[u8],
        value: &[u8],
        convert: &mut impl FnMut(O) -> Result<N>,
    ) -> Result<N> {
        convert(self.source.form().decode(key, StoredValue::InFile(value))?)
    }

    /// The error of a record whose new key another one has, which is found by converting them once more.
    #[cold]
    fn collision(
        &self,
        writer: &dyn ByteWriter,
        key: &[u8],
        second: &[u8],
        convert: &mut impl FnMut(O) -> Result<N>,
    ) -> StorageError {
        let mut has_it = |old_key: &[u8], value: &[u8]| -> Result<bool> {
            let new = self.converted(old_key, value, convert)?;
            Ok(*self.target.key_of(&new)? == *key)
        };
        let (lower, upper) = ByteRange::ALL.bounds();
        let rows = match writer.rows(self.source.byte_table(), lower, upper) {
            Ok(rows) => rows,
            Err(error) => return error,
        };
        let mut first = None;
        for old in rows {
            match old.and_then(|old| Ok(has_it(&old.key, &old.value)?.then_some(old.key))) {
                Ok(None) => {}
                Ok(Some(found)) => {
                    first = Some(key::report::<O::Key>(&found));
                    break;
                }
                Err(error) => return error,
            }
        }
        let second = key::report::<O::Key>(second);
        let first = first.unwrap_or_else(|| second.clone());
        let (table, key) = (self.source.name().to_owned(), key::report::<N::Key>(key));
        KeyCollision { table, key, first, second }.into()
    }

    /// Leaves nothing of a rekey that a record stands against: who mends the record begins again anyway.
    fn give_up(&self, access: &Autocommit, error: &StorageError) {
        if !matches!(error, StorageError::Database(_) | StorageError::CommitUnknown(_)) {
            let entry = &self.source.shared.entry;
            // What cannot be removed now, the next rekey removes.
            let _ = access.write(WriteSize::Rows, |writer| entry.abandon_rekey(writer));
        }
    }
}

/// Where the records may be: in the table of the old type, or in that of the new.
fn names<O: StoredRecord, N: StoredRecord>() -> Vec<&'static str> {
    let names = |schema: &'static crate::schema::RecordSchema| {
        [schema.table()].into_iter().chain(schema.table_was().iter().copied())
    };
    names(O::SCHEMA).chain(names(N::SCHEMA)).collect()
}

impl<O, N, F, P> fmt::Debug for Rekey<O, N, F, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rekey").field("batch", &self.batch).finish_non_exhaustive()
    }
}
