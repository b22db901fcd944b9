//! Changing every row that is left: `rows.delete()`, `rows.update(..)`.

use super::{
    AccessMut, Outcome, Row, Rows, Table, WriteSize,
    delete_rows::RowDeleter,
    sieve::{Passed, Sieve},
    walk::Walk,
};
use crate::{
    backend::ByteWriter,
    codec::Trust,
    error::Result,
    key::{ByteRange, KeyBuf},
    project::Filter,
    record::StoredRecord,
};
use std::{collections::BTreeSet, marker::PhantomData, ops::ControlFlow, sync::Arc};

/// So many keys are collected before their rows are changed.
const BATCH_LEN: usize = 1024;

impl<L: Row, A: AccessMut, F: Filter<L>> Rows<L, A, F> {
    /// Deletes the remaining rows with their index entries in one transaction, and returns their number.
    ///
    /// It looks for the rows again in the state that it changes, so matching rows that were written after this iterator
    /// was made are deleted, too. Memory is bounded. Without a filter damaged rows are deleted like any other; with a
    /// filter the error of a damaged row is returned, and nothing is deleted.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "sessions")]
    /// # struct Session { #[store(key)] id: u64, #[store(index)] user: String, expires: i64 }
    /// # let storage = Storage::in_memory()?;
    /// let sessions = Session::table(&storage)?;
    /// # sessions.put_stream((0..10).map(|id| Session { id, user: "Ada".into(), expires: id as i64 }))?;
    /// let now = 7;
    /// assert_eq!(sessions.iter()?.filter(Session::FIELDS.expires.lt(now)).delete()?, 7);
    /// assert_eq!(sessions.by(Session::INDEXES.user).get_all("Ada")?.limit(2).delete()?, 2);
    /// assert_eq!(sessions.len()?, 1);
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::delete`], and the first error of a row that the filter reads. Nothing is deleted then.
    #[doc(alias("delete_where", "remove", "retain", "delete_all"))]
    #[track_caller]
    pub fn delete(self) -> Result<u64> {
        let table = self.table();
        let Some(mut left) = self.into_left()? else { return Ok(0) };
        let deleted = table.change(WriteSize::Rows, |writer| {
            if left.is_whole_table() {
                return table.remove_rows(writer);
            }
            let mut deleter = RowDeleter::new(&table);
            let mut walk = left.walk(&table, writer);
            loop {
                let mut damaged = Vec::new();
                let passed = left.sieve.pass(&mut walk, left.trust, |key, value| {
                    if !deleter.push(key, value)? {
                        damaged.push(KeyBuf::from(key));
                    }
                    let is_full = deleter.is_full() || damaged.len() >= BATCH_LEN;
                    Ok(if is_full { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
                })?;
                damaged.iter().try_for_each(|key| deleter.delete_damaged(writer, key))?;
                deleter.flush(writer)?;
                if passed == Passed::All {
                    return Ok(deleter.count());
                }
            }
        });
        deleted.map(Option::unwrap_or_default)
    }
}

impl<R: StoredRecord, A: AccessMut, F: Filter<R>> Rows<R, A, F> {
    /// Calls `change` with each remaining record and writes the changed records, all in one transaction. Returns their
    /// number. Each record is changed once, even if an index has several entries of it or the change moves it ahead.
    ///
    /// If `change` returns an `Err`, nothing is changed, and the error is returned: see [`Outcome`]. Records are
    /// changed in their order, or in key order for rows of an index, and each change must be valid by itself: two
    /// records cannot exchange a unique key. Like [`delete`](Self::delete), it looks for the rows again in the state
    /// that it changes. Memory is bounded, except that the keys of all rows of an index, and those of records whose key
    /// changes, are kept.
    ///
    /// ```
    /// # use rkyv::{Archive, Deserialize, Serialize};
    /// # use storage::{Storage, StoredRecord};
    /// # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    /// # #[store(codec = "rkyv", table = "employees")]
    /// # struct Employee { #[store(key)] id: u64, #[store(index)] team: String, salary: u32 }
    /// # let storage = Storage::in_memory()?;
    /// let employees = Employee::table(&storage)?;
    /// # employees.put_stream((0..4).map(|id| Employee { id, team: "sea".into(), salary: 100 }))?;
    /// let (e, by_team) = (Employee::FIELDS, employees.by(Employee::INDEXES.team));
    /// let raised = by_team.get_all("sea")?.filter(e.id.ge(2)).update(|employee| employee.salary += 10)?;
    /// assert_eq!(raised, 2);
    ///
    /// let refused = employees.iter()?.update(|employee| {
    ///     employee.salary += 1;
    ///     if employee.salary > 110 { Err("too much") } else { Ok(()) }
    /// });
    /// assert_eq!(refused.unwrap_err().to_string(), "too much");
    /// assert_eq!(employees.load(0)?.map(|employee| employee.salary), Some(100));
    /// # Ok::<(), storage::StorageError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// As [`Table::update`], and the first error of a record. Nothing is changed then.
    #[doc(alias("update_where", "update_all", "for_each_mut", "modify"))]
    #[track_caller]
    pub fn update<T: Outcome<Value = ()>>(
        self,
        mut change: impl FnMut(&mut R) -> T,
    ) -> Result<u64> {
        let table = self.table();
        let Some(mut left) = self.into_left()? else { return Ok(0) };
        let updated = table.change(WriteSize::Rows, |writer| {
            let mut walk = left.walk(&table, writer);
            // What moves within an index is met again: all keys are collected before the first change.
            let batch_len = if left.index.is_some() { usize::MAX } else { BATCH_LEN };
            let mut moved = BTreeSet::new();
            let mut count: u64 = 0;
            loop {
                let (passed, mut keys) = left.take(&mut walk, batch_len)?;
                if left.index.is_some() {
                    keys.sort_unstable();
                    keys.dedup();
                }
                keys.retain(|key| !moved.contains(key));
                for key in keys {
                    let Some(mut record) = table.load_in(writer, &key)? else { continue };
                    change(&mut record).into_result()?;
                    let new_key = table.write_back(writer, &key, &record)?;
                    if new_key != key {
                        moved.insert(new_key);
                    }
                    count = count.saturating_add(1);
                }
                if passed == Passed::All {
                    return Ok(count);
                }
            }
        });
        updated.map(Option::unwrap_or_default)
    }
}

/// Rows that are left, without a state that holds them.
struct Left<L: Row, F> {
    index: Option<usize>,
    range: ByteRange,
    is_reverse: bool,
    trust: Trust,
    sieve: Sieve<L, F>,
}

impl<L: Row, A: AccessMut, F: Filter<L>> Rows<L, A, F> {
    /// The table that they are of.
    fn table(&self) -> Table<L, A> {
        let shared = Arc::clone(self.walk.shared());
        let access = self.access.clone();
        Table { access, shared, trust: self.trust, cache: None, row: PhantomData }
    }

    /// Gives up the state that is held; `None` if the table was never written.
    fn into_left(self) -> Result<Option<Left<L, F>>> {
        let Self { walk, trust, sieve, .. } = self;
        let left = walk.into_left()?;
        Ok(left.map(|(index, range, is_reverse)| Left { index, range, is_reverse, trust, sieve }))
    }
}

impl<L: Row, F: Filter<L>> Left<L, F> {
    /// Whether they are all rows of a table.
    fn is_whole_table(&self) -> bool {
        let is_all = self.index.is_none() && self.range == ByteRange::ALL;
        is_all && self.sieve.is_blind() && self.sieve.remaining == u64::MAX
    }

    /// A walk through them inside a write.
    fn walk<'w, A>(
        &self,
        table: &Table<L, A>,
        writer: &'w dyn ByteWriter,
    ) -> Walk<&'w dyn ByteWriter> {
        let mut walk =
            Walk::new(Some(writer), Arc::clone(&table.shared), self.index, self.range.clone());
        if self.is_reverse {
            walk.turn();
        }
        walk
    }

    /// The primary keys of the next rows, at most so many.
    fn take(
        &mut self,
        walk: &mut Walk<&dyn ByteWriter>,
        len: usize,
    ) -> Result<(Passed, Vec<KeyBuf>)> {
        let mut keys = Vec::new();
        let passed = self.sieve.pass(walk, self.trust, |key, _| {
            keys.push(KeyBuf::from(key));
            Ok(if keys.len() < len { ControlFlow::Continue(()) } else { ControlFlow::Break(()) })
        })?;
        Ok((passed, keys))
    }
}
