//! Rows one after the other: in which order, from where, how many, which of them.

use super::{
    Access, IndexTable, KeyAndValue, PageToken, Pair, Reader, Row, Selected, Stored, Table,
};
use crate::{
    backend::{ByteRow, ByteRows, ByteTable, Bytes, KeyBytes},
    codec::{Codec, Seal},
    error::{Damage, PageTokenError, Result, StorageError},
    key::{self, ByteRange, Key, KeyBuf},
    project::{self, All, And, Predicate, Projection},
    record::StoredRecord,
};
use std::{fmt, mem, ops::ControlFlow};

/// An iterator over rows in the order of their keys, or of an index.
///
/// It holds the committed state it reads, so it sees no later write, and each row is checked as it comes. Say what
/// you want before you take the first row: [`rev`](Self::rev), [`filter`](Self::filter), [`limit`](Self::limit),
/// [`after`](Self::after), [`select`](Self::select).
///
/// Inside a write transaction it reads ahead a batch at a time, and the transaction may write between two rows: what
/// is written meanwhile in front of it may be seen or not. So to move what an index walks, collect the keys first:
/// a record that moves on ahead is met again.
#[must_use = "rows are read when they are asked for, and not before"]
pub struct Rows<'a, L: Row, A, F = All> {
    table: &'a Table<L, A>,
    walk: Walk<'a>,
    filter: F,
    remaining: u64,
}

/// Where the keys come from.
#[derive(Clone, Copy)]
pub(super) enum Order<'a> {
    /// The table itself.
    Primary,
    /// An index.
    Index(&'a IndexTable),
}

/// A position in a range of keys; it begins to read when it is first asked.
struct Walk<'a> {
    reader: Reader<'a>,
    order: Order<'a>,
    range: ByteRange,
    is_reverse: bool,
    rows: Option<ByteRows<'a>>,
    after: Option<After>,
    last_key: Option<KeyBytes>,
    /// Where the primary key begins in the last key: an index entry ends with it.
    primary_start: usize,
}

/// Where a page token says to go on.
struct After {
    key: KeyBuf,
    is_reverse: bool,
}

impl<'a, L: Row, A: Access> Rows<'a, L, A> {
    pub(super) fn new(table: &'a Table<L, A>, order: Order<'a>, range: ByteRange) -> Result<Self> {
        let reader = table.access.reader()?;
        let range = if table.is_written(reader.bytes())? { range } else { ByteRange::NONE };
        let walk = Walk {
            reader,
            order,
            range,
            is_reverse: false,
            rows: None,
            after: None,
            last_key: None,
            primary_start: 0,
        };
        Ok(Self { table, walk, filter: All, remaining: u64::MAX })
    }
}

impl<L: Row, A: Access, F> Rows<'_, L, A, F> {
    /// From the other end.
    pub fn rev(mut self) -> Self {
        self.walk.is_reverse = !self.walk.is_reverse;
        self
    }

    /// At most `count` rows.
    pub const fn limit(mut self, count: u64) -> Self {
        self.remaining = count;
        self
    }

    /// Only what lies behind the row that `token` was made at. Say so after [`rev`](Self::rev), and before the first
    /// row is taken.
    ///
    /// # Errors
    ///
    /// [`StorageError::PageToken`] when the token is of another table, index, schema or direction, or is damaged.
    pub fn after(mut self, token: &PageToken) -> Result<Self> {
        let (key, is_reverse) = token
            .open(self.token_seal())
            .map_err(|reason| self.walk.token_error(self.table.byte_table(), reason))?;
        if is_reverse != self.walk.is_reverse {
            return Err(self.walk.token_error(self.table.byte_table(), PageTokenError::Direction));
        }
        self.walk.last_key = Some(key.into());
        self.walk.after = Some(After { key: key.into(), is_reverse });
        Ok(self)
    }

    /// A token at the last row taken, to go on [`after`](Self::after) it: now, or when the store is opened again.
    ///
    /// When no row was taken it is the token that the rows began after, or `None`.
    #[must_use]
    pub fn page_token(&self) -> Option<PageToken> {
        let key = self.walk.last_key.as_ref()?;
        Some(PageToken::new(key, self.token_seal(), self.walk.is_reverse))
    }

    /// What a token of these rows is sealed with: the table's layout, and the index if it is one.
    fn token_seal(&self) -> Seal {
        self.table.seal().derive(self.walk.source(self.table.byte_table()).name())
    }
}

impl<L: Row, A: Access, F> Rows<'_, L, A, F> {
    /// The value of the next row for which `passes` holds, not checked yet; its key is the walk's primary key. An
    /// error is about one row: the next one comes after it.
    fn advance(
        &mut self,
        passes: impl Fn(&Table<L, A>, &F, &[u8], &[u8]) -> Result<bool>,
    ) -> Option<Result<Bytes>> {
        while self.remaining > 0 {
            let value = match self.walk.next(self.table)? {
                Ok(value) => value,
                Err(error) => return Some(Err(error)),
            };
            match passes(self.table, &self.filter, self.walk.primary_key(), &value) {
                Ok(false) => {}
                Ok(true) => {
                    self.remaining = self.remaining.saturating_sub(1);
                    return Some(Ok(value));
                }
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }
}

impl<'a, R: StoredRecord, A: Access, F: Predicate<R>> Rows<'a, R, A, F> {
    /// Only records for which `predicate` holds. It is asked before a record is checked, and reads only the fields
    /// it names.
    pub fn filter<P: Predicate<R>>(self, predicate: P) -> Rows<'a, R, A, And<F, P>> {
        let Self { table, walk, filter, remaining } = self;
        Rows { table, walk, filter: And::new(filter, predicate), remaining }
    }

    /// Only these fields of each record: `select((a.ident, a.name))` gives `(String, String)`.
    pub fn select<P: Projection<R>>(self, projection: P) -> Selected<'a, R, A, F, P> {
        let _ = projection; // Its type says it all.
        Selected::new(self)
    }

    /// The value of the next record that the filter lets through.
    pub(super) fn next_value(&mut self) -> Option<Result<Bytes>> {
        self.advance(|table, filter, key, value| {
            table.with_source(key, value, |source| filter.test(source))
        })
    }

    /// Gives `sink` what `read` makes of every record that the filter lets through, with the key it was found by and
    /// the length of its value, until it breaks; an error of one record goes to `sink`, too. The next call goes on
    /// behind.
    ///
    /// The engine lends these rows one after the other, which costs less than holding each.
    pub(super) fn for_each_hit<T>(
        &mut self,
        mut read: impl FnMut(&project::Source<'_, R>) -> Result<T, Damage>,
        mut sink: impl FnMut(&[u8], usize, Result<T>) -> ControlFlow<()>,
    ) -> Result<()> {
        let Self { table, walk, filter, remaining } = self;
        if *remaining == 0 {
            return Ok(());
        }
        walk.resume(table.byte_table())?;
        let mut last = None;
        let mut hit = |key: &[u8], found: Result<(&[u8], &[u8])>| {
            let (value_len, outcome) = match found {
                Ok((primary_key, value)) => {
                    let outcome = table.with_source(primary_key, value, |source| {
                        if filter.test(source)? { read(source).map(Some) } else { Ok(None) }
                    });
                    (value.len(), outcome.transpose())
                }
                Err(error) => (0, Some(Err(error))),
            };
            let Some(outcome) = outcome else { return ControlFlow::Continue(()) };
            *remaining = remaining.saturating_sub(u64::from(outcome.is_ok()));
            if sink(key, value_len, outcome).is_break() || *remaining == 0 {
                last = Some(KeyBuf::from(key));
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        };
        let walked = walk.reader.walk(
            walk.source(table.byte_table()),
            &walk.range,
            walk.is_reverse,
            |key, value| {
                let Order::Index(index) = walk.order else {
                    return hit(key, Ok((key, value)));
                };
                let followed = index.follow(&walk.reader, key, value, |primary_key| {
                    walk.reader.get_with(table.byte_table(), primary_key, |value| {
                        hit(key, Ok((primary_key, value)))
                    })
                });
                match followed {
                    Ok(flow) => flow.unwrap_or(ControlFlow::Continue(())),
                    Err(error) => hit(key, Err(error)),
                }
            },
        );
        let range = mem::replace(&mut walk.range, ByteRange::NONE);
        walk.range = match last {
            Some(key) if walk.is_reverse => range.before(&key),
            Some(key) => range.after(&key),
            // Nothing is left, or nothing can be read.
            None => ByteRange::NONE,
        };
        walked
    }

    /// Remembers the row that was taken last, for a page token.
    pub(super) fn took(&mut self, key: KeyBytes) {
        self.walk.last_key = Some(key);
    }
}

impl<R: StoredRecord, A: Access, F: Predicate<R>> Iterator for Rows<'_, R, A, F> {
    type Item = Result<Stored<R>>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.next_value()? {
            Ok(value) => Some(self.table.hold(self.walk.primary_key(), value)),
            Err(error) => Some(Err(error)),
        }
    }
}

/// The rows of a table without a derived record: each key with its value.
impl<K: Key, V: 'static, C: Codec<V>, A: Access> Iterator for Rows<'_, Pair<K, V, C>, A> {
    type Item = Result<KeyAndValue<K, V, C>>;

    fn next(&mut self) -> Option<Self::Item> {
        let value = self.advance(|_, All, _, _| Ok(true))?;
        Some(value.and_then(|value| {
            let key = self.walk.primary_key();
            let decoded = key::decode::<K>(key).map(K::from_ref);
            let decoded = decoded.map_err(|error| self.table.corrupt(key, error.into()))?;
            Ok((decoded, self.table.hold(key, value)?))
        }))
    }
}

impl<'a> Walk<'a> {
    /// The table that the keys come from.
    fn source<'n>(&'n self, table: &'n ByteTable) -> &'n ByteTable {
        match self.order {
            Order::Primary => table,
            Order::Index(index) => index.byte_table(),
        }
    }

    /// The value of the next record; a row stands for itself, or for the record that an index entry points to.
    fn next<L: Row, A: Access>(&mut self, table: &Table<L, A>) -> Option<Result<Bytes>> {
        loop {
            let ByteRow { key, value } = match self.step(table.byte_table()) {
                Ok(row) => row?,
                Err(error) => return Some(Err(error)),
            };
            let key = self.last_key.insert(key);
            let Order::Index(index) = self.order else { return Some(Ok(value)) };
            let found = index.follow(&self.reader, key, &value, |primary_key| {
                self.primary_start = key.len().saturating_sub(primary_key.len());
                self.reader.bytes().get(table.byte_table(), primary_key)
            });
            if let Some(found) = found.transpose() {
                return Some(found);
            }
        }
    }

    /// The primary key of the row that was taken last.
    fn primary_key(&self) -> &[u8] {
        let key = self.last_key.as_deref().unwrap_or_default();
        key.get(self.primary_start..).unwrap_or_default()
    }

    fn step(&mut self, table: &ByteTable) -> Result<Option<ByteRow>> {
        if self.rows.is_none() {
            // What cannot begin has no rows: the error comes once.
            self.rows = Some(ByteRows::empty());
            self.rows = Some(self.begin(table)?);
        }
        let Some(rows) = &mut self.rows else { return Ok(None) };
        if self.is_reverse { rows.next_back() } else { rows.next() }.transpose()
    }

    fn begin(&mut self, table: &ByteTable) -> Result<ByteRows<'a>> {
        self.resume(table)?;
        self.reader.rows(self.source(table), &self.range)
    }

    /// Leaves out of the range what a page token says was read.
    fn resume(&mut self, table: &ByteTable) -> Result<()> {
        if let Some(After { key, is_reverse }) = self.after.take() {
            if is_reverse != self.is_reverse {
                return Err(self.token_error(table, PageTokenError::Direction));
            }
            let range = mem::replace(&mut self.range, ByteRange::NONE);
            self.range = if is_reverse { range.before(&key) } else { range.after(&key) };
        }
        Ok(())
    }

    #[cold]
    fn token_error(&self, table: &ByteTable, reason: PageTokenError) -> StorageError {
        StorageError::PageToken { source_name: self.source(table).name().to_owned(), reason }
    }
}

impl<L: Row, A, F> fmt::Debug for Rows<'_, L, A, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("table", &self.table)
            .field("is_reverse", &self.walk.is_reverse)
            .field("remaining", &self.remaining)
            .finish_non_exhaustive()
    }
}

impl<'a, R: StoredRecord, A> Table<R, A> {
    /// Runs `read` on the fields of a stored value.
    pub(super) fn with_source<T>(
        &'a self,
        key: &[u8],
        value: &[u8],
        read: impl FnOnce(&project::Source<'_, R>) -> Result<T, Damage>,
    ) -> Result<T> {
        let frame = self.seal().open(key, value).map_err(|damage| self.corrupt(key, damage))?;
        read(&project::open::<R>(&frame)).map_err(|damage| self.corrupt(key, damage))
    }
}
