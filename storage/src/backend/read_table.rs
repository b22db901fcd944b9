//! An open table of a snapshot, whatever the length of its keys.

use super::{
    ByteTable, Bytes, KeyBytes, TableStats,
    contain::Health,
    engine_error,
    fixed_key::{self, ByteKey, OpenAs},
    readers::Ticket,
    remaining::Remaining,
    rows::End,
};
use crate::error::Result;
use redb::{
    AccessGuard, OwnedAccessGuard, ReadOnlyTable, ReadableTable, ReadableTableMetadata,
    TableDefinition, TableError,
};
use std::{
    ops::{Bound, ControlFlow},
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    sync::Arc,
};

/// What every value is to the engine.
pub(super) type Value = &'static [u8];

/// The keys between two bounds.
pub(super) type Bounds<'k> = (Bound<&'k [u8]>, Bound<&'k [u8]>);

/// What is called for every row of a walk, until it breaks.
pub(super) type Visit<'v> = dyn FnMut(&[u8], &[u8]) -> ControlFlow<()> + 'v;

/// An open table. What it gives of the engine is bytes; its calls may panic at a damaged page.
pub(super) trait ReadTable: Send + Sync {
    fn get(&self, key: &[u8]) -> redb::Result<Option<AccessGuard<'_, Value>>>;

    fn get_owned(&self, key: &[u8]) -> redb::Result<Option<OwnedAccessGuard<Value>>>;

    fn range(&self, bounds: Bounds<'_>) -> redb::Result<Box<dyn Range>>;

    /// Calls `visit` for the rows between two bounds, from one end. The engine's calls are contained; `visit` is not.
    fn walk(
        &self,
        bounds: Bounds<'_>,
        end: End,
        contain: Contain<'_>,
        visit: &mut Visit<'_>,
    ) -> Result<()>;

    fn measure(&self, name: &str) -> redb::Result<TableStats>;

    fn len(&self) -> redb::Result<u64>;
}

/// Rows of a snapshot that outlive the table.
pub(super) trait Range: Send {
    fn step(&mut self, end: End) -> redb::Result<Option<(KeyBytes, OwnedAccessGuard<Value>)>>;
}

/// Where an error is put down to.
#[derive(Clone, Copy)]
pub(super) struct Contain<'a> {
    pub(super) health: &'a Health,
    pub(super) table: &'a str,
}

impl Contain<'_> {
    fn range<T>(self, call: impl FnOnce() -> redb::Result<T>) -> Result<T> {
        let action = "read a range";
        let call = || call().map_err(engine_error(action, Some(self.table)));
        self.health.contain(action, Some(self.table), call)
    }
}

/// Opens `table`; `None` when nobody has written to it.
pub(super) fn open(
    transaction: &redb::ReadTransaction,
    table: &ByteTable,
) -> Result<Option<Box<dyn ReadTable>>> {
    match fixed_key::open(table, &Opener { transaction, table }) {
        Ok(open) => Ok(Some(open)),
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(engine_error("open the table", Some(table.name()))(error)),
    }
}

struct Opener<'a> {
    transaction: &'a redb::ReadTransaction,
    table: &'a ByteTable,
}

impl OpenAs for Opener<'_> {
    type Table = Box<dyn ReadTable>;

    fn open_as<K: ByteKey>(&self) -> Result<Self::Table, TableError> {
        let definition = TableDefinition::<K, Value>::new(self.table.name());
        Ok(Box::new(self.transaction.open_table(definition)?))
    }
}

impl<K: ByteKey> ReadTable for ReadOnlyTable<K, Value> {
    fn get(&self, key: &[u8]) -> redb::Result<Option<AccessGuard<'_, Value>>> {
        // Handed on whole: to take it apart and put it together again moves it twice.
        let found = ReadableTable::get(self, key);
        if let Ok(Some(value)) = &found {
            touch(value.value());
        }
        found
    }

    fn get_owned(&self, key: &[u8]) -> redb::Result<Option<OwnedAccessGuard<Value>>> {
        let value = self.get_owned(key)?;
        Ok(value.inspect(|value| touch(value.value())))
    }

    fn range(&self, bounds: Bounds<'_>) -> redb::Result<Box<dyn Range>> {
        Ok(Box::new(self.range_owned::<&[u8]>(bounds)?))
    }

    fn walk(
        &self,
        (lower, upper): Bounds<'_>,
        end: End,
        contain: Contain<'_>,
        visit: &mut Visit<'_>,
    ) -> Result<()> {
        // Contained as a whole, which costs less than row by row; a panic of `visit` is put aside and goes on.
        let (mut own_panic, mut is_misplaced) = (None, false);
        let mut remaining = Remaining::new(lower, upper);
        let mut visit = |key: &[u8], value: &[u8]| {
            if !remaining.take(key, end) {
                is_misplaced = true;
                return ControlFlow::Break(());
            }
            catch_unwind(AssertUnwindSafe(|| visit(key, value))).unwrap_or_else(|panic| {
                own_panic = Some(panic);
                ControlFlow::Break(())
            })
        };
        let walked = contain.range(|| match end {
            End::Front => {
                let mut cursor = self.lower_bound(lower)?;
                while let Some((key, value)) = cursor.next()? {
                    let key = key.value();
                    if !is_below(key, upper) || visit(key, value.value()).is_break() {
                        break;
                    }
                }
                Ok(())
            }
            End::Back => {
                let mut cursor = self.upper_bound(upper)?;
                while let Some((key, value)) = cursor.prev()? {
                    let key = key.value();
                    if !is_above(key, lower) || visit(key, value.value()).is_break() {
                        break;
                    }
                }
                Ok(())
            }
        });
        match own_panic {
            Some(panic) => resume_unwind(panic),
            None if is_misplaced => Err(contain.health.misplaced(contain.table)),
            None => walked,
        }
    }

    fn measure(&self, name: &str) -> redb::Result<TableStats> {
        Ok(TableStats::new(name.to_owned(), ReadableTableMetadata::len(self)?, &self.stats()?))
    }

    fn len(&self) -> redb::Result<u64> {
        ReadableTableMetadata::len(self)
    }
}

fn is_below(key: &[u8], upper: Bound<&[u8]>) -> bool {
    match upper {
        Bound::Included(upper) => key <= upper,
        Bound::Excluded(upper) => key < upper,
        Bound::Unbounded => true,
    }
}

fn is_above(key: &[u8], lower: Bound<&[u8]>) -> bool {
    match lower {
        Bound::Included(lower) => key >= lower,
        Bound::Excluded(lower) => key > lower,
        Bound::Unbounded => true,
    }
}

impl<K: ByteKey> Range for redb::OwnedRange<K, Value> {
    fn step(&mut self, end: End) -> redb::Result<Option<(KeyBytes, OwnedAccessGuard<Value>)>> {
        let next = match end {
            End::Front => self.next(),
            End::Back => self.next_back(),
        };
        let row = next.transpose()?.map(|(key, value)| (KeyBytes::from(key.value()), value));
        Ok(row.inspect(|(_, value)| touch(value.value())))
    }
}

/// Called where a panic is contained: on a damaged page the engine may find that bytes lie outside it, and it looks
/// for them whenever it is asked for them. What it has found once it finds again.
fn touch(_: &[u8]) {}

/// A value in a page, with what keeps the page.
pub(super) fn hold(guard: OwnedAccessGuard<Value>, ticket: &Arc<Ticket>) -> Bytes {
    Bytes::page(guard, Some(Arc::clone(ticket)))
}
