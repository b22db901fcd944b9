//! Errors of one's own.

use super::{Ticket, desk, ticket};
use std::{error::Error, fmt};
use storage::{StorageError, StoredRecord};

#[derive(Debug)]
enum AppError {
    NotFound,
    Storage(StorageError),
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::Storage(error) => error.fmt(f),
        }
    }
}

impl Error for AppError {}

impl From<StorageError> for AppError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

#[test]
fn a_plain_transaction_names_no_type() {
    let (storage, tickets) = desk();
    storage
        .write(|txn| {
            txn.table::<Ticket>()?.delete(("OPS", 1))?;
            Ok(())
        })
        .unwrap();
    assert!(!tickets.contains(("OPS", 1)).unwrap());
}

#[test]
fn a_transaction_that_ends_with_an_error_of_ones_own_changes_nothing() {
    let (storage, tickets) = desk();
    let close = |number| {
        storage.try_write(|txn| {
            let tickets = txn.table::<Ticket>()?;
            tickets.put(&ticket("NEW", 1))?;
            if tickets.update(("OPS", number), |ticket| ticket.points = 77)?.is_none() {
                return Err(AppError::NotFound);
            }
            Ok(())
        })
    };
    assert!(matches!(close(99), Err(AppError::NotFound)));
    assert!(!tickets.contains(("NEW", 1)).unwrap());
    close(7).unwrap();
    assert!(tickets.contains(("NEW", 1)).unwrap());
    assert_eq!(tickets.by(Ticket::INDEXES.points).count(77).unwrap(), 1);
}

/// `anyhow::Error` and boxes are made of every error.
#[test]
fn errors_of_several_kinds_leave_by_the_question_mark() {
    let (storage, tickets) = desk();
    let import = |text: &str| -> Result<i64, Box<dyn Error + Send + Sync>> {
        let number = storage.try_write(|txn| {
            let number: i64 = text.parse()?;
            txn.table::<Ticket>()?.insert(&ticket("OPS", number))?;
            Ok::<_, Box<dyn Error + Send + Sync>>(number)
        })?;
        Ok(number)
    };
    assert_eq!(import("40").unwrap(), 40);
    assert!(import("forty").unwrap_err().is::<std::num::ParseIntError>());
    let there = import("40").unwrap_err().downcast::<StorageError>().unwrap();
    assert!(there.is_conflict());
    assert_eq!(tickets.len().unwrap(), 31);
}

#[test]
fn a_savepoint_undoes_and_the_transaction_goes_on() {
    let (storage, tickets) = desk();
    storage
        .write(|txn| {
            let inside = txn.table::<Ticket>()?;
            inside.put(&ticket("NEW", 1))?;
            let undone = txn.try_savepoint(|| {
                inside.put(&ticket("NEW", 2))?;
                inside.delete(("OPS", 0))?;
                Err::<(), _>(AppError::NotFound)
            });
            assert!(matches!(undone, Err(AppError::NotFound)));
            let kept = txn.try_savepoint(|| Ok::<_, AppError>(inside.put(&ticket("NEW", 3))?));
            assert!(matches!(kept, Ok(false)));
            Ok(())
        })
        .unwrap();
    let there = [("NEW", 1), ("NEW", 2), ("NEW", 3), ("OPS", 0)];
    assert_eq!(there.map(|key| tickets.contains(key).unwrap()), [true, false, true, true]);
}

#[test]
fn an_update_fails_with_an_error_of_ones_own() {
    let (storage, tickets) = desk();
    let refuse = |ticket: &mut Ticket| {
        ticket.points = 77;
        Err::<(), _>(AppError::NotFound)
    };
    assert!(matches!(tickets.try_update(("OPS", 1), refuse), Err(AppError::NotFound)));
    assert!(matches!(tickets.try_update(("OPS", 99), refuse), Ok(None)));
    let refused = tickets.try_upsert(("OPS", 1), |_| Err(AppError::NotFound));
    assert!(matches!(refused, Err(AppError::NotFound)));
    storage
        .write(|txn| {
            let inside = txn.table::<Ticket>()?;
            assert!(matches!(inside.try_update(("OPS", 1), refuse), Err(AppError::NotFound)));
            Ok(())
        })
        .unwrap();
    assert_eq!(tickets.load(("OPS", 1)).unwrap(), Some(ticket("OPS", 1)));
    assert_eq!(tickets.by(Ticket::INDEXES.points).count(77).unwrap(), 0);

    // What the verb itself refuses is converted.
    let moved = tickets.try_update(("OPS", 1), |ticket| {
        ticket.number = 2;
        Ok::<_, AppError>(())
    });
    assert!(matches!(moved, Err(AppError::Storage(StorageError::AlreadyExists(_)))));
}

#[test]
fn a_nested_write_is_named_where_it_was_tried() {
    let (storage, tickets) = desk();
    let nested = storage.try_write(|_| -> Result<(), AppError> {
        tickets.try_update(("OPS", 1), |_| Ok::<_, AppError>(()))?;
        Ok(())
    });
    let Err(AppError::Storage(StorageError::NestedWrite { attempted_at, begun_at, .. })) = nested
    else {
        panic!("{nested:?}");
    };
    assert!(attempted_at.file().ends_with("errors.rs"), "{attempted_at}");
    assert!(begun_at.file().ends_with("errors.rs"), "{begun_at}");
}

/// A read has no transaction to undo: the result of the closure is what is returned.
#[test]
fn a_closure_that_reads_may_fail() {
    let (_, tickets) = desk();
    let parsed = tickets.get(("OPS", 7), |ticket| ticket.title.parse::<u32>()).unwrap();
    assert!(parsed.transpose().is_err());
}
