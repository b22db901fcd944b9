//! A list that only grows, read without a lock.

use std::{iter, sync::OnceLock};

/// Values in the order in which they were added. None is ever removed, so a reference to one lives as long as the
/// list.
#[derive(Debug)]
pub(crate) struct Chain<T>(OnceLock<Box<Link<T>>>);

#[derive(Debug)]
struct Link<T> {
    value: T,
    next: Chain<T>,
}

/// One link after the other: the list may be longer than the stack is deep.
impl<T> Drop for Chain<T> {
    fn drop(&mut self) {
        let mut next = self.0.take();
        while let Some(mut link) = next {
            next = link.next.0.take();
        }
    }
}

impl<T> Chain<T> {
    pub(crate) const fn new() -> Self {
        Self(OnceLock::new())
    }

    /// Adds `value` behind all that are there.
    pub(crate) fn push(&self, value: T) {
        let (mut end, mut link) = (self, Box::new(Link { value, next: Self::new() }));
        while let Err(refused) = end.0.set(link) {
            link = refused;
            while let Some(next) = end.0.get() {
                end = &next.next;
            }
        }
    }

    /// The values, the newest last.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &T> {
        iter::successors(self.0.get(), |link| link.next.0.get()).map(|link| &link.value)
    }

    /// The newest value.
    #[inline]
    pub(crate) fn last(&self) -> Option<&T> {
        let mut last = self.0.get()?;
        while let Some(next) = last.next.0.get() {
            last = next;
        }
        Some(&last.value)
    }
}
