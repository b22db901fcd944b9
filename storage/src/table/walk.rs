//! A walk through a range of a table or of one of its indexes: records are pulled from it one by one, or pushed to
//! who wants them.

use super::{IndexTable, PageToken, Shared, State};
use crate::{
    backend::{ByteRow, ByteTable, Bytes, KeyBytes},
    codec::Seal,
    error::{PageTokenError, Result, StorageError},
    invariant::Invariant,
    key::{ByteRange, KeyBuf},
};
use std::{
    ops::{Bound, ControlFlow},
    sync::Arc,
};

/// A position in a range of keys; it begins to read when it is first asked.
pub(super) struct Walk<S: State> {
    /// `None` if the table was never written: there are no rows.
    state: Option<S>,
    shared: Arc<Shared>,
    /// The number of the index whose entries are followed to records; the table's own rows are records themselves.
    index: Option<usize>,
    /// The whole range, which page tokens are bound to.
    range: ByteRange,
    /// What of it is left, if that is not all.
    left: Option<ByteRange>,
    is_reverse: bool,
    rows: Option<S::Rows>,
    after: Option<After>,
    /// The key of the row that was taken first, and of the one that was taken last.
    first_key: Option<KeyBytes>,
    last_key: Option<KeyBytes>,
    /// Where the primary key begins in the last key: an index entry ends with it.
    primary_start: usize,
}

/// Where a page token says to go on.
struct After {
    key: KeyBuf,
    is_reverse: bool,
}

impl<S: State> Walk<S> {
    pub(super) const fn new(
        state: Option<S>,
        shared: Arc<Shared>,
        index: Option<usize>,
        range: ByteRange,
    ) -> Self {
        Self {
            state,
            shared,
            index,
            range,
            left: None,
            is_reverse: false,
            rows: None,
            after: None,
            first_key: None,
            last_key: None,
            primary_start: 0,
        }
    }

    /// What is known of the table.
    #[inline]
    pub(super) const fn shared(&self) -> &Arc<Shared> {
        &self.shared
    }

    /// The table whose rows are walked: the index, or the table itself.
    fn source(&self) -> &ByteTable {
        self.shared
            .index(self.index)
            .map_or_else(|| self.shared.entry.table(), IndexTable::byte_table)
    }

    /// The name of the table or index that is walked.
    pub(super) fn source_name(&self) -> &str {
        self.source().name()
    }

    /// What of the range is left.
    fn left(&self) -> &ByteRange {
        self.left.as_ref().unwrap_or(&self.range)
    }

    pub(super) const fn is_reverse(&self) -> bool {
        self.is_reverse
    }

    /// Turns to the other end of the range.
    pub(super) fn turn(&mut self) {
        self.leave_out_taken();
        self.first_key = None;
        self.is_reverse = !self.is_reverse;
    }

    /// Gives up the state, and returns what is left to walk of which index, and whether from the end; `None` if the
    /// table was never written.
    pub(super) fn into_left(mut self) -> Result<Option<(Option<usize>, ByteRange, bool)>> {
        self.resume()?;
        let Self { state, index, range, left, is_reverse, .. } = self;
        Ok(state.map(|_| (index, left.unwrap_or(range), is_reverse)))
    }

    /// Returns the number of rows that are left, at most `limit`. Entries of an index are not followed to records.
    pub(super) fn count(&mut self, limit: u64) -> Result<u64> {
        self.resume()?;
        let Some(state) = &self.state else { return Ok(0) };
        match self.shared.index(self.index) {
            Some(index) => index.count(&state.reader(), self.left(), limit),
            None => state.reader().count(self.shared.entry.table(), self.left(), limit),
        }
    }
}

/// Records one by one.
impl<S: State> Walk<S> {
    /// The value of the next record, whose key is [`primary_key`](Self::primary_key) then. After an error about one
    /// record the next one comes.
    pub(super) fn next(&mut self) -> Option<Result<Bytes>> {
        loop {
            let ByteRow { key, value } = match self.step() {
                Ok(row) => row?,
                Err(error) => return Some(Err(error)),
            };
            if self.first_key.is_none() {
                self.first_key = Some(KeyBytes::from(&*key));
            }
            let key = self.last_key.insert(key);
            let (Some(index), Some(state)) = (self.shared.index(self.index), &self.state) else {
                return Some(Ok(value));
            };
            let reader = state.reader();
            let found = index.follow(&reader, key, &value, |primary_key| {
                let start = key.len().checked_sub(primary_key.len());
                self.primary_start = start.invariant("an entry ends with its primary key");
                reader.bytes().get(self.shared.entry.table(), primary_key)
            });
            if let Some(found) = found.transpose() {
                return Some(found);
            }
        }
    }

    /// The primary key of the record that was taken last.
    pub(super) fn primary_key(&self) -> &[u8] {
        let key = self.last_key.as_deref().invariant("a record was taken");
        key.get(self.primary_start..).invariant("an entry ends with its primary key")
    }

    fn step(&mut self) -> Result<Option<ByteRow>> {
        if self.rows.is_none() {
            let begun = self.resume();
            // What cannot begin has no rows: the error comes once.
            self.rows = Some(S::no_rows());
            begun?;
            if let (Some(state), false) = (&self.state, self.left().is_empty()) {
                self.rows = Some(state.rows(self.source(), self.left())?);
            }
        }
        let Some(rows) = &mut self.rows else { return Ok(None) };
        if self.is_reverse { rows.next_back() } else { rows.next() }.transpose()
    }
}

/// Records as long as they are wanted.
impl<S: State> Walk<S> {
    /// Calls `visit` with the key of each row and its record, which is a primary key and a value, until it breaks. The
    /// next call goes on after that row. The engine lends these rows, which costs less than holding each.
    pub(super) fn pass(
        &mut self,
        mut visit: impl FnMut(&[u8], Result<(&[u8], &[u8])>) -> ControlFlow<()>,
    ) -> Result<()> {
        self.resume()?;
        let Some(state) = &self.state else { return Ok(()) };
        let (reader, table) = (state.reader(), self.shared.entry.table());
        let index = self.shared.index(self.index);
        let mut last = None;
        let walked = reader.walk(self.source(), self.left(), self.is_reverse, |key, value| {
            let flow = match index {
                None => visit(key, Ok((key, value))),
                Some(index) => {
                    let followed = index.follow(&reader, key, value, |primary_key| {
                        let hit = |value: &[u8]| visit(key, Ok((primary_key, value)));
                        reader.get_with(table, primary_key, hit)
                    });
                    match followed {
                        Ok(flow) => flow.unwrap_or(ControlFlow::Continue(())),
                        Err(error) => visit(key, Err(error)),
                    }
                }
            };
            if flow.is_break() {
                last = Some(KeyBuf::from(key));
            }
            flow
        });
        match last {
            Some(key) => self.go_behind(&key, self.is_reverse),
            // Nothing is left, or nothing can be read.
            None => self.left = Some(ByteRange::NONE),
        }
        walked
    }

    /// What is left, so that it can [`go_back`](Self::go_back) there.
    pub(super) fn place(&mut self) -> Result<ByteRange> {
        self.resume()?;
        Ok(self.left().clone())
    }

    /// Goes back to where all of `left` was left but what was taken since.
    pub(super) fn go_back(&mut self, left: ByteRange) {
        self.left = Some(left);
        if let Some(key) = &self.last_key {
            let key = KeyBuf::from(&**key);
            self.go_behind(&key, self.is_reverse);
        }
    }

    /// Remembers the row that was taken last, for a page token.
    pub(super) fn took(&mut self, key: KeyBytes) {
        if self.first_key.is_none() {
            self.first_key = Some(KeyBytes::from(&*key));
        }
        self.last_key = Some(key);
    }
}

/// Page tokens.
impl<S: State> Walk<S> {
    /// Begins after the row that `token` was made at; `table` is what tokens of the table are sealed with.
    pub(super) fn start_after(&mut self, token: &PageToken, table: Seal) -> Result<()> {
        let (key, is_reverse) =
            token.open(self.token_seal(table)).map_err(|reason| self.token_error(reason))?;
        if is_reverse != self.is_reverse {
            return Err(self.token_error(PageTokenError::Direction));
        }
        self.rows = None;
        self.last_key = Some(key.into());
        self.after = Some(After { key: key.into(), is_reverse });
        Ok(())
    }

    /// A token at the row that was taken last.
    pub(super) fn page_token(&self, table: Seal) -> Option<PageToken> {
        let key = self.last_key.as_ref()?;
        Some(PageToken::new(key, self.token_seal(table), self.is_reverse))
    }

    /// A token at the row that was taken first, for a walk in the other direction.
    pub(super) fn token_back(&self, table: Seal) -> Option<PageToken> {
        let key = self.first_key.as_ref()?;
        Some(PageToken::new(key, self.token_seal(table), !self.is_reverse))
    }

    /// A walk through what lies behind the row that was taken last, in the same state.
    pub(super) fn ahead(&self) -> Self {
        let mut left = self.left().clone();
        if let Some(key) = &self.last_key {
            left = if self.is_reverse { left.before(key) } else { left.after(key) };
        }
        let (state, shared) = (self.state.clone(), Arc::clone(&self.shared));
        Self { is_reverse: self.is_reverse, ..Self::new(state, shared, self.index, left) }
    }

    /// What tokens of this walk are sealed with: the table, the index and the range.
    fn token_seal(&self, table: Seal) -> Seal {
        let source = self.shared.index(self.index).map(|index| index.schema().shape());
        let source = source.map_or_else(String::new, |index| index.text());
        let (lower, upper) = self.range.bounds();
        [lower, upper].into_iter().fold(
            table.derive(source.as_bytes()),
            |seal, bound| match bound {
                Bound::Unbounded => seal.derive(b"unbounded"),
                Bound::Included(key) => seal.derive(b"included").derive(key),
                Bound::Excluded(key) => seal.derive(b"excluded").derive(key),
            },
        )
    }

    /// Leaves out of the range what was taken row by row, and what a page token says was read.
    fn resume(&mut self) -> Result<()> {
        self.leave_out_taken();
        if let Some(After { key, is_reverse }) = self.after.take() {
            if is_reverse != self.is_reverse {
                // What cannot begin has no rows: the error comes once.
                self.left = Some(ByteRange::NONE);
                return Err(self.token_error(PageTokenError::Direction));
            }
            self.go_behind(&key, is_reverse);
        }
        Ok(())
    }

    /// Leaves out of the range what was taken row by row: whoever goes on begins there.
    fn leave_out_taken(&mut self) {
        if self.rows.take().is_some()
            && let Some(key) = &self.last_key
        {
            let key = KeyBuf::from(&**key);
            self.go_behind(&key, self.is_reverse);
        }
    }

    /// Leaves out of the range what does not lie behind the row at `key`.
    fn go_behind(&mut self, key: &[u8], is_reverse: bool) {
        let left = self.left.take().unwrap_or_else(|| self.range.clone());
        self.left = Some(if is_reverse { left.before(key) } else { left.after(key) });
    }

    #[cold]
    fn token_error(&self, reason: PageTokenError) -> StorageError {
        StorageError::PageToken { source_name: Some(self.source().name().to_owned()), reason }
    }
}
