//! Rows one after the other: in which order, from where, how many, which of them.

use super::{
    Access, KeyAndValue, PageToken, Pair, Row, Stored, Table,
    form::{Form, StoredValue},
    walk::Walk,
};
use crate::{
    backend::{Bytes, KeyBytes},
    codec::{Codec, Trust},
    error::{Damage, Result},
    key::{ByteRange, Key},
    project::{self, All, And, Filter, Predicate},
    record::{FieldRecord, StoredRecord},
};
use std::{fmt, iter::FusedIterator, marker::PhantomData, ops::ControlFlow, sync::Arc};

/// An iterator over rows in the order of their keys, or of an index.
///
/// It holds the committed state it reads, so it sees no later write, and each row is checked as it comes. Say what
/// you want before you take the first row: [`rev`](Self::rev), [`filter`](Self::filter), [`limit`](Self::limit),
/// [`after`](Self::after), [`select`](Self::select).
///
/// # Errors are items
///
/// Each item is a `Result`. After an error about one row the next row comes; after one of the engine, and after the
/// last row, only `None` comes. `for row in rows { let row = row?; .. }` and `collect::<Result<Vec<_>>>()` stop at the
/// first error. So do [`count`](Self::count), which is not that of [`Iterator`], and `last` and `nth`. The adapters of
/// the standard library know no errors: `skip(2)` passes over one as over a row, and `map(..).count()` counts it.
///
/// # Inside a write transaction
///
/// Inside a write transaction it reads ahead a batch at a time, and the transaction may write between two rows: what
/// is written meanwhile in front of it may be seen or not. So to move what an index walks, collect the keys first:
/// a record that moves on ahead is met again.
#[must_use = "rows are read when they are asked for, and not before"]
pub struct Rows<L: Row, A: Access, F = All> {
    walk: Walk<A::State>,
    trust: Trust,
    filter: F,
    remaining: u64,
    row: PhantomData<fn() -> L>,
}

impl<L: Row, A: Access> Rows<L, A> {
    /// The rows in `range`, of the table or of its index of this number.
    pub(super) fn new(table: &Table<L, A>, index: Option<usize>, range: ByteRange) -> Result<Self> {
        let walk = Walk::new(table.held(index)?, Arc::clone(&table.shared), index, range);
        Ok(Self { walk, trust: table.trust, filter: All, remaining: u64::MAX, row: PhantomData })
    }
}

impl<L: Row, A: Access, F> Rows<L, A, F> {
    /// From the other end.
    pub fn rev(mut self) -> Self {
        self.walk.turn();
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
    /// A token belongs to a table or index, to the prefix or range that was asked for, and to the direction; any other
    /// rows refuse it. It does not know the [`filter`](Self::filter): with another one, the rows that this one lets
    /// through follow, from behind the same row on. A token outlives changes of the record's type that leave the type
    /// of the key as it is.
    ///
    /// # Errors
    ///
    /// [`StorageError::PageToken`](crate::StorageError::PageToken) when the token is of another table, index, prefix,
    /// range or direction, or is damaged.
    pub fn after(mut self, token: &PageToken) -> Result<Self> {
        self.walk.start_after(token, self.form().token_seal())?;
        Ok(self)
    }

    /// A token at the last row taken, to go on [`after`](Self::after) it: now, or when the store is opened again.
    ///
    /// When no row was taken it is the token that the rows began after, or `None`.
    #[must_use]
    pub fn page_token(&self) -> Option<PageToken> {
        self.walk.page_token(self.form().token_seal())
    }

    /// What the bytes of the rows are made of.
    #[inline]
    fn form(&self) -> Form<'_, L> {
        Form::new(&self.walk.shared().entry, self.trust)
    }
}

impl<R: StoredRecord, A: Access, F: Filter<R>> Rows<R, A, F> {
    /// Returns the number of records that are left. Of each it reads what the filter reads, and nothing where there is
    /// no filter; a whole table or index the engine has counted.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] hour: u32, pm25: f64 }
    /// # let storage = Storage::in_memory()?;
    /// let readings = Reading::table(&storage)?;
    /// readings.put_stream((0..24).map(|hour| Reading { hour, pm25: f64::from(hour) }))?;
    /// let r = Reading::FIELDS;
    /// assert_eq!(readings.range(6..12)?.count()?, 6);
    /// assert_eq!(readings.iter()?.filter(r.pm25.gt(20.0)).count()?, 3);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of a record. The method of [`Iterator`] would count it as one.
    pub fn count(mut self) -> Result<u64> {
        let limit = self.remaining;
        if !F::READS || limit == 0 {
            return self.walk.count(limit);
        }
        let shared = Arc::clone(self.walk.shared());
        let (form, filter) = (Form::<R>::new(&shared.entry, self.trust), &self.filter);
        let (mut count, mut outcome) = (0_u64, Ok(()));
        self.walk.pass(|_, record| {
            match record.and_then(|(key, value)| form.passes(key, value, filter)) {
                Ok(passes) => count = count.saturating_add(u64::from(passes)),
                Err(error) => outcome = Err(error),
            }
            if count < limit && outcome.is_ok() {
                ControlFlow::Continue(())
            } else {
                ControlFlow::Break(())
            }
        })?;
        outcome.map(|()| count)
    }
}

impl<K: Key, V: 'static, C: Codec<V>, A: Access> Rows<Pair<K, V, C>, A> {
    /// Returns the number of rows that are left. No value is read; a whole table the engine has counted.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put_stream([(7, "Ada".to_string()), (9, "Alan".to_string())])?;
    /// assert_eq!(names.range(8..)?.count()?, 1);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::len`].
    pub fn count(mut self) -> Result<u64> {
        self.walk.count(self.remaining)
    }
}

impl<L: Row, A: Access, F> Rows<L, A, F> {
    /// The value of the next row for which `passes` holds, not checked yet; its key is the walk's primary key. An
    /// error is about one row: the next one comes after it.
    fn advance(
        &mut self,
        passes: impl Fn(Form<'_, L>, &F, &[u8], &[u8]) -> Result<bool>,
    ) -> Option<Result<Bytes>> {
        while self.remaining > 0 {
            let value = match self.walk.next()? {
                Ok(value) => value,
                Err(error) => return Some(Err(error)),
            };
            match passes(self.form(), &self.filter, self.walk.primary_key(), &value) {
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

impl<R: StoredRecord, A: Access, F> Rows<R, A, F> {
    /// Only records for which `predicate` holds. It is asked before a record is checked, and reads only the fields
    /// it names.
    pub fn filter<P: Predicate<R>>(self, predicate: P) -> Rows<R, A, And<F, P>>
    where
        R: FieldRecord,
    {
        let Self { walk, trust, filter, remaining, row } = self;
        Rows { walk, trust, filter: And::new(filter, predicate), remaining, row }
    }

    /// The value of the next record that the filter lets through.
    pub(super) fn next_value(&mut self) -> Option<Result<Bytes>>
    where
        F: Filter<R>,
    {
        self.advance(|form, filter, key, value| form.passes(key, value, filter))
    }

    /// Remembers the row that was taken last, for a page token.
    pub(super) fn took(&mut self, key: KeyBytes) {
        self.walk.took(key);
    }
}

impl<R: FieldRecord, A: Access, F: Predicate<R>> Rows<R, A, F> {
    /// Calls `sink` with what `read` makes of every record that the filter lets through, with the key it was found by
    /// and the length of its value, until it breaks; an error of one record goes to `sink`, too. The next call goes on
    /// behind.
    ///
    /// The engine lends these rows one after the other, which costs less than holding each.
    pub(super) fn for_each_hit<T>(
        &mut self,
        mut read: impl FnMut(&project::Source<'_, R>) -> Result<T, Damage>,
        mut sink: impl FnMut(&[u8], usize, Result<T>) -> ControlFlow<()>,
    ) -> Result<()> {
        let Self { walk, trust, filter, remaining, .. } = self;
        if *remaining == 0 {
            return Ok(());
        }
        let (shared, trust) = (Arc::clone(walk.shared()), *trust);
        let form = Form::<R>::new(&shared.entry, trust);
        walk.pass(|key, record| {
            let (value_len, outcome) = match record {
                Ok((primary_key, value)) => {
                    let stored = StoredValue::InFile(value);
                    let outcome = form.with_fields(primary_key, stored, |source| {
                        if filter.test(source)? { read(source).map(Some) } else { Ok(None) }
                    });
                    (value.len(), outcome.transpose())
                }
                Err(error) => (0, Some(Err(error))),
            };
            let Some(outcome) = outcome else { return ControlFlow::Continue(()) };
            *remaining = remaining.saturating_sub(u64::from(outcome.is_ok()));
            if sink(key, value_len, outcome).is_break() || *remaining == 0 {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })
    }
}

impl<R: StoredRecord, A: Access, F: Filter<R>> Iterator for Rows<R, A, F> {
    type Item = Result<Stored<R>>;

    fn next(&mut self) -> Option<Self::Item> {
        let value = self.next_value()?;
        Some(value.and_then(|value| self.form().item(self.walk.primary_key(), value)))
    }

    fn last(self) -> Option<Self::Item> {
        last(self)
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        nth(self, n)
    }
}

impl<R: StoredRecord, A: Access, F: Filter<R>> FusedIterator for Rows<R, A, F> {}

/// The rows of a table without a derived record: each key with its value.
impl<K: Key, V: 'static, C: Codec<V>, A: Access> Iterator for Rows<Pair<K, V, C>, A> {
    type Item = Result<KeyAndValue<K, V, C>>;

    fn next(&mut self) -> Option<Self::Item> {
        let value = self.advance(|_, All, _, _| Ok(true))?;
        Some(value.and_then(|value| self.form().item(self.walk.primary_key(), value)))
    }

    fn last(self) -> Option<Self::Item> {
        last(self)
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        nth(self, n)
    }
}

impl<K: Key, V: 'static, C: Codec<V>, A: Access> FusedIterator for Rows<Pair<K, V, C>, A> {}

/// The last of `rows`, or the first error on the way to it, which [`Iterator::last`] would lose.
pub(super) fn last<T>(rows: impl Iterator<Item = Result<T>>) -> Option<Result<T>> {
    let mut last = None;
    for row in rows {
        let is_error = row.is_err();
        last = Some(row);
        if is_error {
            break;
        }
    }
    last
}

/// The next of `rows` but `n`, or the first error on the way to it, which [`Iterator::nth`] would lose.
pub(super) fn nth<T>(rows: &mut impl Iterator<Item = Result<T>>, n: usize) -> Option<Result<T>> {
    for _ in 0..n {
        if let Err(error) = rows.next()? {
            return Some(Err(error));
        }
    }
    rows.next()
}

impl<L: Row, A: Access, F> fmt::Debug for Rows<L, A, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("of", &self.walk.source_name())
            .field("is_reverse", &self.walk.is_reverse())
            .field("remaining", &self.remaining)
            .finish_non_exhaustive()
    }
}
