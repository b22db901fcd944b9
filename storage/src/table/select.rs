//! Some fields of many records.

use super::{Access, PageToken, Rows, rows::Hit};
use crate::{
    error::Result,
    project::{Predicate, Projection},
    record::StoredRecord,
};
use std::{fmt, marker::PhantomData};

/// An iterator over some fields of records, as owned values; [`for_each_ref`](Self::for_each_ref) lends them.
///
/// Only the selected fields are checked, and only they are read.
pub struct Selected<'a, R: StoredRecord, A, F, P> {
    rows: Rows<'a, R, A, F>,
    projection: PhantomData<fn() -> P>,
}

impl<'a, R, A, F, P> Selected<'a, R, A, F, P>
where
    R: StoredRecord,
    A: Access,
    F: Predicate<R>,
    P: Projection<R>,
{
    pub(super) const fn new(rows: Rows<'a, R, A, F>) -> Self {
        Self { rows, projection: PhantomData }
    }

    /// As [`Rows::rev`].
    #[must_use]
    pub fn rev(self) -> Self {
        Self::new(self.rows.rev())
    }

    /// As [`Rows::limit`].
    #[must_use]
    pub fn limit(self, count: u64) -> Self {
        Self::new(self.rows.limit(count))
    }

    /// As [`Rows::after`].
    ///
    /// # Errors
    ///
    /// As [`Rows::after`].
    pub fn after(self, token: &PageToken) -> Result<Self> {
        self.rows.after(token).map(Self::new)
    }

    /// Lends `visit` the fields of each record, borrowed where they can be, until it gives `false`.
    ///
    /// # Errors
    ///
    /// The first error of a record.
    pub fn for_each_ref(mut self, mut visit: impl FnMut(P::Output<'_>) -> bool) -> Result<()> {
        while let Some(hit) = self.rows.next_hit() {
            let Hit { key, value } = hit?;
            let go_on = self
                .rows
                .table()
                .with_source(&key, &value, |source| Ok(visit(P::read(source)?)))?;
            if !go_on {
                break;
            }
        }
        Ok(())
    }

    /// As [`Rows::page_token`].
    #[must_use]
    pub fn page_token(&self) -> Option<PageToken> {
        self.rows.page_token()
    }
}

impl<R, A, F, P> Iterator for Selected<'_, R, A, F, P>
where
    R: StoredRecord,
    A: Access,
    F: Predicate<R>,
    P: Projection<R>,
{
    type Item = Result<P::Owned>;

    fn next(&mut self) -> Option<Self::Item> {
        let hit = self.rows.next_hit()?;
        Some(hit.and_then(|Hit { key, value }| {
            let table = self.rows.table();
            table.with_source(&key, &value, |source| P::read(source).map(P::own))
        }))
    }
}

impl<R: StoredRecord, A, F, P> fmt::Debug for Selected<'_, R, A, F, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Selected").field("rows", &self.rows).finish()
    }
}
