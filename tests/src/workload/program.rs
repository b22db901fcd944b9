//! Doing a script's steps on a store.

use super::{
    Change, Script, Side, Step,
    record::{FlatRow, Kept, RkyvRow},
};
use crate::simulated::SimulatedFiles;
use std::path::{Path, PathBuf};
use storage::{
    AccessMut, OpenOptions, Result, Storage, StorageError, StoredRecord, Table, WriteTxn,
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
            match self.perform(step, &mut handles) {
                Ok(()) => self.files.acknowledge(number),
                Err(error) => {
                    if self.swallows_errors {
                        self.files.acknowledge(number);
                    }
                    return Stopped { step: number, error: Some(error), handles };
                }
            }
        }
        Stopped { step: self.script.steps.len(), error: None, handles }
    }

    fn perform(&self, step: &Step, handles: &mut Option<Handles>) -> Result<()> {
        if let Some(handles) = handles {
            return handles.perform(step);
        }
        *handles = Some(Handles::open(Path::new(STORE), self.options)?);
        Ok(())
    }
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

    /// Does what `step` says.
    ///
    /// # Errors
    ///
    /// The store's.
    pub fn perform(&self, step: &Step) -> Result<()> {
        match step {
            Step::Create => Ok(()),
            Step::One(change) => self.change(change),
            Step::Stream(Side::Rkyv, rows) => {
                self.rkyv.put_stream(rows.iter().map(RkyvRow::from)).map(drop)
            }
            Step::Stream(Side::Flat, rows) => {
                self.flat.put_stream(rows.iter().map(FlatRow::from)).map(drop)
            }
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
            Side::Rkyv => change_one(&self.rkyv, change),
            Side::Flat => change_one(&self.flat, change),
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
    const fn side(&self) -> Side {
        match self {
            Self::Put(side, _) | Self::Update(side, ..) | Self::Delete(side, _) => *side,
        }
    }
}

fn change_all(txn: &WriteTxn<'_>, changes: &[Change]) -> Result<()> {
    let (rkyv, flat) = (txn.table::<RkyvRow>()?, txn.table::<FlatRow>()?);
    changes.iter().try_for_each(|change| match change.side() {
        Side::Rkyv => change_one(&rkyv, change),
        Side::Flat => change_one(&flat, change),
    })
}

fn change_one<R: Kept, A: AccessMut>(table: &Table<R, A>, change: &Change) -> Result<()> {
    match change {
        Change::Put(_, row) => table.put(&R::from(row)).map(drop),
        Change::Update(_, id, city) => table.update(*id, |record| record.move_to(city)).map(drop),
        Change::Delete(_, id) => table.delete(*id).map(drop),
    }
}
