//! The owned elements of a list, up to the first whose type refuses to make one.

use super::verify::{Fault, Verdict};

/// What `collect` makes of `items`, or why one of them is not there.
///
/// `collect` learns how many there are, which it does not from an iterator that std ends at an error.
#[inline]
pub(super) fn owned<I, T, C>(items: I, collect: impl FnOnce(UpToFault<'_, I>) -> C) -> Verdict<C>
where
    I: ExactSizeIterator<Item = Verdict<T>>,
{
    let mut fault = None;
    let collected = collect(UpToFault { items, fault: &mut fault });
    match fault {
        None => Ok(collected),
        Some(fault) => Err(fault),
    }
}

/// The items up to the first that is not there; `fault` says why.
pub(super) struct UpToFault<'f, I> {
    items: I,
    fault: &'f mut Option<Fault>,
}

impl<I: ExactSizeIterator<Item = Verdict<T>>, T> Iterator for UpToFault<'_, I> {
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        match self.items.next()? {
            Ok(item) => Some(item),
            Err(fault) => {
                *self.fault = Some(fault);
                None
            }
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}
