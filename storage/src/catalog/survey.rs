//! What the file has of a table, beside what the code declares.

use super::{entry::Entry, index_row::IndexRow, layouts::FIRST_LAYOUT, older::Older};
use crate::{backend::ByteReader, error::Result};

/// The layouts and the indexes of a table.
#[derive(Debug)]
pub(crate) struct Survey<'e> {
    /// The layouts that its rows may have, by number, and how they are read.
    pub(crate) layouts: Vec<(u16, &'e Older)>,
    /// The number of the declared layout: the one it would get, if the file does not have it.
    pub(crate) declared: Option<u16>,
    /// The indexes that the file has, by name.
    pub(crate) indexes: Vec<IndexSurvey>,
}

/// An index in the file.
#[derive(Debug)]
pub(crate) struct IndexSurvey {
    pub(crate) name: String,
    /// Whether the code has an index of this name.
    pub(crate) is_declared: bool,
    /// Whether its entries are those of that index.
    pub(crate) is_right: bool,
}

impl Entry {
    /// Looks at what the file has of the table. Nothing if it was never written.
    pub(crate) fn survey(&self, reader: &dyn ByteReader) -> Result<Survey<'_>> {
        let Some(stored) = self.stored(reader)? else {
            let declared = Some(FIRST_LAYOUT);
            return Ok(Survey { layouts: Vec::new(), declared, indexes: Vec::new() });
        };
        let numbers = stored.layouts.iter().map(|(number, _)| number);
        let layouts = numbers.filter_map(|number| Some((number, self.older(number)?)));
        let index = |row: &IndexRow| {
            let declared = self.declared.indexes.iter().find(|declared| declared.name == row.name);
            IndexSurvey {
                name: row.name.clone(),
                is_declared: declared.is_some(),
                is_right: declared.is_some_and(|declared| self.is_right(row, declared)),
            }
        };
        Ok(Survey {
            layouts: layouts.collect(),
            declared: self.number_in(&stored).or_else(|| stored.layouts.next()),
            indexes: stored.indexes.iter().map(index).collect(),
        })
    }
}
