//! A row that is held: its bytes, checked once.

use super::{
    Row,
    row::{Owned, Pair, View},
};
#[cfg(feature = "rkyv")]
use crate::codec::{Rkyv, RkyvArchive, RkyvValue};
use crate::{
    backend::KeyBytes,
    codec::Checked,
    error::{DecodeError, Result, RowDecodeError, StorageError},
    key::{self, Key as _},
};
use std::fmt;
#[cfg(feature = "rkyv")]
use std::ops::Deref;

/// A guard over a stored row. It owns the bytes it views and outlives the call, the transaction and the store.
///
/// Of a row that is stored with rkyv it is also a pointer to its view: `stored.title` for `stored.view().title`.
///
/// ```
/// # use rkyv::{Archive, Deserialize, Serialize};
/// # use storage::{Storage, StoredRecord};
/// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
/// # #[store(codec = "rkyv", table = "readings")]
/// # struct Reading { #[store(key)] station: String, #[store(key)] hour: u32, pm25: f64 }
/// # let storage = Storage::in_memory()?;
/// let readings = Reading::table(&storage)?;
/// readings.put(&Reading { station: "Dingling".into(), hour: 7, pm25: 12.5 })?;
/// for reading in readings.iter()? {
///     let reading = reading?;
///     assert_eq!(reading.pm25, 12.5);
///     assert_eq!(reading.key()?, ("Dingling".to_string(), 7));
/// }
/// # Ok::<(), storage::StorageError>(())
/// ```
pub struct Stored<L: Row> {
    key: KeyBytes,
    checked: Checked<L::Value, L::Codec>,
}

/// A row of a table without a derived record.
pub type KeyAndValue<K, V, C> = (K, Stored<Pair<K, V, C>>);

impl<L: Row> Stored<L> {
    pub(super) fn new(key: &[u8], checked: Checked<L::Value, L::Codec>) -> Self {
        Self { key: KeyBytes::from(key), checked }
    }

    /// Returns the key of the row.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let row = airports.first()?.unwrap();
    /// assert_eq!(row.key()?, "EGLL");
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Decode`] if the bytes of the key are not a valid `L::Key`, which this crate never writes.
    pub fn key(&self) -> Result<L::Key> {
        let key = key::decode::<L::Key>(&self.key).map(L::Key::from_ref);
        key.map_err(|error| {
            let reason = DecodeError::Structure { detail: error.to_string() };
            StorageError::Decode(Box::new(RowDecodeError::new(None, reason)))
        })
    }

    /// Returns the view of the row. It was checked when the guard was made, so this costs nothing.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let row = airports.first()?.unwrap();
    /// assert_eq!(row.view().elevation_ft, 83);
    /// assert_eq!(row.elevation_ft, 83); // With rkyv, the guard itself is the view.
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[must_use]
    #[inline]
    pub fn view(&self) -> View<'_, L> {
        self.checked.view()
    }

    /// Returns the row as an owned value.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let heathrow: Airport = airports.first()?.unwrap().load()?;
    /// assert_eq!(heathrow.elevation_ft, 83);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`StorageError::Decode`] if the type has no owned form, or this row cannot be converted to it.
    pub fn load(&self) -> Result<Owned<L>> {
        self.checked.load().map_err(|reason| {
            let reason = reason.in_field_of(|| L::not_restored(self.view()));
            StorageError::Decode(Box::new(RowDecodeError::new(None, reason)))
        })
    }
}

/// The view.
#[cfg(feature = "rkyv")]
impl<L: Row<Codec = Rkyv, Value: RkyvValue>> Deref for Stored<L> {
    type Target = RkyvArchive<L::Value>;

    fn deref(&self) -> &Self::Target {
        self.view()
    }
}

impl<L: Row> fmt::Debug for Stored<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stored").field("key", &self.key).field("checked", &self.checked).finish()
    }
}
