//! Some fields of many records.

use super::{
    Access, PageToken, Rows,
    passing::{self, Passing},
};
use crate::{
    backend::KeyBytes,
    error::{Result, StorageError},
    key::ByteRange,
    project::{Filter, Predicate, Projection},
    record::FieldRecord,
};
use std::{cmp::Ordering, collections::VecDeque, fmt, iter::FusedIterator, ops::ControlFlow};

/// An iterator over some fields of records, as owned values; [`for_each_ref`](Self::for_each_ref) borrows them instead.
///
/// Only the selected fields are checked and read.
#[must_use = "rows are read when they are asked for, and not before"]
pub struct Selected<R: FieldRecord, A: Access, F, P: Projection<R>> {
    rows: Rows<R, A, F>,
    projection: P,
    /// What was read ahead, with the keys it was found by: reading row by row would cost more.
    ready: VecDeque<(Option<KeyBytes>, Result<P::Owned>)>,
    /// What was left before that.
    left: ByteRange,
    batch_len: usize,
    /// The error that `nth` has returned, which is to be returned again.
    again: Option<StorageError>,
}

/// The first batch is this long, and each next one twice as long as the one before.
const BATCH_LEN_MIN: usize = 4;
/// The longest batch, in records and in bytes of their values, so that what is read ahead takes little memory.
const BATCH_LEN_MAX: usize = 128;
const BATCH_BYTES_MAX: usize = 256 * 1024;

impl<R: FieldRecord, A: Access, F: Predicate<R>> Rows<R, A, F> {
    /// Reads only these fields of each record: `select((a.ident, a.name))` yields `(String, String)`.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let a = Airport::FIELDS;
    /// for airport in airports.prefix("LS")?.select((a.ident, a.elevation_ft)) {
    ///     let (ident, elevation_ft) = airport?;
    ///     println!("{ident}: {elevation_ft} ft");
    /// }
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn select<P: Projection<R>>(self, projection: P) -> Selected<R, A, F, P> {
        Selected::new(self, projection)
    }
}

impl<R, A, F, P> Selected<R, A, F, P>
where
    R: FieldRecord,
    A: Access,
    F: Predicate<R>,
    P: Projection<R>,
{
    const fn new(rows: Rows<R, A, F>, projection: P) -> Self {
        let left = ByteRange::NONE;
        Self {
            rows,
            projection,
            ready: VecDeque::new(),
            left,
            batch_len: BATCH_LEN_MIN,
            again: None,
        }
    }

    /// The rows without having read ahead.
    fn put_back(mut self) -> (Rows<R, A, F>, P) {
        if !self.ready.is_empty() {
            let count = self.ready.iter().filter(|(_, item)| item.is_ok()).count();
            self.rows.put_back(count, self.left);
        }
        (self.rows, self.projection)
    }

    /// Reads the next batch.
    fn fill(&mut self) {
        self.left = match self.rows.walk.place() {
            Ok(left) => left,
            Err(error) => return self.ready.push_back((None, Err(error))),
        };
        let (ready, len, projection) = (&mut self.ready, self.batch_len, &self.projection);
        let mut bytes_left = BATCH_BYTES_MAX;
        let filled = self.rows.for_each_hit(
            |source| projection.read(source).map(P::own),
            |key, value_len, item| {
                ready.push_back((Some(KeyBytes::from(key)), item));
                bytes_left = bytes_left.saturating_sub(value_len);
                if ready.len() < len && bytes_left > 0 {
                    ControlFlow::Continue(())
                } else {
                    ControlFlow::Break(())
                }
            },
        );
        if let Err(error) = filled {
            self.ready.push_back((None, Err(error)));
        }
        self.batch_len = len.saturating_mul(2).min(BATCH_LEN_MAX);
    }

    /// See [`Rows::rev`].
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let mut idents = airports.iter()?.select(Airport::FIELDS.ident).rev();
    /// assert_eq!(idents.next().transpose()?, Some("LSZH".into()));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn rev(self) -> Self {
        let (rows, projection) = self.put_back();
        Self::new(rows.rev(), projection)
    }

    /// See [`Rows::limit`].
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.iter()?.select(Airport::FIELDS.ident).limit(2).count()?, 2);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    pub fn limit(self, count: u64) -> Self {
        let (rows, projection) = self.put_back();
        Self::new(rows.limit(count), projection)
    }

    /// See [`Rows::after`].
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let idents = || airports.iter().map(|rows| rows.select(Airport::FIELDS.ident));
    /// let mut first = idents()?.limit(2);
    /// first.by_ref().try_for_each(|ident| ident.map(|ident| println!("{ident}")))?;
    /// let mut second = idents()?.after(&first.page_token().unwrap())?;
    /// assert_eq!(second.next().transpose()?, Some("LSEZ".into()));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Rows::after`].
    pub fn after(self, token: &PageToken) -> Result<Self> {
        let (rows, projection) = self.put_back();
        Ok(Self::new(rows.after(token)?, projection))
    }

    /// See [`Rows::count`]. The selected fields are not read.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] hour: u32, pm25: f64 }
    /// # let storage = Storage::in_memory()?;
    /// # let readings = Reading::table(&storage)?;
    /// # readings.put_stream((0..24).map(|hour| Reading { hour, pm25: f64::from(hour) }))?;
    /// let r = Reading::FIELDS;
    /// let mut high = readings.iter()?.filter(r.pm25.gt(20.0)).select(r.hour);
    /// assert_eq!(high.next().transpose()?, Some(21));
    /// assert_eq!(high.count()?, 2); // the others
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// See [`Rows::count`].
    pub fn count(self) -> Result<u64>
    where
        F: Filter<R>,
    {
        let mut ahead: u64 = 0;
        for (_, item) in self.ready {
            item?;
            ahead = ahead.saturating_add(1);
        }
        Ok(self.rows.count()?.saturating_add(ahead))
    }

    /// Returns the greatest of the fields that are left; `None` when there are none. What compares with nothing, as a
    /// NaN, is left out.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Result, Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "readings")]
    /// # struct Reading { #[store(key)] hour: u32, pm25: f64 }
    /// # let storage = Storage::in_memory()?;
    /// let readings = Reading::table(&storage)?;
    /// readings.put_stream([7.0, f64::NAN, 9.5].into_iter().zip(0..).map(|(pm25, hour)| Reading { hour, pm25 }))?;
    /// let r = Reading::FIELDS;
    /// assert_eq!(readings.iter()?.select(r.pm25).max()?, Some(9.5));
    /// assert_eq!(readings.iter()?.select(r.pm25).min()?, Some(7.0));
    /// assert_eq!(readings.iter()?.select((r.pm25, r.hour)).top(1)?, [(9.5, 2)]);
    /// // The sum is that of the standard library.
    /// assert_eq!(readings.iter()?.select(r.hour).sum::<Result<u32>>()?, 3);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of a record.
    pub fn max(self) -> Result<Option<P::Owned>>
    where
        P::Owned: PartialOrd,
    {
        self.best(Ordering::Greater)
    }

    /// Returns the least of the remaining items, or `None` if there are none. Values without an order, such as NaN, are
    /// left out.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// assert_eq!(airports.iter()?.select(Airport::FIELDS.elevation_ft).min()?, Some(26));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of a record.
    pub fn min(self) -> Result<Option<P::Owned>>
    where
        P::Owned: PartialOrd,
    {
        self.best(Ordering::Less)
    }

    fn best(self, wanted: Ordering) -> Result<Option<P::Owned>>
    where
        P::Owned: PartialOrd,
    {
        let mut best = None;
        for item in self {
            let item = item?;
            let is_better = match &best {
                None => item.partial_cmp(&item).is_some(),
                Some(best) => item.partial_cmp(best) == Some(wanted),
            };
            if is_better {
                best = Some(item);
            }
        }
        Ok(best)
    }

    /// Returns the `count` greatest of the remaining items, the greatest first; among equal ones, those that come
    /// first. Values without an order, such as NaN, are left out. Only `count` items are kept in memory.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let a = Airport::FIELDS;
    /// let highest = airports.iter()?.select((a.elevation_ft, a.ident)).top(2)?;
    /// assert_eq!(highest, [(5300, "LSEZ".into()), (1416, "LSZH".into())]);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of a record.
    #[doc(alias("order_by", "sort", "largest"))]
    pub fn top(self, count: usize) -> Result<Vec<P::Owned>>
    where
        P::Owned: PartialOrd,
    {
        let mut top: Vec<P::Owned> = Vec::new();
        for item in self {
            let item = item?;
            if item.partial_cmp(&item).is_none() {
                continue;
            }
            let place = top.partition_point(|other| {
                matches!(other.partial_cmp(&item), Some(Ordering::Greater | Ordering::Equal))
            });
            if place < count {
                top.insert(place, item);
                top.truncate(count);
            }
        }
        Ok(top)
    }

    /// See [`Rows::previous_page_token`].
    #[must_use]
    pub fn previous_page_token(&self) -> Option<PageToken> {
        self.rows.previous_page_token()
    }

    /// See [`Rows::has_more`].
    ///
    /// # Errors
    ///
    /// See [`Rows::has_more`].
    pub fn has_more(&mut self) -> Result<bool>
    where
        F: Filter<R>,
    {
        if self.ready.is_empty() { self.rows.has_more() } else { Ok(true) }
    }

    /// Calls `visit` with the fields of each record, borrowed where possible, until it returns `false`.
    ///
    /// ```
    #[doc = include_str!("../guide/example/airports.txt")]
    /// let mut len = 0;
    /// airports.iter()?.select(Airport::FIELDS.ident).for_each_ref(|ident: &str| {
    ///     len += ident.len();
    ///     true // Go on.
    /// })?;
    /// assert_eq!(len, 16);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// The first error of a record.
    pub fn for_each_ref(self, mut visit: impl FnMut(P::Output<'_>) -> bool) -> Result<()> {
        let mut outcome = Ok(());
        let (mut rows, projection) = self.put_back();
        rows.for_each_hit(
            |source| projection.read(source).map(&mut visit),
            |_, _, seen| match seen {
                Ok(true) => ControlFlow::Continue(()),
                Ok(false) => ControlFlow::Break(()),
                Err(error) => {
                    outcome = Err(error);
                    ControlFlow::Break(())
                }
            },
        )?;
        outcome
    }

    /// See [`Rows::page_token`].
    #[must_use]
    pub fn page_token(&self) -> Option<PageToken> {
        self.rows.page_token()
    }
}

impl<R, A, F, P> Iterator for Selected<R, A, F, P>
where
    R: FieldRecord,
    A: Access,
    F: Predicate<R>,
    P: Projection<R>,
{
    type Item = Result<P::Owned>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.again.take() {
            return Some(Err(error));
        }
        if self.ready.is_empty() {
            self.fill();
        }
        let (key, item) = self.ready.pop_front()?;
        if let Some(key) = key {
            self.rows.took(key);
        }
        Some(item)
    }

    fn last(self) -> Option<Self::Item> {
        passing::last(self)
    }

    fn nth(&mut self, n: usize) -> Option<Self::Item> {
        passing::nth(self, n, Self::next)
    }
}

impl<R: FieldRecord, A: Access, F, P: Projection<R>> Passing for Selected<R, A, F, P> {
    type Error = StorageError;

    fn again(&mut self) -> &mut Option<StorageError> {
        &mut self.again
    }

    fn shared(error: &StorageError) -> StorageError {
        error.shared()
    }
}

impl<R, A, F, P> FusedIterator for Selected<R, A, F, P>
where
    R: FieldRecord,
    A: Access,
    F: Predicate<R>,
    P: Projection<R>,
{
}

impl<R: FieldRecord, A: Access, F, P: Projection<R>> fmt::Debug for Selected<R, A, F, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Selected").field("rows", &self.rows).finish_non_exhaustive()
    }
}
