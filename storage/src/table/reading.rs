//! A read of a table that is in the file, its entry in the catalogue checked.

use super::{Access, Reader, Row, State as _, Table};
use crate::error::Result;

impl<L: Row, A: Access> Table<L, A> {
    /// Returns a state to read from for as long as it is held; `None` if the table was never written, and so has no
    /// rows.
    pub(super) fn reading(&self) -> Result<Option<Reader<'_>>> {
        self.reading_by(None)
    }

    /// The same, to read the index of this number, if there is one.
    pub(super) fn reading_by(&self, index: Option<usize>) -> Result<Option<Reader<'_>>> {
        let reader = self.access.reader()?;
        Ok(self.is_written(&reader, index)?.then_some(reader))
    }

    /// The same, held by itself.
    pub(super) fn held(&self, index: Option<usize>) -> Result<Option<A::State>> {
        let state = self.access.state()?;
        Ok(self.is_written(&state.reader(), index)?.then_some(state))
    }

    /// Calls `read` with such a state, which may cost less than to hold it; `None` if the table was never written.
    #[inline]
    pub(super) fn with_reading<T>(
        &self,
        index: Option<usize>,
        read: impl FnOnce(&Reader<'_>) -> Result<Option<T>>,
    ) -> Result<Option<T>> {
        self.access.with_reader(|reader| match self.is_written(reader, index)? {
            true => read(reader),
            false => Ok(None),
        })
    }

    /// Checks the catalogue, and that the index of this number is built; `false` if the table was never written.
    #[inline]
    fn is_written(&self, reader: &Reader<'_>, index: Option<usize>) -> Result<bool> {
        // Confirmed once: every read writing to it would take it from the readers on other processors.
        let generation = reader.bytes().generation();
        Ok(self.shared.entry.is_confirmed(generation) || self.check_entry(reader, index)?)
    }

    #[cold]
    fn check_entry(&self, reader: &Reader<'_>, index: Option<usize>) -> Result<bool> {
        let is_written = self.shared.entry.is_written(reader.bytes())?;
        if let Some(index) = self.shared.index(index) {
            self.check_built(reader, index)?;
        }
        Ok(is_written)
    }
}
