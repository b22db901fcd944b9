//! Reading a damaged store through, and what it gave.

use super::store::{Note, Part, Sample};
use std::{fmt, ops::AddAssign};
use storage::{Storage, StoredRecord as _};

/// What reads gave.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Found {
    /// The value that is there.
    pub(crate) right: u64,
    /// A value that was there once.
    pub(crate) stale: u64,
    /// A value that never was, or is under another key.
    pub(crate) wrong: u64,
    /// Nothing, where there is a value; a scan that ends without an error and without all rows.
    pub(crate) missing: u64,
    /// An error.
    pub(crate) errors: u64,
}

impl Found {
    /// Counts what a read gave, where there is `expected`; `was` says what was there before.
    pub(crate) fn see<R: PartialEq>(
        &mut self,
        found: storage::Result<Option<R>>,
        expected: Option<&R>,
        was: impl FnOnce(&R) -> bool,
    ) {
        let count = match found {
            Err(_) => &mut self.errors,
            Ok(None) => &mut self.missing,
            Ok(Some(row)) if Some(&row) == expected => &mut self.right,
            Ok(Some(row)) if was(&row) => &mut self.stale,
            Ok(Some(_)) => &mut self.wrong,
        };
        *count += 1;
    }
}

impl AddAssign for Found {
    fn add_assign(&mut self, other: Self) {
        self.right += other.right;
        self.stale += other.stale;
        self.wrong += other.wrong;
        self.missing += other.missing;
        self.errors += other.errors;
    }
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { right, stale, wrong, missing, errors } = self;
        write!(f, "{right} {stale} {wrong} {missing} {errors}")
    }
}

impl std::str::FromStr for Found {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut numbers = text.split(' ').map(str::parse);
        let mut next = || numbers.next().unwrap_or(Ok(0));
        Ok(Self {
            right: next()?,
            stale: next()?,
            wrong: next()?,
            missing: next()?,
            errors: next()?,
        })
    }
}

macro_rules! probe {
    ($name:ident, $record:ident, $content:ident) => {
        /// Each key by itself, by its unique index, and all in a scan.
        fn $name(storage: &Storage, sample: &Sample) -> Found {
            let (mut found, content) = (Found::default(), &sample.$content);
            let Ok(table) = $record::table(storage) else {
                return Found { errors: content.rows.len() as u64, ..found };
            };
            for (id, row) in &content.rows {
                found.see(table.load(id), Some(row), |row| content.was(row));
                let by_code = table.by($record::INDEXES.code).load(&row.code);
                found.see(by_code, Some(row), |row| content.was(row));
            }
            let mut count = 0;
            match table.iter() {
                Err(_) => found.errors += 1,
                Ok(rows) => {
                    let mut has_ended_well = true;
                    for row in rows {
                        let row = row.and_then(|row| row.load());
                        has_ended_well &= row.is_ok();
                        let expected = row.as_ref().ok().and_then(|row| content.rows.get(&row.id));
                        found.see(row.map(Some), expected, |row| content.was(row));
                        count += 1;
                    }
                    if has_ended_well && count < content.rows.len() {
                        found.missing += (content.rows.len() - count) as u64;
                    }
                }
            }
            found
        }
    };
}
probe!(probe_parts, Part, parts);
probe!(probe_notes, Note, notes);

/// Reads everything in every way.
pub(crate) fn probe(storage: &Storage, sample: &Sample) -> Found {
    let mut found = probe_parts(storage, sample);
    found += probe_notes(storage, sample);
    found
}
