//! Collects errors, so that all mistakes of a type are seen at once.

use quote::ToTokens;
use std::{cell::RefCell, fmt::Display, thread};

/// The errors of one derive. It must be asked for them: dropping it unasked is a bug of this crate.
pub(crate) struct Ctxt {
    /// `None` once [`check`](Ctxt::check) took them.
    errors: RefCell<Option<Vec<syn::Error>>>,
}

impl Ctxt {
    pub(crate) fn new() -> Self {
        Self { errors: RefCell::new(Some(Vec::new())) }
    }

    /// Adds an error that points at `tokens`.
    pub(crate) fn error(&self, tokens: impl ToTokens, message: impl Display) {
        let mut errors = self.errors.borrow_mut();
        debug_assert!(errors.is_some(), "an error after they were taken");
        if let Some(errors) = errors.as_mut() {
            errors.push(syn::Error::new_spanned(tokens, message));
        }
    }

    /// Whether there is no error so far.
    pub(crate) fn is_clean(&self) -> bool {
        self.count() == 0
    }

    /// How many errors there are so far.
    pub(crate) fn count(&self) -> usize {
        self.errors.borrow().as_ref().map_or(0, Vec::len)
    }

    /// All errors as one.
    pub(crate) fn check(self) -> syn::Result<()> {
        let mut errors = self.errors.take().unwrap_or_default().into_iter();
        let Some(mut combined) = errors.next() else {
            return Ok(());
        };
        combined.extend(errors);
        Err(combined)
    }
}

impl Drop for Ctxt {
    fn drop(&mut self) {
        if !thread::panicking() {
            assert!(self.errors.borrow().is_none(), "forgot to check for errors");
        }
    }
}
