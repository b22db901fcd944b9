//! Doing a script's steps on a store.

use super::{
    Change, Script, Side, Step,
    record::{FlatRow, Kept, RkyvRow},
};
use crate::simulated::SimulatedFiles;
use std::path::{Path, PathBuf};
use storage::{
    OpenOptions, Result, Storage, StorageError, StoredRecord, Table, WriteTxn, table::AccessMut,
};

/// Where the store is.
pub const STORE: &str = "/simulated/store.redb";

/// Where the backup of this number is.
#[must_use]
pub fn backup_path(number: usize) -> PathBuf {
    PathBuf::from(format!("/simulated/backup-{number}.redb"))
}

/// A program that does the steps of a script, with handles that it opens once.
#[derive(Debug)]
pub struct Program<'s> {
    /// What it does.
    pub script: &'s Script,
    /// Where; it is told when a step begins and when it is acknowledged.
    pub files: &'s SimulatedFiles,
    /// How the store is opened, on these files or on what wraps them.
    pub options: &'s OpenOptions,
    /// A program that takes an error for an acknowledgement, to see that it is found out.
    pub swallows_errors: bool,
}

/// Where a program stopped.
#[derive(Debug)]
pub struct Stopped {
    /// The step that failed; the number of steps when none did.
    pub step: usize,
    /// Why.
    pub error: Option<StorageError>,
    /// Whether the step was acknowledged, and only opening its tables again failed.
    pub is_done: bool,
    /// The open store, if it came to that.
    pub handles: Option<Handles>,
}

/// An open store and its tables.
#[derive(Clone, Debug)]
pub struct Handles {
    /// The store.
    pub storage: Storage,
    rkyv: Table<RkyvRow>,
    flat: Table<FlatRow>,
}

impl Program<'_> {
    /// Does step after step until one fails.
    #[must_use]
    pub fn run(&self) -> Stopped {
        let mut handles = None;
        for (number, step) in self.script.steps.iter().enumerate() {
            self.files.begin(number);
            let done = self.perform(step, &mut handles);
            let is_done = done.is_ok();
            if is_done || self.swallows_errors {
                self.files.acknowledge(number);
            }
            if let Err(error) = done.and_then(|()| renew_after(step, &mut handles)) {
                return Stopped { step: number, error: Some(error), is_done, handles };
            }
        }
        Stopped { step: self.script.steps.len(), error: None, is_done: false, handles }
    }

    fn perform(&self, step: &Step, handles: &mut Option<Handles>) -> Result<()> {
        if let Some(handles) = handles {
            return handles.perform(step);
        }
        *handles = Some(Handles::open(Path::new(STORE), self.options)?);
        Ok(())
    }
}

fn renew_after(step: &Step, handles: &mut Option<Handles>) -> Result<()> {
    handles.iter_mut().filter(|_| step.replaces_table()).try_for_each(Handles::renew)
}

impl Handles {
    /// Opens the store at `path` and its tables.
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn open(path: &Path, options: &OpenOptions) -> Result<Self> {
        let storage = Storage::open_with(path, options)?;
        let (rkyv, flat) = (RkyvRow::table(&storage)?, FlatRow::table(&storage)?);
        Ok(Self { storage, rkyv, flat })
    }

    /// Opens the tables again.
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn renew(&mut self) -> Result<()> {
        (self.rkyv, self.flat) = (RkyvRow::table(&self.storage)?, FlatRow::table(&self.storage)?);
        Ok(())
    }

    /// Does what `step` says.
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn perform(&self, step: &Step) -> Result<()> {
        match step {
            Step::Create => Ok(()),
            Step::One(change) => self.change(change),
            Step::Transaction(durability, changes) => {
                self.storage.write_with(*durability, |txn| change_all(txn, changes))
            }
            Step::Backup(number) => self.storage.backup(backup_path(*number)),
            Step::Compact => self.storage.compact().map(drop),
            Step::Reopen => self.storage.reopen(),
        }
    }

    /// Makes one change by a table's verb.
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn change(&self, change: &Change) -> Result<()> {
        match change.side() {
            Some(Side::Rkyv) => change_one(&self.rkyv, change),
            Some(Side::Flat) => change_one(&self.flat, change),
            None => match change {
                Change::Grow(growth) => growth.perform(&self.storage),
                change => self.storage.write(|txn| change_in(txn, change)),
            },
        }
    }

    /// Closes the store and says whether all went well.
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn close(self) -> Result<()> {
        let Self { storage, rkyv, flat } = self;
        drop((rkyv, flat));
        storage.close()
    }
}

impl Change {
    /// The table whose verb it is; none for what is a transaction's.
    const fn side(&self) -> Option<Side> {
        match self {
            Self::Put(side, _)
            | Self::Update(side, ..)
            | Self::Delete(side, _)
            | Self::DeleteRows(side, ..)
            | Self::UpdateRows(side, ..)
            | Self::Clear(side)
            | Self::Stream(side, _) => Some(*side),
            Self::Aside(_) | Self::Undone(_) | Self::Grow(_) => None,
        }
    }
}

fn change_all(txn: &WriteTxn<'_>, changes: &[Change]) -> Result<()> {
    changes.iter().try_for_each(|change| change_in(txn, change))
}

fn change_in(txn: &WriteTxn<'_>, change: &Change) -> Result<()> {
    match change {
        Change::Aside(Side::Rkyv) => put_aside(txn, "rkyv_rows", "rkyv_rows_aside"),
        Change::Aside(Side::Flat) => put_aside(txn, "flat_rows", "flat_rows_aside"),
        Change::Undone(changes) => {
            let undone = txn.savepoint(|| {
                change_all(txn, changes)?;
                Err(StorageError::custom("undone"))
            });
            undone.or_else(|error| match error {
                StorageError::Custom(_) => Ok(()),
                error => Err(error),
            })
        }
        change => match change.side() {
            Some(Side::Flat) => change_one(&txn.table::<FlatRow>()?, change),
            _ => change_one(&txn.table::<RkyvRow>()?, change),
        },
    }
}

fn put_aside(txn: &WriteTxn<'_>, from: &str, to: &str) -> Result<()> {
    txn.drop_table(to)?;
    txn.rename_table(from, to).map(drop)
}

fn change_one<R: Kept, A: AccessMut>(table: &Table<R, A>, change: &Change) -> Result<()> {
    match change {
        Change::Put(_, row) => table.put(&R::from(row)).map(drop),
        Change::Update(_, id, city) => table.update(*id, |record| record.move_to(city)).map(drop),
        Change::Delete(_, id) => table.delete(*id).map(drop),
        Change::DeleteRows(_, from, to) => table.range(*from..*to)?.delete().map(drop),
        Change::UpdateRows(_, from, to, city) => {
            table.range(*from..*to)?.update(|record| record.move_to(city)).map(drop)
        }
        Change::Clear(_) => table.clear().map(drop),
        Change::Stream(_, rows) => table.put_stream(rows.iter().map(R::from)).map(drop),
        Change::Aside(_) | Change::Undone(_) | Change::Grow(_) => Ok(()),
    }
}
