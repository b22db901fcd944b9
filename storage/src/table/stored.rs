//! A row that is held: its bytes, checked once.

use super::{
    Row,
    row::{Owned, Pair, View},
};
use crate::{
    codec::Checked,
    error::{Result, RowDecodeError, StorageError},
};
use std::fmt;

/// A guard over a stored row. It owns the bytes it views and outlives the call, the transaction and the store.
pub struct Stored<L: Row> {
    checked: Checked<L::Value, L::Codec>,
}

/// A row of a table without a derived record.
pub type KeyAndValue<K, V, C> = (K, Stored<Pair<K, V, C>>);

impl<L: Row> Stored<L> {
    pub(super) fn new(checked: Checked<L::Value, L::Codec>) -> Self {
        Self { checked }
    }

    /// The row, read in place or decoded already. Checked when the guard was made, so this costs nothing.
    #[must_use]
    #[inline]
    pub fn view(&self) -> View<'_, L> {
        self.checked.view()
    }

    /// The row as an owned value.
    ///
    /// # Errors
    ///
    /// [`StorageError::Decode`] if the type has no owned form, or refuses to make one of this row.
    pub fn load(&self) -> Result<Owned<L>> {
        self.checked
            .load()
            .map_err(|reason| StorageError::Decode(Box::new(RowDecodeError::new(None, reason))))
    }
}

impl<L: Row> fmt::Debug for Stored<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stored").field("checked", &self.checked).finish()
    }
}
