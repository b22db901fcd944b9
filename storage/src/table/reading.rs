//! A read of a table that is in the file, its entry in the catalogue checked.

use super::{Access, Reader, Row, State as _, Table};
use crate::error::Result;

impl<L: Row, A: Access> Table<L, A> {
    /// Returns a state to read from for as long as it is held; `None` if the table was never written, and so has no
    /// rows.
    pub(super) fn reading(&self) -> Result<Option<Reader<'_>>> {
        let reader = self.access.reader()?;
        Ok(self.is_written(&reader)?.then_some(reader))
    }

    /// The same, held by itself.
    pub(super) fn held(&self) -> Result<Option<A::State>> {
        let state = self.access.state()?;
        Ok(self.is_written(&state.reader())?.then_some(state))
    }

    /// Calls `read` with such a state, which may cost less than to hold it; `None` if the table was never written.
    #[inline]
    pub(super) fn with_reading<T>(
        &self,
        read: impl FnOnce(&Reader<'_>) -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        self.access.with_reader(|reader| match self.is_written(reader)? {
            true => read(reader),
            false => Ok(None),
        })
    }

    /// Checks the catalogue; `false` if the table was never written.
    #[inline]
    fn is_written(&self, reader: &Reader<'_>) -> Result<bool> {
        // Confirmed once: every read writing to it would take it from the readers on other processors.
        let generation = reader.bytes().generation();
        Ok(self.shared.entry.is_confirmed(generation) || self.check_entry(reader)?)
    }

    #[cold]
    fn check_entry(&self, reader: &Reader<'_>) -> Result<bool> {
        self.shared.entry.is_written(reader.bytes())
    }
}
