//! Which rows of a walk are wanted, and how many of them.

use super::{
    Row, State, View,
    form::{Form, StoredValue},
    walk::Walk,
};
use crate::{
    codec::Trust,
    error::Result,
    project::{Filter, Predicate, Source},
    record::FieldRecord,
};
use std::{ops::ControlFlow, sync::Arc};

/// A question that the view of a row answers.
type Question<L> = Box<dyn for<'v> Fn(View<'v, L>) -> bool + Send>;

/// Lets rows through, up to a number of them.
pub(super) struct Sieve<L: Row, F> {
    pub(super) filter: F,
    questions: Vec<Question<L>>,
    pub(super) remaining: u64,
}

/// How a pass ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    /// Its visitor has had enough: there may be more.
    Part,
    /// There is nothing left.
    All,
}

impl<L: Row, F> Sieve<L, F> {
    pub(super) const fn new(filter: F) -> Self {
        Self { filter, questions: Vec::new(), remaining: u64::MAX }
    }

    /// The same with another filter, made of this one.
    pub(super) fn with_filter<G>(self, make: impl FnOnce(F) -> G) -> Sieve<L, G> {
        let Self { filter, questions, remaining } = self;
        Sieve { filter: make(filter), questions, remaining }
    }

    pub(super) fn ask(&mut self, question: Question<L>) {
        self.questions.push(question);
    }

    /// A row was let through.
    #[inline]
    pub(super) const fn count_one(&mut self) {
        self.remaining = self.remaining.saturating_sub(1);
    }

    /// Whether views of rows are asked.
    #[inline]
    pub(super) const fn has_questions(&self) -> bool {
        !self.questions.is_empty()
    }

    /// Whether the view of the row is as asked for.
    #[inline]
    fn is_answered(&self, form: Form<'_, L>, key: &[u8], value: &[u8]) -> Result<bool> {
        if self.questions.is_empty() { Ok(true) } else { self.ask_all(form, key, value) }
    }

    fn ask_all(&self, form: Form<'_, L>, key: &[u8], value: &[u8]) -> Result<bool> {
        for question in &self.questions {
            if !form.with_view(key, StoredValue::InFile(value), question)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

impl<R: FieldRecord, F: Predicate<R>> Sieve<R, F> {
    /// Whether the row is wanted, where views of rows are asked, too.
    #[cold]
    pub(super) fn is_wanted(&self, form: Form<'_, R>, key: &[u8], value: &[u8]) -> Result<bool> {
        let test = |source: &Source<'_, R>| self.filter.test(source);
        let passes = form.with_fields(key, StoredValue::InFile(value), test)?;
        Ok(passes && self.is_answered(form, key, value)?)
    }
}

impl<L: Row, F: Filter<L>> Sieve<L, F> {
    /// Whether rows are let through that nobody has read.
    pub(super) const fn is_blind(&self) -> bool {
        !F::READS && self.questions.is_empty()
    }

    /// Whether the row is wanted.
    #[inline]
    pub(super) fn wants(&self, form: Form<'_, L>, key: &[u8], value: &[u8]) -> Result<bool> {
        Ok(form.passes(key, value, &self.filter)? && self.is_answered(form, key, value)?)
    }

    /// Calls `visit` with the primary key and the value of each row of `walk` that is wanted, until it breaks or
    /// something fails. The next pass goes on after that row.
    pub(super) fn pass<S: State>(
        &mut self,
        walk: &mut Walk<S>,
        trust: Trust,
        mut visit: impl FnMut(&[u8], &[u8]) -> Result<ControlFlow<()>>,
    ) -> Result<Passed> {
        if self.remaining == 0 {
            return Ok(Passed::All);
        }
        let shared = Arc::clone(walk.shared());
        let form = Form::<L>::new(&shared.entry, trust);
        let mut outcome = Ok(Passed::All);
        walk.pass(|_, row| {
            let seen = row.and_then(|(key, value)| {
                if !self.wants(form, key, value)? {
                    return Ok(ControlFlow::Continue(()));
                }
                self.count_one();
                visit(key, value)
            });
            match seen {
                Ok(ControlFlow::Continue(())) if self.remaining > 0 => ControlFlow::Continue(()),
                Ok(ControlFlow::Continue(())) => ControlFlow::Break(()),
                Ok(ControlFlow::Break(())) => {
                    outcome = Ok(Passed::Part);
                    ControlFlow::Break(())
                }
                Err(error) => {
                    outcome = Err(error);
                    ControlFlow::Break(())
                }
            }
        })?;
        outcome
    }
}
