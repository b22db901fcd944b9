//! A record type that a lock holds to the layouts of released programs.

use super::{
    date::today,
    mode::LockMode,
    text::{Lock, Released},
};
use crate::{
    catalog::revived,
    conversion,
    error::{LockReason, Unresolved},
    older_type::RowPast,
    record::StoredRecord,
    schema::{Description, IndexShape, has_other_key, text},
    table,
};

/// A record type that a lock holds to the layouts of released programs.
#[derive(Clone, Copy, Debug)]
pub struct Locked {
    table: &'static str,
    table_was: &'static [&'static str],
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
            table_was: R::SCHEMA.table_was(),
            describe: <R as table::Row>::describe,
            past: conversion::past::<R>(),
        }
    }

    /// The table of its records.
    pub(super) const fn table(&self) -> &'static str {
        self.table
    }

    /// The names that the table had.
    pub(super) const fn table_was(&self) -> &'static [&'static str] {
        self.table_was
    }

    /// Whether it is what the records of `newer` were before they got their keys.
    pub(super) fn has_other_key_than(&self, newer: &Self) -> bool {
        let (old, new) = ((self.describe)(), (newer.describe)());
        self.table == newer.table && has_other_key(&old, &new, &(newer.past.hints)())
    }

    /// What is to be in its file, of which there is none.
    pub(super) fn begin(&self, mode: LockMode) -> Result<Lock, LockReason> {
        let lock = Lock { table: self.table.to_owned(), ..Lock::default() };
        Ok(written(lock, &self.code()?, mode))
    }

    /// Checks that the code reads what `lock` has of released programs, and that it says what the code is; `before` are
    /// the types that the records were of under other keys. Returns what is to be in the file.
    pub(super) fn check(
        &self,
        lock: Lock,
        before: &[&Self],
        mode: LockMode,
    ) -> Result<Lock, Vec<LockReason>> {
        let code = self.code().map_err(|reason| vec![reason])?;
        let mut faults = self.check_released(&lock, &code, before);
        if faults.is_empty() && !mode.is_writing() {
            faults.extend(self.check_code(&lock, &code, before));
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
    fn check_released(&self, lock: &Lock, code: &Code, before: &[&Self]) -> Vec<LockReason> {
        let (mut faults, mut read) = (Vec::new(), Vec::new());
        for released in lock.released.iter().rev() {
            let layout = released.number;
            if !released.is_whole() {
                faults.push(LockReason::Edited { layout });
            } else if released.text != code.layout {
                match Description::parse(&released.text) {
                    Ok(old) => match self.past.road(&old, &code.description) {
                        Ok((_, None)) => read.push((layout, old)),
                        Ok((_, Some(_))) => {}
                        Err(_) if is_rekeyed(&old, before) => {}
                        Err(unresolved) => add(&mut faults, layout, unresolved),
                    },
                    Err(reason) => faults.push(LockReason::Text { layout, reason }),
                }
            } else {
                // What was released since does not concern it.
                read.clear();
            }
        }
        if faults.is_empty() {
            read.reverse();
            faults.extend(self.check_revived(&read, code));
        }
        faults
    }

    /// What fields the code has that are in a released layout and not in one behind it, unless it says that they are
    /// meant: it would not open a file that has both.
    fn check_revived(&self, read: &[(u32, Description)], code: &Code) -> Option<LockReason> {
        let ((first, _), true) = (read.first()?, read.len() > 1) else { return None };
        let number = |number: u32| u16::try_from(number).unwrap_or(u16::MAX);
        let layouts: Vec<_> = read.iter().map(|(layout, old)| (number(*layout), old)).collect();
        let unresolved = revived(&layouts, &code.description, &(self.past.hints)());
        unresolved.differences().next()?;
        Some(LockReason::Unresolved { layouts: vec![*first], unresolved })
    }

    /// What `lock` says of the code and is not so.
    fn check_code(&self, lock: &Lock, code: &Code, before: &[&Self]) -> Option<LockReason> {
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
            let old = lock.drafts.first().or(last).map_or("", String::as_str);
            match self.changes(old, code, before) {
                Ok(found) => changes.extend(found),
                Err(unresolved) => return Some(LockReason::Draft { unresolved }),
            }
        }
        changes.extend(difference(&code.indexes, &lock.indexes));
        let changes = changes.join("\n");
        (!is_right || !changes.is_empty()).then_some(LockReason::Stale { changes })
    }

    /// What has changed since the layout `text`.
    fn changes(
        &self,
        text: &str,
        code: &Code,
        before: &[&Self],
    ) -> Result<Vec<String>, Unresolved> {
        let difference = || Ok(difference(&code.layout, text).into_iter().collect());
        // A draft that branches have mixed is no layout.
        let Ok(old) = Description::parse(text) else { return difference() };
        let (road, _) = match self.past.road(&old, &code.description) {
            Err(_) if is_rekeyed(&old, before) => return difference(),
            road => road?,
        };
        let steps: Vec<_> = road.steps().map(ToString::to_string).collect();
        if steps.is_empty() { difference() } else { Ok(steps) }
    }
}

/// Whether rows of the layout `old` are those of one of the types that the records were of under other keys.
fn is_rekeyed(old: &Description, before: &[&Locked]) -> bool {
    before.iter().any(|before| before.past.road(old, &(before.describe)()).is_ok())
}

/// The first line that differs.
fn difference(code: &str, lock: &str) -> Option<String> {
    text::difference(code, lock).map(|difference| difference.to_string())
}

/// Adds that `layout` is not read, to those that are not for the same reason.
fn add(faults: &mut Vec<LockReason>, layout: u32, mut unresolved: Unresolved) {
    unresolved.of_key();
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
