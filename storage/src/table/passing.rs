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

/// Rows of which an error that was passed over comes once more, as the next row.
///
/// An adapter that passes over rows calls `nth` and does not look at what it returns, so it would lose the error.
pub(crate) trait Passing {
    type Error;

    /// The error that comes once more.
    fn again(&mut self) -> &mut Option<Self::Error>;

    /// The same error, for who is to be told again.
    fn shared(error: &Self::Error) -> Self::Error;
}

/// The next of `rows` but `n`, or the first error on the way to it, which [`Iterator::nth`] would lose. All of them are
/// passed over, in either case. `next` says from which end.
pub(crate) fn nth<R: Passing, T>(
    rows: &mut R,
    n: usize,
    next: impl FnMut(&mut R) -> Option<Result<T, R::Error>>,
) -> Option<Result<T, R::Error>> {
    if let Some(error) = rows.again().take() {
        return Some(Err(error));
    }
    let row = passed_over(rows, n, next);
    *rows.again() = row.as_ref().and_then(|row| row.as_ref().err()).map(R::shared);
    row
}

fn passed_over<R, T, E>(
    rows: &mut R,
    n: usize,
    mut next: impl FnMut(&mut R) -> Option<Result<T, E>>,
) -> Option<Result<T, E>> {
    let mut failed = None;
    for _ in 0..n {
        match next(rows) {
            Some(Err(error)) => failed = failed.or(Some(error)),
            Some(Ok(_)) => {}
            None => return failed.map(Err),
        }
    }
    let row = next(rows);
    if failed.is_some() { failed.map(Err) } else { row }
}
