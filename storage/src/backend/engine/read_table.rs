//! An open table of a snapshot, whatever the length of its keys.

use super::{
    contain::Health,
    error::engine_error,
    fixed_key::{self, ByteKey, OpenAs},
    page::{Page, ValueBytes, touch},
    range::{Bounds, End},
};
use crate::{
    backend::{ByteRow, ByteTable, Bytes, KeyBytes, TableStats, VisitMany, snapshot::Ticket},
    error::{Action, Result},
};
use redb::{
    AccessGuard, OwnedAccessGuard, OwnedRange, ReadOnlyTable, ReadableTable, ReadableTableMetadata,
    TableDefinition, TableError,
};
use std::{
    cell::Cell,
    cmp::Ordering,
    ops::{Bound, ControlFlow},
    sync::Arc,
};

/// A row in its page.
type PageRow<'t, K> = (AccessGuard<'t, K>, AccessGuard<'t, ValueBytes>);

/// What is called for every row of a walk, until it breaks.
pub(crate) type Visit<'v> = dyn FnMut(&[u8], &[u8]) -> ControlFlow<()> + 'v;

/// An open table. Only bytes leave it; its calls may panic at a damaged page.
pub(crate) trait ReadTable: Send + Sync {
    fn get(&self, key: &[u8]) -> redb::Result<Option<AccessGuard<'_, ValueBytes>>>;

    fn get_owned(&self, key: &[u8]) -> redb::Result<Option<Page>>;

    /// Calls `visit` with each key and its value, until it breaks. The engine's calls are contained; `keys` and
    /// `visit` are not.
    fn get_many(
        &self,
        keys: &mut dyn Iterator<Item = &[u8]>,
        contain: Contain<'_>,
        visit: &mut VisitMany<'_>,
    ) -> Result<()>;

    fn edge(
        &self,
        bounds: Bounds<'_>,
        end: End,
        ticket: &Arc<Ticket>,
    ) -> redb::Result<Option<ByteRow>>;

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
pub(crate) trait Range: Send {
    /// The next row from `end`.
    fn row(&mut self, end: End, ticket: &Arc<Ticket>) -> redb::Result<Option<ByteRow>>;

    /// The next row's key from `end`.
    fn key(&mut self, end: End) -> redb::Result<Option<KeyBytes>>;
}

/// Where an error is put down to.
#[derive(Clone, Copy)]
pub(crate) struct Contain<'a> {
    pub(crate) health: &'a Health,
    pub(crate) table: &'a str,
}

impl Contain<'_> {
    /// Contained as a whole, which costs less than row by row.
    fn call<T>(
        self,
        action: Action,
        is_elsewhere: &Cell<bool>,
        call: impl FnOnce() -> redb::Result<T>,
    ) -> Result<T> {
        let call = || call().map_err(engine_error(action, Some(self.table)));
        self.health.contain_unless(is_elsewhere, action, Some(self.table), call)
    }
}

/// Opens `table`; `None` when nobody has written to it.
pub(crate) fn open(
    transaction: &redb::ReadTransaction,
    table: &ByteTable,
) -> Result<Option<Box<dyn ReadTable>>> {
    match fixed_key::open(table.key_len(), &ReadOpener { transaction, table }) {
        Ok(open) => Ok(Some(open)),
        Err(TableError::TableDoesNotExist(_)) => Ok(None),
        Err(error) => Err(engine_error(Action::OpenTable, Some(table.name()))(error)),
    }
}

struct ReadOpener<'a> {
    transaction: &'a redb::ReadTransaction,
    table: &'a ByteTable,
}

impl OpenAs for ReadOpener<'_> {
    type Table = Box<dyn ReadTable>;

    fn open_as<K: ByteKey>(&self) -> Result<Self::Table, TableError> {
        let definition = TableDefinition::<K, ValueBytes>::new(self.table.name());
        Ok(Box::new(self.transaction.open_table(definition)?))
    }
}

impl<K: ByteKey> ReadTable for ReadOnlyTable<K, ValueBytes> {
    fn get(&self, key: &[u8]) -> redb::Result<Option<AccessGuard<'_, ValueBytes>>> {
        // Handed on whole: to take it apart and put it together again moves it twice.
        let found = ReadableTable::get(self, key);
        if let Ok(Some(value)) = &found {
            touch(value.value());
        }
        found
    }

    fn get_owned(&self, key: &[u8]) -> redb::Result<Option<Page>> {
        Ok(self.get_owned(key)?.map(Page::new))
    }

    fn get_many(
        &self,
        keys: &mut dyn Iterator<Item = &[u8]>,
        contain: Contain<'_>,
        visit: &mut VisitMany<'_>,
    ) -> Result<()> {
        let is_elsewhere = Cell::new(true);
        contain.call(Action::ReadValue, &is_elsewhere, || {
            for key in keys {
                is_elsewhere.set(false);
                let value = ReadableTable::get(self, key)?;
                let value = value.as_ref().map(AccessGuard::value);
                is_elsewhere.set(true);
                if visit(key, value).is_break() {
                    break;
                }
            }
            Ok(())
        })
    }

    fn edge(
        &self,
        bounds: Bounds<'_>,
        end: End,
        ticket: &Arc<Ticket>,
    ) -> redb::Result<Option<ByteRow>> {
        self.range_owned::<&[u8]>(bounds)?.row(end, ticket)
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
        let is_visiting = Cell::new(false);
        let mut visit = |key: &[u8], value: &[u8]| {
            is_visiting.set(true);
            let flow = visit(key, value);
            is_visiting.set(false);
            flow
        };
        let is_in_order = contain.call(Action::ReadRange, &is_visiting, || match end {
            End::Front => {
                let mut cursor = self.lower_bound(lower)?;
                pass(|| cursor.next(), Ordering::Greater, lower, upper, &mut visit)
            }
            End::Back => {
                let mut cursor = self.upper_bound(upper)?;
                pass(|| cursor.prev(), Ordering::Less, upper, lower, &mut visit)
            }
        })?;
        if is_in_order { Ok(()) } else { Err(contain.health.misplaced(contain.table)) }
    }

    fn measure(&self, name: &str) -> redb::Result<TableStats> {
        Ok(table_stats(name.to_owned(), ReadableTableMetadata::len(self)?, &self.stats()?))
    }

    fn len(&self) -> redb::Result<u64> {
        ReadableTableMetadata::len(self)
    }
}

/// Calls `visit` for the rows that `next` returns, from the bound `first` to the bound `last`; `false` when a row does
/// not lie behind the one before it, where `behind` is how it should compare.
///
/// The engine trusts its pages: a damaged one can lead a range to rows that lie elsewhere, or to the same rows again.
#[inline]
fn pass<'t, K: ByteKey>(
    mut next: impl FnMut() -> redb::Result<Option<PageRow<'t, K>>>,
    behind: Ordering,
    first: Bound<&[u8]>,
    last: Bound<&[u8]>,
    visit: &mut impl FnMut(&[u8], &[u8]) -> ControlFlow<()>,
) -> redb::Result<bool> {
    // Whether `key` lies on that side of `bound`.
    let is_within = |bound: Bound<&[u8]>, key: &[u8], side: Ordering| match bound {
        Bound::Included(bound) => K::compare(key, bound) != side.reverse(),
        Bound::Excluded(bound) => K::compare(key, bound) == side,
        Bound::Unbounded => true,
    };
    let mut before: Option<K::Copy> = None;
    while let Some((key, value)) = next()? {
        let key = key.value();
        if !is_within(last, key, behind.reverse()) {
            break;
        }
        let is_in_order = match &before {
            Some(before) => K::compare(key, before.as_ref()) == behind,
            None => is_within(first, key, behind),
        };
        if !is_in_order {
            return Ok(false);
        }
        if visit(key, value.value()).is_break() {
            break;
        }
        K::copy(key, before.get_or_insert_default());
    }
    Ok(true)
}

impl<K: ByteKey> Range for OwnedRange<K, ValueBytes> {
    fn row(&mut self, end: End, ticket: &Arc<Ticket>) -> redb::Result<Option<ByteRow>> {
        let Some((key, value)) = step(self, end)? else { return Ok(None) };
        let value = Bytes::in_page(Page::new(value), ticket);
        Ok(Some(ByteRow { key: KeyBytes::from(key.value()), value }))
    }

    fn key(&mut self, end: End) -> redb::Result<Option<KeyBytes>> {
        Ok(step(self, end)?.map(|(key, _)| KeyBytes::from(key.value())))
    }
}

/// A row in its page, which outlives the table.
type OwnedRow<K> = (OwnedAccessGuard<K>, OwnedAccessGuard<ValueBytes>);

fn step<K: ByteKey>(
    range: &mut OwnedRange<K, ValueBytes>,
    end: End,
) -> redb::Result<Option<OwnedRow<K>>> {
    let next = match end {
        End::Front => range.next(),
        End::Back => range.next_back(),
    };
    next.transpose()
}

fn table_stats(table: String, row_count: u64, stats: &redb::TableStats) -> TableStats {
    TableStats {
        table,
        row_count,
        stored_len: stats.stored_bytes(),
        metadata_len: stats.metadata_bytes(),
        unused_len: stats.fragmented_bytes(),
        tree_height: stats.tree_height(),
    }
}
