//! Rewriting the rows of older layouts in batches: `migrate`.

use super::{
    Access, AccessMut as _, Table, WriteSize,
    batch::BatchLimits,
    migrate_batch::{Left, MigrationProgress, RewrittenBatch},
    row_work::{ForEach, RowWork},
};
use crate::{
    backend::{ByteWriter, Evolution},
    error::{Result, StorageError},
    record::StoredRecord,
};
use std::{fmt, ops::ControlFlow};

/// How many rows a batch rewrites when nothing else is said.
const BATCH_ROWS: usize = 1000;
const GO_ON: ControlFlow<()> = ControlFlow::Continue(());
/// How many passes over all rows a run makes while others write rows of other layouts.
const PASSES_MAX: usize = 3;

/// A migration that is about to run: see [`Table::migrate`].
#[must_use = "nothing is migrated before `run`"]
pub struct Migrate<'t, R: StoredRecord, F = fn(&MigrationProgress) -> ControlFlow<()>> {
    pub(super) table: &'t Table<R>,
    batch: usize,
    progress: F,
    /// What the caller does for each row.
    pub(super) work: Option<Box<dyn RowWork<R> + 't>>,
}

/// What a migration has done in one run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Migrated {
    /// How many rows it has come to.
    pub seen: u64,
    /// How many of them it has rewritten.
    pub rewritten: u64,
    /// Whether `progress` has stopped it before the end. Another run goes on from there.
    pub is_stopped: bool,
}

impl<R: StoredRecord> Table<R> {
    /// Returns what rewrites the rows of older layouts as rows of the layout that the code declares, when it is
    /// [run](Migrate::run).
    ///
    /// To migrate is never needed to read: rows of all layouts are read as records of today. It makes them as quick to
    /// read as others, and it retires the older layouts: attributes that speak of them (`was`, `removed`, `default`)
    /// may then go from the code.
    ///
    /// ```
    /// use rkyv::{Archive, Deserialize, Serialize};
    /// use std::ops::ControlFlow;
    /// use storage::{Storage, StoredRecord};
    ///
    /// mod before {
    ///     # use rkyv::{Archive, Deserialize, Serialize};
    ///     # use storage::StoredRecord;
    ///     #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    ///     #[store(codec = "rkyv", table = "users")]
    ///     pub struct User { #[store(key)] pub id: u64, pub name: String }
    /// }
    ///
    /// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// #[store(codec = "rkyv", table = "users")]
    /// struct User {
    ///     #[store(key)]
    ///     id: u64,
    ///     #[store(was = "name")]
    ///     full_name: String,
    /// }
    ///
    /// # fn main() -> storage::Result<()> {
    /// let storage = Storage::in_memory()?;
    /// let old = (0..2500).map(|id| before::User { id, name: "Ada".into() });
    /// before::User::table(&storage)?.put_stream(old)?;
    ///
    /// let users = User::table(&storage)?;
    /// let dry = users.migrate().dry_run()?;
    /// assert!(dry.is_sound());
    /// assert_eq!(dry.layouts[0].row_count, 2500);
    ///
    /// let migrated = users
    ///     .migrate()
    ///     .progress(|so_far| {
    ///         println!("{} of {}", so_far.seen, so_far.row_count);
    ///         ControlFlow::Continue(())
    ///     })
    ///     .run()?;
    /// assert_eq!(migrated.rewritten, 2500);
    /// assert!(users.evolution()?.is_settled());
    /// # Ok(())
    /// # }
    /// ```
    pub fn migrate(&self) -> Migrate<'_, R> {
        Migrate { table: self, batch: BATCH_ROWS, progress: |_| GO_ON, work: None }
    }
}

impl<'t, R: StoredRecord, F: FnMut(&MigrationProgress) -> ControlFlow<()>> Migrate<'t, R, F> {
    /// How many rows a batch rewrites at the most: 1,000 by default. A batch also ends at a MiB and at five
    /// milliseconds, so that writers of other threads wait no longer than that. With more than 1,000 rows it may take
    /// as much more of both: more rows are migrated in a second, and others wait longer.
    pub fn batch(self, rows: usize) -> Self {
        Self { batch: rows.max(1), ..self }
    }

    /// Calls `tell` after each batch is on the disk, outside of any transaction. When it breaks, the migration stops,
    /// and another run goes on from there.
    pub fn progress<G>(self, tell: G) -> Migrate<'t, R, G>
    where
        G: FnMut(&MigrationProgress) -> ControlFlow<()>,
    {
        let Self { table, batch, work, .. } = self;
        Migrate { table, batch, progress: tell, work }
    }

    /// Rewrites every row of another layout, in batches, each in a transaction of its own, and builds the indexes that
    /// are not built. Other threads read and write meanwhile. The last batch retires the older layouts.
    ///
    /// A run that was cut off, by an error, a crash or by `progress`, is gone on with by the next one; what its batches
    /// have rewritten stays. Two at once share the work. A table whose rows all have the declared layout is left
    /// alone, and nothing is written.
    ///
    /// The rows do not change in what they say: whoever reads them sees no difference. Programs of older releases
    /// that read the declared layout go on; those that do not are refused from the first write on, migrated or not.
    ///
    /// # Errors
    ///
    /// The first row that cannot be read or written as one of the declared layout, as
    /// [`get`](Table::get) and [`put`](Table::put) would say it: [`dry_run`](Self::dry_run) lists them all. Mend or
    /// delete it, and run the migration again. [`StorageError::MigrationNeeded`] when rows have fields that are only to
    /// go [with work for each row](Self::with), and there is none. [`StorageError::MigrationDisturbed`] when another
    /// program, or a handle of another record type, kept on writing rows of its layout. Otherwise as
    /// [`Storage::write`].
    ///
    /// [`StorageError::MigrationNeeded`]: crate::StorageError::MigrationNeeded
    /// [`StorageError::MigrationDisturbed`]: crate::StorageError::MigrationDisturbed
    /// [`Storage::write`]: crate::Storage::write
    #[track_caller]
    pub fn run(mut self) -> Result<Migrated> {
        let (table, limits) = (self.table, BatchLimits::of_rows(self.batch));
        let mut work = self.work;
        let migrated = table.migrate_all(&mut self.progress, |is_first| {
            let batch = |writer: &dyn ByteWriter| match &mut work {
                None => {
                    table.shared.entry.check_without_kept(writer)?;
                    table.migrate_batch(writer, limits, is_first, |_| Ok(()))
                }
                Some(work) => {
                    work.prepare(table, writer)?;
                    table
                        .migrate_batch(writer, limits, is_first, |row| work.run(table, writer, row))
                }
            };
            table.access.write(WriteSize::Rows, batch).map(Some)
        })?;
        if !migrated.is_stopped {
            table.build()?;
        }
        Ok(migrated)
    }
}

impl<'t, R: StoredRecord, F> Migrate<'t, R, F> {
    /// The same migration with the caller's work for each row.
    pub(crate) fn with_work<O: StoredRecord>(
        self,
        work: impl FnMut(&dyn ByteWriter, Evolution, O, &R) -> Result<()> + 't,
    ) -> Self {
        Self { work: Some(Box::new(ForEach::<O, _>::new(work))), ..self }
    }
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Does what is to be done when the table is opened: indexes are built, where this place can write, and rows
    /// migrated, where the store was opened for that.
    #[track_caller]
    pub(super) fn settle(&self) -> Result<()> {
        if self.access.evolution() == Evolution::Eager && !self.has_work_left()? {
            let (limits, mut go_on) = (BatchLimits::of_rows(BATCH_ROWS), |_: &_| GO_ON);
            self.migrate_all(&mut go_on, |is_first| {
                self.access
                    .write_apart(|writer| self.migrate_batch(writer, limits, is_first, |_| Ok(())))
            })?;
        }
        self.build()
    }

    /// Whether rows wait for a migration that works on each of them.
    fn has_work_left(&self) -> Result<bool> {
        let checked =
            self.access.with_reader(|reader| self.shared.entry.check_without_kept(reader.bytes()));
        match checked {
            Err(StorageError::MigrationNeeded { .. }) => Ok(true),
            checked => checked.map(|()| false),
        }
    }

    /// Migrates batch by batch, each written by `write`, which returns `None` where nothing can be.
    #[track_caller]
    fn migrate_all(
        &self,
        progress: &mut impl FnMut(&MigrationProgress) -> ControlFlow<()>,
        mut write: impl FnMut(bool) -> Result<Option<RewrittenBatch>>,
    ) -> Result<Migrated> {
        let (mut migrated, mut passes, mut is_first) = (Migrated::default(), 0_usize, true);
        while !self.is_migrated()? {
            let Some(batch) = write(is_first)? else { break };
            let RewrittenBatch { seen, rewritten, left, progress: so_far } = batch;
            is_first = false;
            migrated.seen = migrated.seen.saturating_add(seen);
            migrated.rewritten = migrated.rewritten.saturating_add(rewritten);
            let is_stopped = progress(&so_far).is_break();
            if left == Left::Nothing {
                break;
            }
            if is_stopped {
                return Ok(Migrated { is_stopped, ..migrated });
            }
            if left == Left::AnotherPass {
                passes = passes.saturating_add(1);
                if passes == PASSES_MAX {
                    return Err(self.shared.entry.disturbed());
                }
            }
        }
        Ok(migrated)
    }
}

impl<R: StoredRecord, F> fmt::Debug for Migrate<'_, R, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("Migrate");
        shown.field("table", self.table).field("batch", &self.batch).finish_non_exhaustive()
    }
}
