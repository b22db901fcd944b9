//! A change in a feed, and the bytes of one.
//!
//! ```text
//! key     number: u64, big-endian
//! value   time: u64, big-endian, milliseconds since 1970   kind: 0 inserted, 1 updated, 2 removed   key of the row
//! ```
//!
//! The value is sealed as values are (see `codec/frame.rs`).

use super::{Row, Table, row_change::ChangeKind};
use crate::{
    codec::Seal,
    error::{Damage, ReportedKey, Result, StorageError},
    invariant::Invariant as _,
    key::{self, Key as _},
};
use std::{
    fmt,
    time::{Duration, SystemTime},
};

/// A position in the feed of a table: the number of the last change that was read.
///
/// Changes are numbered one after the other, and no number is given twice for as long as the table exists. The default
/// is the position before the first change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FeedCursor(u64);

impl FeedCursor {
    /// Returns the cursor after the change with this number; zero is before the first.
    #[must_use]
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// Returns the number of the last change that was read; zero if none was.
    #[must_use]
    pub const fn number(self) -> u64 {
        self.0
    }
}

impl fmt::Display for FeedCursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(feature = "serde")]
impl serde_core::Serialize for FeedCursor {
    fn serialize<S: serde_core::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde_core::Deserialize<'de> for FeedCursor {
    fn deserialize<D: serde_core::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u64::deserialize(deserializer).map(Self)
    }
}

/// A change of one row, in the feed of its table.
pub struct FeedChange<L: Row> {
    number: u64,
    kind: ChangeKind,
    millis: u64,
    key: L::Key,
}

impl<L: Row> FeedChange<L> {
    /// Returns the cursor after this change, for [`Feed::after`](crate::feed::Feed::after).
    #[must_use]
    pub const fn cursor(&self) -> FeedCursor {
        FeedCursor(self.number)
    }

    /// Returns what was done to the row.
    #[must_use]
    pub const fn kind(&self) -> ChangeKind {
        self.kind
    }

    /// Returns the key of the row.
    #[must_use]
    pub const fn key(&self) -> &L::Key {
        &self.key
    }

    /// Returns the key of the row, owned.
    #[must_use]
    pub fn into_key(self) -> L::Key {
        self.key
    }

    /// Returns when the change was made, in whole milliseconds, by the clock of the machine that wrote it.
    #[must_use]
    pub fn time(&self) -> SystemTime {
        let since = Duration::from_millis(self.millis);
        SystemTime::UNIX_EPOCH.checked_add(since).unwrap_or(SystemTime::UNIX_EPOCH)
    }

    /// Reads the row of the feed of `table` under `number`.
    pub(super) fn read<A>(table: &Table<L, A>, number: &[u8], value: &[u8]) -> Result<Self> {
        let entry = &table.shared.entry;
        let feed = || entry.feed_table().name().to_owned();
        let corrupt =
            |damage| StorageError::corrupt_row(&feed(), ReportedKey::untyped(number), damage);
        let read = Stamp::read(entry.seals().feed(), number, value).map_err(corrupt)?;
        let Some((Stamp { millis, kind }, of_row)) = read else {
            return Err(StorageError::Newer { table: feed(), what: "a change".to_owned() });
        };
        let decoded = key::decode::<L::Key>(of_row).map_err(|error| corrupt(error.into()))?;
        let number = <[u8; 8]>::try_from(number).map_or(0, u64::from_be_bytes);
        Ok(Self { number, kind, millis, key: L::Key::from_ref(decoded) })
    }
}

impl<L: Row> fmt::Debug for FeedChange<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FeedChange")
            .field("number", &self.number)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

/// What stands before the key of the row.
pub(super) struct Stamp {
    pub(super) millis: u64,
    pub(super) kind: ChangeKind,
}

impl Stamp {
    /// Replaces the content of `out` with what is stored for the change of the row under `key`.
    pub(super) fn write(&self, seal: Seal, number: &[u8], key: &[u8], out: &mut Vec<u8>) {
        let kind = match self.kind {
            ChangeKind::Inserted => 0,
            ChangeKind::Updated => 1,
            ChangeKind::Removed => 2,
        };
        out.clear();
        out.extend(self.millis.to_be_bytes());
        out.push(kind);
        out.extend_from_slice(key);
        seal.close(number, out);
    }

    /// The change and the key of the row; `None` if it is not understood, though it is what was written.
    pub(super) fn read<'v>(
        seal: Seal,
        number: &[u8],
        value: &'v [u8],
    ) -> Result<Option<(Self, &'v [u8])>, Damage> {
        let body = seal.verified(number, value)?;
        Ok(body.split_first_chunk().and_then(|(millis, rest)| {
            let (kind, key) = rest.split_first()?;
            let kind = match kind {
                0 => ChangeKind::Inserted,
                1 => ChangeKind::Updated,
                2 => ChangeKind::Removed,
                _ => return None,
            };
            Some((Self { millis: u64::from_be_bytes(*millis), kind }, key))
        }))
    }
}

/// The present time in milliseconds since 1970.
pub(super) fn now() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    u64::try_from(since.unwrap_or_default().as_millis()).invariant("no clock goes so far")
}
