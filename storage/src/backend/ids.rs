//! The numbers that were given to rows of tables since the store was opened, whatever has become of their writes.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

/// The next number of each table.
#[derive(Debug, Default)]
pub(crate) struct IdMarks(Mutex<HashMap<Box<str>, u64>>);

impl IdMarks {
    /// Takes a number of `table` that nobody has taken, `least` or more; `None` if there is none left.
    pub(super) fn take(&self, table: &str, least: u64) -> Option<u64> {
        // A number is taken in one step, so a panic of another thread leaves nothing half done.
        let mut marks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match marks.get_mut(table) {
            Some(next) => {
                let id = least.max(*next);
                *next = id.checked_add(1)?;
                Some(id)
            }
            None => {
                marks.insert(table.into(), least.checked_add(1)?);
                Some(least)
            }
        }
    }
}
