//! Reading all rows on several threads: `par_scan`, `par_select`.
//!
//! ```text
//! keys      first ────┬──────┬───┬────────┬──── last      interpolated, then moved to rows that are there
//! threads        1        2    1      2       1           each takes the next range when it is done with one
//! ```

use super::{
    Access, Pair, Reader, Row, Table, View,
    form::{Form, StoredValue},
    sorter::first_word,
};
use crate::{
    backend::{ByteReader, ByteTable},
    codec::Codec,
    error::Result,
    invariant::Invariant,
    key::{ByteRange, Key, KeyBuf},
    project::{self, Predicate, Projection},
    record::{FieldRecord, StoredRecord},
};
use std::{
    num::NonZero,
    ops::Bound,
    panic::resume_unwind,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

/// A table shorter than this is read sooner than a thread begins.
const ROWS_MIN: u64 = 512;
/// So many ranges for each thread, so that one of them being long makes nobody wait for long.
const RANGES_PER_THREAD: usize = 16;
/// How often ranges are divided when rows lie close together in a few of them.
const ROUNDS_MAX: usize = 4;

impl<R: StoredRecord, A: Access> Table<R, A> {
    /// Like [`scan`](Self::scan), on as many threads as there are processors: `scanner` is called in any order, and its
    /// results are collected in key order. All records are read from one snapshot.
    ///
    /// Inside a write transaction, and for a short table, it uses one thread.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let high = airports.par_scan(|a| (a.elevation_ft > 1000).then(|| a.ident.to_string()))?;
    /// assert_eq!(high, ["LSEZ", "LSZH"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get), for one of the records that cannot be read.
    ///
    /// # Panics
    ///
    /// If `scanner` panics.
    pub fn par_scan<T: Send>(
        &self,
        scanner: impl Fn(View<'_, R>) -> Option<T> + Sync,
    ) -> Result<Vec<T>> {
        self.par_each(|form, key, value| form.with_view(key, StoredValue::InFile(value), &scanner))
    }

    /// Returns some fields of every record that matches `predicate`, as owned values in key order: like
    /// `iter()?.filter(predicate).select(projection)`, on several threads like [`par_scan`](Self::par_scan).
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let a = Airport::FIELDS;
    /// assert_eq!(airports.par_select(a.elevation_ft.gt(1000), a.ident)?, ["LSEZ", "LSZH"]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`par_scan`](Self::par_scan).
    pub fn par_select<F, P>(&self, predicate: F, projection: P) -> Result<Vec<P::Owned>>
    where
        R: FieldRecord,
        F: Predicate<R> + Sync,
        P: Projection<R, Owned: Send>,
    {
        let select = |source: &project::Source<'_, R>| match predicate.test(source)? {
            true => projection.read(source).map(P::own).map(Some),
            false => Ok(None),
        };
        self.par_each(|form, key, value| form.with_fields(key, StoredValue::InFile(value), select))
    }
}

impl<K: Key, V: 'static, C: Codec<V>, A: Access> Table<Pair<K, V, C>, A> {
    /// Like [`scan`](Self::scan), on as many threads as there are processors: `scanner` is called in any order, and its
    /// results are collected in key order. All rows are read from one snapshot.
    ///
    /// Inside a write transaction, and for a short table, it uses one thread.
    ///
    /// ```
    #[doc = include_str!("../guide/example/names.txt")]
    /// let ids = names.par_scan(|id, name| name.starts_with('A').then_some(*id))?;
    /// assert_eq!(ids, [7]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get), for one of the rows that cannot be read.
    ///
    /// # Panics
    ///
    /// If `scanner` panics.
    pub fn par_scan<T: Send>(
        &self,
        scanner: impl Fn(&K::Ref<'_>, View<'_, Pair<K, V, C>>) -> Option<T> + Sync,
    ) -> Result<Vec<T>> {
        self.par_each(|form, bytes, value| {
            let key = form.decode_key(bytes)?;
            form.with_view(bytes, StoredValue::InFile(value), |view| scanner(&key, view))
        })
    }
}

impl<L: Row, A: Access> Table<L, A> {
    /// What `read` makes of all rows, in key order.
    fn par_each<T: Send>(
        &self,
        read: impl Fn(Form<'_, L>, &[u8], &[u8]) -> Result<Option<T>> + Sync,
    ) -> Result<Vec<T>> {
        let Some(reader) = self.reading()? else { return Ok(Vec::new()) };
        let (table, form) = (self.byte_table(), self.form());
        let read = |key: &[u8], value: &[u8]| read(form, key, value);
        let threads = thread::available_parallelism().map_or(1, NonZero::get);
        match reader.snapshot() {
            Some(snapshot) if threads > 1 && snapshot.len(table)? >= ROWS_MIN => {
                let range_count = threads.saturating_mul(RANGES_PER_THREAD);
                let ranges = split(snapshot, table, range_count)?;
                let found = on_threads(threads, &ranges, |range| {
                    Reader::Snapshot(snapshot).collect(table, range, read)
                })?;
                Ok(found.into_iter().flatten().collect())
            }
            _ => reader.collect(table, &ByteRange::ALL, read),
        }
    }
}

/// Calls `work` with every range and returns its results, in the order of the ranges.
fn on_threads<T: Send>(
    thread_count: usize,
    ranges: &[ByteRange],
    work: impl Fn(&ByteRange) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(range) = ranges.get(number) else { return Ok(done) };
            match work(range) {
                Ok(found) => done.push((number, found)),
                Err(error) => {
                    // Nobody needs the other ranges any more.
                    next.store(ranges.len(), Ordering::Relaxed);
                    return Err(error);
                }
            }
        }
    };
    let done = thread::scope(|scope| {
        let threads: Vec<_> = (0..thread_count).map(|_| scope.spawn(run)).collect();
        let join = |thread: thread::ScopedJoinHandle<'_, _>| {
            thread.join().unwrap_or_else(|panic| resume_unwind(panic))
        };
        threads.into_iter().map(join).collect::<Result<Vec<_>>>()
    })?;
    let mut done: Vec<_> = done.into_iter().flatten().collect();
    done.sort_unstable_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, found)| found).collect())
}

/// Ranges that hold all rows, about equally many each when keys are spread evenly, and not all in a few when not.
fn split(reader: &dyn ByteReader, table: &ByteTable, range_count: usize) -> Result<Vec<ByteRange>> {
    let Some(first) = first_key(reader, table, &ByteRange::ALL)? else { return Ok(Vec::new()) };
    let mut starts = vec![first];
    for _ in 0..ROUNDS_MAX {
        let part_count = range_count.checked_div(starts.len()).unwrap_or_default();
        if part_count < 2 {
            break;
        }
        // What lies close together in one round is looked at alone in the next, behind what its keys have in common.
        let ranges = between(&starts);
        starts.clear();
        for range in &ranges {
            divide(reader, table, range, part_count, &mut starts)?;
        }
    }
    let mut ranges = between(&starts);
    match ranges.first_mut() {
        Some(first) => first.lower = Bound::Unbounded,
        // A damaged page may hide a row from a range that begins with it.
        None => ranges.push(ByteRange::ALL),
    }
    Ok(ranges)
}

/// Appends the first key of `range`, and those of rows that divide it into up to `part_count` parts.
fn divide(
    reader: &dyn ByteReader,
    table: &ByteTable,
    range: &ByteRange,
    part_count: usize,
    starts: &mut Vec<KeyBuf>,
) -> Result<()> {
    let (lower, upper) = range.bounds();
    let last = reader.last_key(table, lower, upper)?;
    let Some((first, last)) = first_key(reader, table, range)?.zip(last) else { return Ok(()) };
    starts.push(first.clone());
    for part in 1..part_count {
        let key = interpolate(&first, &last, part, part_count);
        let range = ByteRange { lower: Bound::Included(key), upper: range.upper.clone() };
        match first_key(reader, table, &range)? {
            Some(key) if starts.last().is_some_and(|last| **last < *key) => starts.push(key),
            _ => {}
        }
    }
    Ok(())
}

/// The ranges that begin with `starts`.
fn between(starts: &[KeyBuf]) -> Vec<ByteRange> {
    let uppers = starts.iter().skip(1).cloned().map(Bound::Excluded).chain([Bound::Unbounded]);
    let range =
        |(lower, upper): (&KeyBuf, _)| ByteRange { lower: Bound::Included(lower.clone()), upper };
    starts.iter().zip(uppers).map(range).collect()
}

/// The first key in `range`.
fn first_key(
    reader: &dyn ByteReader,
    table: &ByteTable,
    range: &ByteRange,
) -> Result<Option<KeyBuf>> {
    let (lower, upper) = range.bounds();
    Ok(reader.first_key(table, lower, upper)?.map(|key| KeyBuf::from(&*key)))
}

/// A key that lies `part` of `part_count` of the way from `first` to `last`, by the eight bytes behind those that they
/// have in common.
fn interpolate(first: &[u8], last: &[u8], part: usize, part_count: usize) -> KeyBuf {
    let common = first.iter().zip(last).take_while(|(a, b)| a == b).count();
    let number = |key: &[u8]| {
        let rest = key.get(common..).invariant("it is a part of both");
        u128::from(first_word(rest).0)
    };
    let wide = |number: usize| u128::try_from(number).invariant("a usize fits");
    let (low, high) = (number(first), number(last));
    let step = high.saturating_sub(low).saturating_mul(wide(part));
    let step = step.checked_div(wide(part_count)).invariant("there are at least two parts");
    let middle = low.saturating_add(step);
    let middle = u64::try_from(middle).invariant("it lies between two that fit");
    let mut key = KeyBuf::from(first.get(..common).invariant("it is a part of both"));
    key.extend(&middle.to_be_bytes());
    key
}

#[cfg(test)]
#[cfg(feature = "rkyv")]
mod tests {
    use super::*;
    use crate::Storage;

    /// The lengths of the ranges that a table with `keys` is split into, when 32 are wanted.
    fn range_lens<K: Key>(keys: impl Iterator<Item = K>) -> Vec<usize> {
        let storage = Storage::in_memory().unwrap();
        let table = storage.new_rkyv_table::<K, u64>("keys");
        let count = table.put_stream(keys.map(|key| (key, 0))).unwrap();
        let reader = table.access.reader().unwrap();
        let ranges = split(reader.bytes(), table.byte_table(), 32).unwrap();
        let rows = |range| reader.collect(table.byte_table(), range, |_, _| Ok(Some(()))).unwrap();
        let lens: Vec<_> = ranges.iter().map(|range| rows(range).len()).collect();
        assert_eq!(
            u64::try_from(lens.iter().sum::<usize>()),
            Ok(count),
            "every row is in one range"
        );
        lens
    }

    #[test]
    fn no_range_holds_most_rows_however_keys_are_spread() {
        let even = range_lens(0..10_000_u64);
        let far_end = range_lens((0..9_999_u64).chain([u64::MAX]));
        let texts = range_lens((0..10_000).map(|n| format!("a common beginning/{n:08}")));
        let two_clusters = range_lens((0..5_000_u64).chain(u64::MAX - 5_000..u64::MAX));
        let composite = range_lens((0..10_000_u32).map(|n| (format!("{}", n % 2), n)));
        for lens in [even, far_end, texts, two_clusters, composite] {
            assert!(lens.len() <= 64 && lens.iter().max() < Some(&2_000), "{lens:?}");
        }
    }

    #[test]
    fn few_rows_are_split_into_few_ranges() {
        assert_eq!(range_lens(std::iter::empty::<u64>()), [0_usize; 0]);
        assert_eq!(range_lens([7_u64].into_iter()), [1]);
        assert_eq!(range_lens([7_u64, 8].into_iter()), [1, 1]);
        assert_eq!(range_lens([String::new(), "a".into()].into_iter()), [1, 1]);
    }
}
