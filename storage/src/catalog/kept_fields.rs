//! Fields that only a migration's work may take out of rows: `#[store(removed("bio"), by_migration)]`.
//!
//! A row that has one may be read, and deleted. To write it anew would drop a value that nobody has read.

use super::{entry::Entry, older::Older};
use crate::{
    backend::ByteReader,
    error::{Result, StorageError},
};

impl Entry {
    /// Fails if the table may have rows out of which only a migration's work may take fields.
    pub(crate) fn check_without_kept(&self, reader: &dyn ByteReader) -> Result<()> {
        let Some(stored) = self.stored(reader)? else { return Ok(()) };
        stored.layouts.iter().try_for_each(|(layout, _)| self.check_layout(layout))
    }

    /// Whether a row that is written anew must be asked for its layout first.
    pub(crate) fn has_kept(&self, reader: &dyn ByteReader) -> Result<bool> {
        Ok(self.is_written(reader)? && self.older.has_kept())
    }

    /// Fails if only a migration's work may take fields out of a row of this layout.
    pub(crate) fn check_layout(&self, layout: u16) -> Result<()> {
        let kept = self.older(layout).map(Older::kept_fields).unwrap_or_default();
        match kept.is_empty() {
            true => Ok(()),
            false => Err(StorageError::MigrationNeeded {
                table: self.name().to_owned(),
                layout,
                fields: kept.into(),
            }),
        }
    }
}
