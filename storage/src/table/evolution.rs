//! What has become of a record since its table was first written: `evolution`.

use super::{Access, IndexTable, Reader, Table};
use crate::{
    catalog::{IndexSurvey, Older, Survey},
    error::{Names, Result, StorageError},
    record::StoredRecord,
};
use std::fmt;

/// How the layouts and indexes that a file has of a table differ from those of the code, and what becomes of each:
/// see [`Table::evolution`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct EvolutionReport {
    table: String,
    layouts: Vec<LayoutReport>,
    indexes: Vec<IndexReport>,
}

/// A layout that rows of a table may have.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LayoutReport {
    /// Its number in this file.
    pub number: u16,
    /// Whether it is the one that the code declares, in which rows are written.
    pub is_declared: bool,
    /// Whether the file has it. If not, the first write enters it.
    pub is_in_file: bool,
    /// How rows of it are read.
    pub reading: LayoutReading,
    /// How it differs from the declared one, a line each.
    pub steps: Vec<String>,
    /// The fields that are removed `by_migration`: until [`Migrate::with`](crate::evolution::Migrate::with) has read
    /// them, a row of this layout can be read and deleted, but not put or updated.
    pub kept_fields: Vec<String>,
}

/// How rows of a layout are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LayoutReading {
    /// Where they lie: the code reads their bytes as they are.
    AsTheyAre,
    /// The bytes of each are made those of the declared layout when it is read.
    Upcast,
    /// Each is read as a record of an older type, which the program converts: `#[store(from = ..)]`.
    Converted,
}

/// An index, in the code or in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct IndexReport {
    /// Its name.
    pub name: String,
    /// How far it is what the code declares, and what becomes of it.
    pub status: IndexStatus,
}

/// How far an index is what the code declares, and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexStatus {
    /// It has the entries of all records, and stays.
    Ready,
    /// It lacks entries of some records. It is built to its end when the table is opened from the store itself.
    Building,
    /// It cannot be built for as long as a record stands in the way: for this reason.
    Refused {
        /// What the record has against it.
        reason: String,
    },
    /// The file does not have it. It is built when the table is opened from the store itself.
    Missing,
    /// The file has one of the name that is defined otherwise. It is removed, and built anew.
    Outdated,
    /// The code does not have it. The first write removes it.
    Undeclared,
}

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Reports which layouts the rows of this table may have and how each is read, and what becomes of each index.
    /// Nothing is written, and no row is read.
    ///
    /// A layout that is reported is in the file until [`migrate`](crate::Table::migrate) has retired it; no row may
    /// have it any more all the same. [`dry_run`](crate::evolution::Migrate::dry_run) counts the rows.
    ///
    /// ```
    /// use rkyv::{Archive, Deserialize, Serialize};
    /// use storage::{Storage, StoredRecord};
    ///
    /// mod before {
    ///     # use rkyv::{Archive, Deserialize, Serialize};
    ///     # use storage::StoredRecord;
    ///     #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    ///     #[store(codec = "rkyv", table = "users")]
    ///     pub struct User { #[store(key)] pub id: u64, pub age: u16 }
    /// }
    ///
    /// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// #[store(codec = "rkyv", table = "users")]
    /// struct User { #[store(key)] id: u64, age: u64 }
    ///
    /// # fn main() -> storage::Result<()> {
    /// let storage = Storage::in_memory()?;
    /// before::User::table(&storage)?.put(&before::User { id: 1, age: 36 })?;
    ///
    /// let report = User::table(&storage)?.evolution()?;
    /// assert!(!report.is_settled());
    /// assert_eq!(report.layouts()[0].steps, ["field age: `u16` becomes `u64`"]);
    /// assert_eq!(
    ///     report.to_string(),
    ///     "table `users`\n\
    ///      layout 1: read by an upcast\n\
    ///      \x20 field age: `u16` becomes `u64`\n\
    ///      layout 2: that of the code, entered by the first write"
    /// );
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`StoredRecord::table`], and [`StorageError::Database`] when the engine cannot read.
    pub fn evolution(&self) -> Result<EvolutionReport> {
        let reader = self.access.reader()?;
        let survey = self.shared.entry.survey(reader.bytes())?;
        let mut indexes = Vec::new();
        for index in &self.shared.indexes {
            let status = self.index_status(&reader, index, &survey)?;
            indexes.push(IndexReport { name: index.schema().name().to_owned(), status });
        }
        let undeclared = survey.indexes.iter().filter(|index| !index.is_declared);
        indexes.extend(undeclared.map(|index| IndexReport {
            name: index.name.clone(),
            status: IndexStatus::Undeclared,
        }));
        Ok(EvolutionReport { table: self.name().to_owned(), layouts: layouts(&survey), indexes })
    }

    fn index_status(
        &self,
        reader: &Reader<'_>,
        index: &IndexTable,
        survey: &Survey<'_>,
    ) -> Result<IndexStatus> {
        let is_of = |stored: &&IndexSurvey| stored.name == index.schema().name();
        let stored = survey.indexes.iter().find(is_of);
        match self.check_built(reader, index) {
            Ok(()) => Ok(IndexStatus::Ready),
            Err(StorageError::IndexNotBuilt { reason: Some(reason), .. }) => {
                Ok(IndexStatus::Refused { reason: reason.to_string() })
            }
            Err(StorageError::IndexNotBuilt { .. }) => Ok(match stored {
                None => IndexStatus::Missing,
                Some(stored) if stored.is_right => IndexStatus::Building,
                Some(_) => IndexStatus::Outdated,
            }),
            Err(error) => Err(error),
        }
    }
}

fn layouts(survey: &Survey<'_>) -> Vec<LayoutReport> {
    let layout = |&(number, older): &(u16, &Older)| LayoutReport {
        number,
        is_declared: Some(number) == survey.declared,
        is_in_file: true,
        reading: match older.road().is_as_is() {
            _ if older.is_converted() => LayoutReading::Converted,
            true => LayoutReading::AsTheyAre,
            false => LayoutReading::Upcast,
        },
        steps: older.road().steps().map(ToString::to_string).collect(),
        kept_fields: older.kept_fields().to_owned(),
    };
    let mut layouts: Vec<_> = survey.layouts.iter().map(layout).collect();
    if let Some(number) = survey.declared
        && layouts.iter().all(|layout| !layout.is_declared)
    {
        layouts.push(LayoutReport {
            number,
            is_declared: true,
            is_in_file: false,
            reading: LayoutReading::AsTheyAre,
            steps: Vec::new(),
            kept_fields: Vec::new(),
        });
    }
    layouts
}

impl EvolutionReport {
    /// The name of the table.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The layouts that rows may have, by number, and that of the code, in which rows are written.
    #[must_use]
    pub fn layouts(&self) -> &[LayoutReport] {
        &self.layouts
    }

    /// The indexes of the code in the order of their declaration, and behind them those that only the file has.
    #[must_use]
    pub fn indexes(&self) -> &[IndexReport] {
        &self.indexes
    }

    /// Whether all is as the code declares it: every row has its layout, every index is ready, and there is no other.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let is_declared = |layout: &LayoutReport| layout.is_declared;
        let is_ready = |index: &IndexReport| index.status == IndexStatus::Ready;
        self.layouts.iter().all(is_declared) && self.indexes.iter().all(is_ready)
    }
}

impl fmt::Display for EvolutionReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "table `{}`", self.table)?;
        self.layouts.iter().try_for_each(|layout| write!(f, "\n{layout}"))?;
        self.indexes.iter().try_for_each(|index| write!(f, "\n{index}"))
    }
}

impl fmt::Display for LayoutReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "layout {}: ", self.number)?;
        match (self.is_declared, self.is_in_file) {
            (true, true) => f.write_str("that of the code"),
            (true, false) => f.write_str("that of the code, entered by the first write"),
            (false, _) => self.reading.fmt(f),
        }?;
        self.steps.iter().try_for_each(|step| write!(f, "\n  {step}"))?;
        match self.kept_fields.as_slice() {
            [] => Ok(()),
            kept => write!(
                f,
                "\n  rows are not put or updated before `migrate().with(..)` has read {}",
                Names(kept)
            ),
        }
    }
}

impl fmt::Display for LayoutReading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AsTheyAre => "read as it is",
            Self::Upcast => "read by an upcast",
            Self::Converted => "converted when it is read",
        })
    }
}

impl fmt::Display for IndexReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "index {}: {}", self.name, self.status)
    }
}

impl fmt::Display for IndexStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ready => "ready",
            Self::Building => {
                "built in part; the rest when the table is opened from the store itself"
            }
            Self::Refused { reason } => return write!(f, "cannot be built: {reason}"),
            Self::Missing => "missing; built when the table is opened from the store itself",
            Self::Outdated => {
                "defined otherwise in the file; built anew when the table is opened from the store itself"
            }
            Self::Undeclared => "not in the code; removed by the first write",
        })
    }
}
