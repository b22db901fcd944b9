//! The index entries that come and go with a row.

use super::{
    encode::field,
    field_keys::FieldKeys,
    open::{OpenLayout, OpenTable},
};
use crate::{
    backend::ByteWriter,
    catalog::{KnownIndex, KnownLayout},
    error::{DynamicError, ReportedKey, StorageError, UniqueViolation},
    index::diff,
    key::{self, ByteRange, KeyBuf},
    value::Value,
};
use std::{convert::Infallible, ops::Bound};

/// What must change in the indexes of a table.
pub(super) struct EntryChanges<'o> {
    writer: &'o dyn ByteWriter,
    open: &'o OpenTable,
    changes: Vec<EntryChange<'o>>,
}

/// What must change in one index.
struct EntryChange<'o> {
    number: usize,
    index: &'o KnownIndex,
    old: OldEntries,
    added: Vec<KeyBuf>,
}

/// The entries of the row that was there.
enum OldEntries {
    Of(Vec<KeyBuf>),
    /// They are not known, because the row is damaged, or of a layout whose fields only the program knows to read: all
    /// of the index is looked through.
    Unknown,
}

impl OpenTable {
    /// How the keys of `index` are made of rows of `layout`; `None` if only a program can make them.
    pub(super) fn entry_keys<'o>(
        &'o self,
        index: &'o KnownIndex,
        layout: &'o KnownLayout,
    ) -> Option<FieldKeys<'o>> {
        let keys = FieldKeys::new(&index.shape, &layout.description)?;
        if index.layout == layout.number {
            return Some(keys);
        }
        // Its other entries were made by code of another layout.
        let made_by = self.known.layouts.iter().find(|layout| layout.number == index.layout)?;
        let others = FieldKeys::new(&index.shape, &made_by.description)?;
        keys.are_same(&others).then_some(keys)
    }
}

impl<'o> EntryChanges<'o> {
    /// Of the row under `key`, whose stored bytes are `old` and which becomes `new`.
    pub(super) fn new(
        writer: &'o dyn ByteWriter,
        open: &'o OpenTable,
        layout: &OpenLayout<'_>,
        (key, old, new): (&[u8], Option<&[u8]>, Option<&Value>),
    ) -> Result<Self, DynamicError> {
        let mut changes = Vec::new();
        for (number, index) in open.known.indexes.iter().enumerate() {
            if index.is_left_to_build(writer)? {
                continue;
            }
            let keys = open.entry_keys(index, layout.known);
            let added = match (keys, new) {
                (_, None) => Some(Vec::new()),
                (Some(keys), Some(row)) => keys_of(&keys, layout.known, row),
                (None, Some(_)) => None,
            };
            let Some(added) = added else {
                // A field is no key of the index: what it means, only the program knows.
                open.known.leave_to_build(writer, index)?;
                continue;
            };
            let old = match old {
                None => OldEntries::Of(Vec::new()),
                Some(value) => old_entries(open, index, layout, key, value),
            };
            changes.push(match old {
                OldEntries::Of(old) => {
                    let change = diff(old, added);
                    let old = OldEntries::Of(change.removed);
                    EntryChange { number, index, old, added: change.added }
                }
                old @ OldEntries::Unknown => EntryChange { number, index, old, added },
            });
        }
        Ok(Self { writer, open, changes })
    }

    /// Checks that no other row has a key that is added to a unique index, and that every key is short enough.
    pub(super) fn check(&self, primary_key: &[u8]) -> Result<(), DynamicError> {
        for change in &self.changes {
            let index = &change.index.shape;
            for index_key in &change.added {
                key::check_len(index_key).map_err(|reason| StorageError::Key {
                    table: change.index.table.name().to_owned(),
                    reason,
                })?;
                if !index.is_unique {
                    continue;
                }
                if let Some(holder) = self.holder(change, index_key)?
                    && *holder != *primary_key
                {
                    let keys = self.open.index_keys(change.number);
                    let report = |key: &[u8]| self.open.keys().report(key);
                    let violation = UniqueViolation {
                        table: self.open.name().to_owned(),
                        index: index.name.clone(),
                        index_key: keys.map_or_else(
                            || ReportedKey::untyped(index_key),
                            |keys| keys.report(index_key),
                        ),
                        holder: report(&holder),
                        refused: report(primary_key),
                    };
                    return Err(StorageError::from(violation).into());
                }
            }
        }
        Ok(())
    }

    /// The primary key of the row that has `index_key`.
    fn holder(
        &self,
        change: &EntryChange<'_>,
        index_key: &[u8],
    ) -> Result<Option<KeyBuf>, DynamicError> {
        let (table, range) = (&change.index.table, ByteRange::prefix(KeyBuf::from(index_key)));
        let (lower, upper) = range.bounds();
        let Some(entry) = self.writer.first(table, lower, upper)? else { return Ok(None) };
        change.index.seal.verify(&entry.key, &entry.value).map_err(|damage| {
            StorageError::corrupt_row(table.name(), ReportedKey::untyped(&entry.key), damage)
        })?;
        Ok(entry.key.strip_prefix(index_key).map(KeyBuf::from))
    }

    /// Deletes the entries that go, and puts those that come.
    pub(super) fn apply(&self, primary_key: &[u8]) -> Result<(), DynamicError> {
        for change in &self.changes {
            let (table, seal) = (&change.index.table, change.index.seal);
            match &change.old {
                OldEntries::Of(removed) => {
                    for index_key in removed {
                        let (entry, _) = seal.entry(index_key, primary_key);
                        self.writer.delete(table, &entry)?;
                    }
                }
                OldEntries::Unknown => self.sweep(change, primary_key)?,
            }
            for index_key in &change.added {
                let (entry, value) = seal.entry(index_key, primary_key);
                self.writer.put(table, &entry, &value)?;
            }
        }
        Ok(())
    }

    /// Deletes every entry of the row, found by reading the whole index.
    #[cold]
    fn sweep(&self, change: &EntryChange<'_>, primary_key: &[u8]) -> Result<(), DynamicError> {
        let table = &change.index.table;
        let Some(keys) = self.open.index_keys(change.number) else { return Ok(()) };
        for entry in self.writer.keys(table, Bound::Unbounded, Bound::Unbounded)? {
            let entry = entry?;
            let of_entry = keys.decode(&entry).ok().and_then(|(_, len)| entry.get(len..));
            if of_entry == Some(primary_key) {
                self.writer.delete(table, &entry)?;
            }
        }
        Ok(())
    }
}

fn keys_of(keys: &FieldKeys<'_>, layout: &KnownLayout, row: &Value) -> Option<Vec<KeyBuf>> {
    let found = keys.of(|name| Ok::<_, Infallible>(field(layout, row, name)));
    found.unwrap_or_else(|never| match never {})
}

fn old_entries(
    open: &OpenTable,
    index: &KnownIndex,
    layout: &OpenLayout<'_>,
    key: &[u8],
    stored: &[u8],
) -> OldEntries {
    let keys = || {
        let (at, body_len) = open.open_value(key, stored).ok()?;
        let (known, form) = (open.known.layouts.get(at)?, open.forms.get(at)?);
        if known.number != layout.known.number && known.number != index.layout {
            return None;
        }
        let row = form.value(stored.get(..body_len)?).ok()?;
        keys_of(&open.entry_keys(index, known)?, known, &row)
    };
    keys().map_or(OldEntries::Unknown, OldEntries::Of)
}
