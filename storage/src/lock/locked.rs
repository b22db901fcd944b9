//! A record type that a lock holds to the layouts of released programs.

use super::{
    date::today,
    mode::LockMode,
    text::{Lock, Released},
};
use crate::{
    conversion,
    error::{LockReason, Unresolved},
    older_type::RowPast,
    record::StoredRecord,
    schema::{Description, IndexShape, text},
    table,
};

/// A record type that a lock holds to the layouts of released programs.
#[derive(Clone, Copy, Debug)]
pub struct Locked {
    table: &'static str,
    describe: fn() -> Description,
    past: RowPast,
}

/// What the code declares.
struct Code {
    description: Description,
    layout: String,
    indexes: String,
}

impl Locked {
    /// The record type `R`.
    #[must_use]
    pub fn of<R: StoredRecord>() -> Self {
        Self {
            table: R::SCHEMA.table(),
            describe: <R as table::Row>::describe,
            past: conversion::past::<R>(),
        }
    }

    /// The table of its records.
    pub(super) const fn table(&self) -> &'static str {
        self.table
    }

    /// What is to be in its file, of which there is none.
    pub(super) fn begin(&self, mode: LockMode) -> Result<Lock, LockReason> {
        let lock = Lock { table: self.table.to_owned(), ..Lock::default() };
        Ok(written(lock, &self.code()?, mode))
    }

    /// Checks that the code reads what `lock` has of released programs, and that it says what the code is. Returns what
    /// is to be in the file.
    pub(super) fn check(&self, lock: Lock, mode: LockMode) -> Result<Lock, Vec<LockReason>> {
        let code = self.code().map_err(|reason| vec![reason])?;
        let mut faults = self.check_released(&lock, &code);
        if faults.is_empty() && !mode.is_writing() {
            faults.extend(self.check_code(&lock, &code));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Ok(if mode.is_writing() { written(lock, &code, mode) } else { lock })
    }

    fn code(&self) -> Result<Code, LockReason> {
        let description = (self.describe)();
        let (layout, _) = description.layout_and_fingerprint();
        let indexes = description.indexes.iter().map(IndexShape::text).collect();
        Description::parse(&layout).map_err(|reason| LockReason::Code { reason })?;
        Ok(Code { description, layout, indexes })
    }

    /// What of the released layouts the code does not read: the newest first, and those of one reason together.
    fn check_released(&self, lock: &Lock, code: &Code) -> Vec<LockReason> {
        let mut faults: Vec<LockReason> = Vec::new();
        for released in lock.released.iter().rev() {
            let layout = released.number;
            if !released.is_whole() {
                faults.push(LockReason::Edited { layout });
            } else if released.text != code.layout {
                match Description::parse(&released.text) {
                    Ok(old) => match self.past.road(&old, &code.description) {
                        Ok(_) => {}
                        Err(unresolved) => add(&mut faults, layout, unresolved),
                    },
                    Err(reason) => faults.push(LockReason::Text { layout, reason }),
                }
            }
        }
        faults
    }

    /// What `lock` says of the code and is not so.
    fn check_code(&self, lock: &Lock, code: &Code) -> Option<LockReason> {
        if lock.drafts.len() > 1 {
            return Some(LockReason::Drafts { count: lock.drafts.len() });
        }
        let is_released = lock.released.iter().any(|released| released.text == code.layout);
        let is_right = match &*lock.drafts {
            [] => is_released,
            [draft] => *draft == code.layout && !is_released,
            _ => false,
        };
        let mut changes = Vec::new();
        if !is_right {
            let last = lock.released.last().map(|released| &released.text);
            let before = lock.drafts.first().or(last).map_or("", String::as_str);
            match self.changes(before, code) {
                Ok(found) => changes.extend(found),
                Err(unresolved) => return Some(LockReason::Draft { unresolved }),
            }
        }
        changes.extend(difference(&code.indexes, &lock.indexes));
        let changes = changes.join("\n");
        (!is_right || !changes.is_empty()).then_some(LockReason::Stale { changes })
    }

    /// What has changed since the layout `before`.
    fn changes(&self, before: &str, code: &Code) -> Result<Vec<String>, Unresolved> {
        // A draft that branches have mixed is no layout.
        let Ok(old) = Description::parse(before) else {
            return Ok(difference(&code.layout, before).into_iter().collect());
        };
        let (road, _) = self.past.road(&old, &code.description)?;
        let steps: Vec<_> = road.steps().map(ToString::to_string).collect();
        if steps.is_empty() {
            return Ok(difference(&code.layout, before).into_iter().collect());
        }
        Ok(steps)
    }
}

/// The first line that differs.
fn difference(code: &str, lock: &str) -> Option<String> {
    text::difference(code, lock).map(|difference| difference.to_string())
}

/// Adds that `layout` is not read, to those that are not for the same reason.
fn add(faults: &mut Vec<LockReason>, layout: u32, unresolved: Unresolved) {
    for fault in faults.iter_mut() {
        if let LockReason::Unresolved { layouts, unresolved: same } = fault
            && *same == unresolved
        {
            return layouts.push(layout);
        }
    }
    faults.push(LockReason::Unresolved { layouts: vec![layout], unresolved });
}

/// What is to be in the file: what was released, each once, and the layout of the code.
fn written(lock: Lock, code: &Code, mode: LockMode) -> Lock {
    let mut new = Lock { table: lock.table, indexes: code.indexes.clone(), ..Lock::default() };
    for released in lock.released {
        let is_there = |other: &Released| other.text == released.text;
        if !new.released.iter().any(is_there) {
            // Branches may have given one number to two layouts.
            let number = released.number.max(new.next());
            new.released.push(released.numbered(number));
        }
    }
    let is_released = new.released.iter().any(|released| released.text == code.layout);
    if !is_released && mode == LockMode::Release {
        new.released.push(Released::new(new.next(), today(), code.layout.clone()));
    } else if !is_released {
        new.drafts.push(code.layout.clone());
    }
    new
}
