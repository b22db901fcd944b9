//! Passing over rows, without losing the errors among them.

use crate::error::Result;

/// The last of `rows`, or the first error on the way to it, which [`Iterator::last`] would lose.
pub(crate) fn last<T, E>(rows: impl Iterator<Item = Result<T, E>>) -> Option<Result<T, E>> {
    let mut last = None;
    for row in rows {
        let is_error = row.is_err();
        last = Some(row);
        if is_error {
            break;
        }
    }
    last
}

/// The next of `rows` but `n`, or the first error on the way to it, which [`Iterator::nth`] would lose. All of them are
/// passed over, in either case.
///
/// An adapter that passes over rows calls `nth` and does not look at what it returns: so whoever has `nth` returns the
/// same error again as the next row.
pub(crate) fn nth<T, E>(
    rows: &mut impl Iterator<Item = Result<T, E>>,
    n: usize,
) -> Option<Result<T, E>> {
    let mut failed = None;
    for _ in 0..n {
        match rows.next() {
            Some(Err(error)) => failed = failed.or(Some(error)),
            Some(Ok(_)) => {}
            None => return failed.map(Err),
        }
    }
    let row = rows.next();
    if failed.is_some() { failed.map(Err) } else { row }
}
