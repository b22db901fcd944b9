//! Rows one after the other: in which order, from where, how many, which of them.

use super::{
    Access, KeyAndValue, Pair, Row, Stored, Table, View,
    form::{Form, StoredValue},
    passing::{Passing, last, nth},
    row::Owned,
    sieve::Sieve,
    walk::Walk,
};
use crate::{
    backend::{Bytes, KeyBytes},
    codec::{Codec, Trust},
    error::{Damage, Result, StorageError},
    invariant::Invariant as _,
    key::{ByteRange, Key},
    project::{self, All, And, Filter, Predicate},
    record::{FieldRecord, StoredRecord},
};
use std::{fmt, iter::FusedIterator, ops::ControlFlow, sync::Arc};

/// An iterator over rows in the order of their keys, or of an index.
///
/// It holds a snapshot, so it sees no later write, and checks each row as it is read. Call [`rev`](Self::rev),
/// [`filter`](Self::filter), [`limit`](Self::limit), [`after`](Self::after) and [`select`](Self::select) before the
/// first row is taken.
///
/// # Errors are items
///
/// Each item is a `Result`. After an error about one row, iteration continues with the next row; after an error of the
/// engine it ends. `for row in rows { let row = row?; .. }` and `collect::<Result<Vec<_>>>()` stop at the first error.
/// So do `last` and [`count`](Self::count), which replaces the method of [`Iterator`]. `nth` skips rows and returns the
/// first error among them, and again as the next item, so `skip(20).collect::<Result<Vec<_>>>()` fails, too. Other
/// adapters of the standard library do not treat errors specially: `map(..).count()` counts an error as a row.
///
/// # Inside a write transaction
///
/// Inside a write transaction it reads a batch ahead, and the transaction may write between two rows: rows written
/// ahead of the iterator may or may not be seen. If you change the indexed field while iterating over that index,
/// collect the keys first, or a record may be visited twice.
#[must_use = "rows are read when they are asked for, and not before"]
pub struct Rows<L: Row, A: Access, F = All> {
    pub(super) access: A,
    pub(super) walk: Walk<A::State>,
    pub(super) trust: Trust,
    pub(super) sieve: Sieve<L, F>,
    /// The error that `nth` has returned, which is to be returned again.
    again: Option<StorageError>,
}

impl<L: Row, A: Access> Rows<L, A> {
    /// The rows in `range`, of the table or of its index of this number.
    pub(super) fn new(table: &Table<L, A>, index: Option<usize>, range: ByteRange) -> Result<Self> {
        let walk = Walk::new(table.held(index)?, Arc::clone(&table.shared), index, range);
        Ok(Self {
            access: table.access.clone(),
            walk,
            trust: table.trust,
            sieve: Sieve::new(All),
            again: None,
        })
    }
}

impl<L: Row, A: Access, F> Rows<L, A, F> {
    /// What the bytes of the rows are made of.
    #[inline]
    pub(super) fn form(&self) -> Form<'_, L> {
        Form::new(&self.walk.shared().entry, self.trust)
    }
}

impl<L: Row, A: Access, F: Filter<L>> Rows<L, A, F> {
    /// Returns the number of remaining rows. Reads only the fields that the filter needs; without a filter no value is
    /// read, and a whole table or index is not even walked.
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
    /// The first error of a row.
    pub fn count(mut self) -> Result<u64> {
        if self.sieve.is_blind() || self.sieve.remaining == 0 {
            return self.walk.count(self.sieve.remaining);
        }
        let mut count: u64 = 0;
        self.sieve.pass(&mut self.walk, self.trust, |_, _| {
            count = count.saturating_add(1);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(count)
    }

    /// Returns the keys of the remaining rows, for example to change the rows afterwards.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] station: String, #[store(key)] hour: u32, pm25: f64 }
    /// # let storage = Storage::in_memory()?;
    /// # let readings = Reading::table(&storage)?;
    /// # readings.put_stream((0..5).map(|hour| Reading { station: "Dingling".into(), hour, pm25: 9.0 }))?;
    /// let keys = readings.prefix(("Dingling", 2..4))?.keys()?;
    /// assert_eq!(keys, [("Dingling".to_string(), 2), ("Dingling".to_string(), 3)]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of a row.
    pub fn keys(mut self) -> Result<Vec<L::Key>> {
        let shared = Arc::clone(self.walk.shared());
        let form = Form::<L>::new(&shared.entry, self.trust);
        let mut keys = Vec::new();
        self.sieve.pass(&mut self.walk, self.trust, |key, _| {
            keys.push(L::Key::from_ref(form.decode_key(key)?));
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(keys)
    }

    /// The value of the next row that is wanted, not checked yet; its key is the walk's primary key. An error is about
    /// one row: the next one comes after it.
    pub(super) fn next_value(&mut self) -> Option<Result<Bytes>> {
        while self.sieve.remaining > 0 {
            let value = match self.walk.next()? {
                Ok(value) => value,
                Err(error) => return Some(Err(error)),
            };
            match self.sieve.wants(self.form(), self.walk.primary_key(), &value) {
                Ok(false) => {}
                Ok(true) => {
                    self.sieve.count_one();
                    return Some(Ok(value));
                }
                Err(error) => return Some(Err(error)),
            }
        }
        None
    }
}

impl<L: Row, A: Access, F> Rows<L, A, F> {
    /// Keeps only rows for which `question` returns `true`. The whole row is checked for its view: if a few fields are
    /// enough, [`filter`](Self::filter) costs less.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "words")]
    /// # struct Word { #[store(key)] word: String, count: u32 }
    /// # let storage = Storage::in_memory()?;
    /// let words = Word::table(&storage)?;
    /// words.put_stream(["level", "sea"].map(|word| Word { word: word.into(), count: 3 }))?;
    /// let is_palindrome = |word: &str| word.chars().rev().eq(word.chars());
    /// assert_eq!(words.iter()?.filter_view(move |word| is_palindrome(&word.word)).count()?, 1);
    ///
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put(7, &"Ada".to_string())?;
    /// assert_eq!(names.iter()?.filter_view(|name| name.len() > 3).count()?, 0);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    #[doc(alias("filter_map", "closure", "retain"))]
    pub fn filter_view(
        mut self,
        question: impl for<'v> Fn(View<'v, L>) -> bool + Send + 'static,
    ) -> Self {
        self.sieve.ask(Box::new(question));
        self
    }

    /// Takes back `count` rows that were read, and not taken, since `left` was left.
    pub(super) fn put_back(&mut self, count: usize, left: ByteRange) {
        self.walk.go_back(left);
        let count = u64::try_from(count).invariant("a length in memory fits 64 bits");
        self.sieve.remaining = self.sieve.remaining.saturating_add(count);
    }

    /// Remembers the row that was taken last, for a page token.
    pub(super) fn took(&mut self, key: KeyBytes) {
        self.walk.took(key);
    }
}

impl<R: StoredRecord, A: Access, F> Rows<R, A, F> {
    /// Keeps only records that match `predicate`. It is evaluated before the whole record is checked, and reads only
    /// the fields it names.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let a = Airport::FIELDS;
    /// let high_swiss = airports.iter()?.filter(a.country.eq("CH") & a.elevation_ft.gt(5000));
    /// assert_eq!(high_swiss.keys()?, ["LSEZ"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn filter<P: Predicate<R>>(self, predicate: P) -> Rows<R, A, And<F, P>>
    where
        R: FieldRecord,
    {
        let Self { access, walk, trust, sieve, again } = self;
        let sieve = sieve.with_filter(|filter| And::new(filter, predicate));
        Rows { access, walk, trust, sieve, again }
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
        let Self { walk, trust, sieve, .. } = self;
        if sieve.remaining == 0 {
            return Ok(());
        }
        let (shared, trust) = (Arc::clone(walk.shared()), *trust);
        let form = Form::<R>::new(&shared.entry, trust);
        walk.pass(|key, record| {
            let (value_len, outcome) = match record {
                Ok((primary_key, value)) => {
                    let stored = || StoredValue::InFile(value);
                    let outcome = match sieve.has_questions() {
                        false => form.with_fields(primary_key, stored(), |source| {
                            if sieve.filter.test(source)? {
                                read(source).map(Some)
                            } else {
                                Ok(None)
                            }
                        }),
                        true => sieve.is_wanted(form, primary_key, value).and_then(|is_wanted| {
                            let read = || form.with_fields(primary_key, stored(), &mut read);
                            is_wanted.then(read).transpose()
                        }),
                    };
                    (value.len(), outcome.transpose())
                }
                Err(error) => (0, Some(Err(error))),
            };
            let Some(outcome) = outcome else { return ControlFlow::Continue(()) };
            if outcome.is_ok() {
                sieve.count_one();
            }
            if sink(key, value_len, outcome).is_break() || sieve.remaining == 0 {
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        })
    }
}

impl<R: StoredRecord, A: Access, F: Filter<R>> Iterator for Rows<R, A, F> {
    type Item = Result<Stored<R>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.again.take() {
            return Some(Err(error));
        }
        let value = self.next_value()?;
        Some(value.and_then(|value| self.form().item(self.walk.primary_key(), value)))
    }

    fn last(self) -> Option<Self::Item> {
        last(self)
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        nth(self, n, Self::next)
    }
}

impl<R: StoredRecord, A: Access, F: Filter<R>> FusedIterator for Rows<R, A, F> {}

/// The rows of a table without a derived record: each key with its value.
impl<K: Key, V: 'static, C: Codec<V>, A: Access> Iterator for Rows<Pair<K, V, C>, A> {
    type Item = Result<KeyAndValue<K, V, C>>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.again.take() {
            return Some(Err(error));
        }
        let value = self.next_value()?;
        Some(value.and_then(|value| self.form().item(self.walk.primary_key(), value)))
    }

    fn last(self) -> Option<Self::Item> {
        last(self)
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        nth(self, n, Self::next)
    }
}

impl<K: Key, V: 'static, C: Codec<V>, A: Access> FusedIterator for Rows<Pair<K, V, C>, A> {}

impl<L: Row, A: Access, F> Passing for Rows<L, A, F> {
    type Error = StorageError;

    fn again(&mut self) -> &mut Option<StorageError> {
        &mut self.again
    }

    fn shared(error: &StorageError) -> StorageError {
        error.shared()
    }
}

impl<L: Row, A: Access, F: Filter<L>> Rows<L, A, F> {
    /// Returns the rows that are left as owned values, each with its key where it does not carry it.
    ///
    /// ```
    /// # use storage::Storage;
    /// # let storage = Storage::in_memory()?;
    /// let names = storage.new_rkyv_table::<u64, String>("names");
    /// names.put_stream([(7, "Ada".to_string()), (9, "Alan".to_string())])?;
    /// assert_eq!(names.range(8..)?.load_all()?, [(9, "Alan".into())]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of a row.
    #[doc(alias("collect", "to_vec"))]
    pub fn load_all(mut self) -> Result<Vec<L::Keyed<Owned<L>>>> {
        let shared = Arc::clone(self.walk.shared());
        let form = Form::<L>::new(&shared.entry, self.trust);
        let mut rows = Vec::new();
        self.sieve.pass(&mut self.walk, self.trust, |key, value| {
            rows.push(form.owned_item(key, value)?);
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(rows)
    }
}

impl<L: Row, A: Access, F> fmt::Debug for Rows<L, A, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows")
            .field("of", &self.walk.source_name())
            .field("is_reverse", &self.walk.is_reverse())
            .field("remaining", &self.sieve.remaining)
            .finish_non_exhaustive()
    }
}
