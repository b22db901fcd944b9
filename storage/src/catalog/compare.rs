//! What the file has of a table, held against what the code declares: how rows of each layout are read.

use super::{
    entry::Entry,
    layouts::{FIRST_LAYOUT, Layouts, fingerprint},
    older::Refused,
    revived::revived,
    rows::{self, TableRows},
};
use crate::{
    backend::Evolution,
    error::{
        Difference, Result, SchemaMismatch, SchemaTextError, SchemaTextReason, StorageError,
        Unresolved,
    },
    schema::{Description, text},
};

impl Entry {
    /// Remembers the numbers under which `stored` has the declared layout: in some state, rows have each.
    pub(super) fn meet_own(&self, stored: &TableRows) {
        let text = self.declared.layouts.newest();
        let indexes = || self.declared.indexes.iter().map(|index| index.name.clone()).collect();
        for (number, _) in stored.layouts.iter().filter(|(_, layout)| *layout == text) {
            self.older.meet_own(number, fingerprint(text), self.seals.name(), indexes);
        }
    }

    /// Finds out how rows of the other layouts are read. The indexes may differ, but must be understood.
    pub(super) fn compare(&self, stored: &TableRows) -> Result<()> {
        self.meet_own(stored);
        if stored.layouts == self.declared.layouts && stored.indexes == self.declared.indexes {
            return Ok(());
        }
        let text = stored.text();
        let parsed = Description::parse(&text);
        if let Err(error) = &parsed
            && matches!(error.reason(), SchemaTextReason::UnknownLine { .. })
        {
            return Err(self.not_understood(error.clone()));
        }
        let ours = self.number_in(stored);
        let mut declared = None;
        // The newest first: what has changed since is what the message is about.
        let mut layouts: Vec<_> = stored.layouts.iter().collect();
        layouts.reverse();
        let newest = layouts.first().map_or(FIRST_LAYOUT, |(number, _)| *number);
        for (number, layout) in layouts {
            let fingerprint = fingerprint(layout);
            let is_left_out = self.left_out.as_deref() == Some(layout);
            if is_left_out || self.older.knows(number, fingerprint) {
                continue;
            }
            let declared =
                declared.get_or_insert_with(|| Description::parse(&self.declared.text()));
            let Ok(declared) = declared else { return self.check_text() };
            let met = (number, fingerprint, layout);
            match self.older.meet(met, self.seals.name(), declared, self.past, self.evolution) {
                Ok(()) => {}
                Err(Refused::Text(error)) if parsed.is_err() => {
                    // What is not understood differs all the same.
                    let difference = text::difference(self.declared.layouts.newest(), layout);
                    let Some(difference) = difference else {
                        return Err(self.not_understood(error));
                    };
                    return Err(self.mismatch(stored, ours, (number, layout), None, difference));
                }
                Err(Refused::Text(error)) => return Err(self.not_understood(error)),
                Err(Refused::Unresolved(mut unresolved)) => {
                    let is_rekeyed = unresolved.of_key();
                    if (is_rekeyed || unresolved.is_of_meaning())
                        && let Ok(old) = Description::parse(layout)
                    {
                        let offer = self.past.offer(&old, declared, (number, newest), is_rekeyed);
                        unresolved.offer = offer.map(Box::new);
                    }
                    let first = unresolved.differences().next();
                    let first = first.map(|first| first.difference().clone());
                    let newest = self.declared.layouts.newest();
                    let difference = first.or_else(|| text::difference(newest, layout));
                    let unnamed = || Difference::new("the layout", None, None);
                    let difference = difference.unwrap_or_else(unnamed);
                    return Err(self.mismatch(
                        stored,
                        ours,
                        (number, layout),
                        Some(unresolved),
                        difference,
                    ));
                }
            }
        }
        parsed.map(drop).map_err(|error| self.not_understood(error))?;
        self.check_revived(stored, ours)?;
        self.refuse(stored)
    }

    /// Fails if a field has a value in old rows that is not known to be meant: it was removed in between.
    fn check_revived(&self, stored: &TableRows, ours: Option<u16>) -> Result<()> {
        let text = self.declared.layouts.newest();
        // What was entered since the declared layout was first, does not concern it.
        let since = stored.layouts.iter().find(|(_, layout)| *layout == text);
        let end = since.map_or(u16::MAX, |(number, _)| number);
        let numbers =
            stored.layouts.iter().map(|(number, _)| number).filter(|&number| number < end);
        let before: Vec<_> = numbers
            .filter_map(|number| Some((number, self.older(number)?.description()?)))
            .collect();
        let Some((first, _)) = before.first().filter(|_| before.len() > 1) else { return Ok(()) };
        let Ok(declared) = Description::parse(&self.declared.text()) else {
            return self.check_text();
        };
        let unresolved = revived(&before, &declared, &(self.past.hints)());
        let Some(difference) = unresolved.differences().next() else { return Ok(()) };
        let difference = difference.difference().clone();
        let layout = stored.layouts.iter().find(|(number, _)| number == first);
        let layout = layout.map_or("", |(_, text)| text);
        Err(self.mismatch(stored, ours, (*first, layout), Some(unresolved), difference))
    }

    /// Fails if the newest layout or an index is not as declared, and that is to be refused.
    fn refuse(&self, stored: &TableRows) -> Result<()> {
        if self.evolution != Evolution::Refuse {
            return Ok(());
        }
        let (found, expected) = (stored.text(), self.declared.text());
        match text::difference(&expected, &found) {
            None => Ok(()),
            Some(difference) => Err(SchemaMismatch {
                table: self.table.name().to_owned(),
                difference,
                unresolved: Unresolved::default(),
                newer: None,
                is_readable: true,
                stored: found,
                expected,
            }
            .into()),
        }
    }

    #[cold]
    fn not_understood(&self, error: SchemaTextError) -> StorageError {
        rows::not_understood(self.table.name().as_bytes(), error)
    }

    /// The error of rows in the layout `number` that cannot be read.
    #[cold]
    fn mismatch(
        &self,
        stored: &TableRows,
        ours: Option<u16>,
        (number, layout): (u16, &str),
        unresolved: Option<Unresolved>,
        difference: Difference,
    ) -> StorageError {
        let ours =
            ours.or_else(|| stored.layouts.retired_number_of(self.declared.layouts.newest()));
        let layouts = Layouts::of(layout.to_owned());
        let indexes = stored.indexes.clone();
        let stored = TableRows { layouts, indexes, ..TableRows::default() };
        SchemaMismatch {
            table: self.table.name().to_owned(),
            difference,
            unresolved: unresolved.unwrap_or_default(),
            newer: ours.filter(|ours| *ours < number).map(|ours| (ours, number)),
            is_readable: false,
            stored: stored.text(),
            expected: self.declared.text(),
        }
        .into()
    }
}
