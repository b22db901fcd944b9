//! Which field of a record its codec refuses.
//!
//! rkyv's derives stop at the first field that is refused, and do not say which. So each field that may be is tried by
//! itself once the record was refused, and never before.

use super::{Codec, CodecView};
use std::fmt;

/// A field that may be refused, and how it is tried.
pub struct Trial<V: 'static, C: Codec<V>> {
    name: &'static str,
    is_written: fn(&V) -> bool,
    is_restored: fn(CodecView<'_, V, C>) -> bool,
}

impl<V: 'static, C: Codec<V>> Trial<V, C> {
    /// The field `name`, of which the functions say whether it alone is written, and restored.
    #[must_use]
    pub const fn new(
        name: &'static str,
        is_written: fn(&V) -> bool,
        is_restored: fn(CodecView<'_, V, C>) -> bool,
    ) -> Self {
        Self { name, is_written, is_restored }
    }

    /// The first of `trials` that cannot be written of `value`.
    #[cold]
    pub(crate) fn not_written(trials: &[Self], value: &V) -> Option<&'static str> {
        trials.iter().find(|trial| !(trial.is_written)(value)).map(|trial| trial.name)
    }

    /// The first of `trials` that cannot be restored from `view`.
    #[cold]
    pub(crate) fn not_restored(trials: &[Self], view: CodecView<'_, V, C>) -> Option<&'static str> {
        trials.iter().find(|trial| !(trial.is_restored)(view)).map(|trial| trial.name)
    }
}

impl<V, C: Codec<V>> fmt::Debug for Trial<V, C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Trial").field("name", &self.name).finish_non_exhaustive()
    }
}
