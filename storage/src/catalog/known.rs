//! What the file has of a table, for who has no record type of it.

use super::{
    index_row::IndexState,
    layouts::{FIRST_LAYOUT, fingerprint},
    rows::{self, TableRows},
    seals::TableSeals,
};
use crate::{
    backend::{ByteReader, ByteTable},
    codec::Seal,
    error::Result,
    index::IndexSeal,
    schema::{Description, IndexShape},
};

/// A table, its layouts and its indexes.
#[derive(Debug)]
pub(crate) struct KnownTable {
    pub(crate) table: ByteTable,
    /// Of the newest layout, with the indexes.
    pub(crate) description: Description,
    /// Those that rows may have, the oldest first.
    pub(crate) layouts: Vec<KnownLayout>,
    pub(crate) indexes: Vec<KnownIndex>,
    /// What the entries of its feed are sealed with, if its changes are logged.
    pub(crate) feed: Option<Seal>,
}

/// A layout, and what its rows are sealed with.
#[derive(Debug)]
pub(crate) struct KnownLayout {
    pub(crate) number: u16,
    pub(crate) text: String,
    pub(crate) description: Description,
    pub(crate) seal: Seal,
}

/// An index, and what its entries are sealed with.
#[derive(Debug)]
pub(crate) struct KnownIndex {
    pub(crate) shape: IndexShape,
    pub(crate) table: ByteTable,
    pub(crate) seal: IndexSeal,
    /// How far it is built.
    pub(crate) state: IndexState,
    /// The number of the layout whose code has made its entries.
    pub(crate) layout: u16,
}

impl KnownIndex {
    /// Whether it has the entries of all rows.
    pub(crate) fn is_ready(&self) -> bool {
        self.state == IndexState::Ready
    }
}

impl KnownTable {
    /// What the file has of the table `name`; `None` if there is none.
    pub(crate) fn read(reader: &dyn ByteReader, name: &str) -> Result<Option<Self>> {
        let Some(rows) = TableRows::read(reader, name.as_bytes())? else { return Ok(None) };
        let description = rows.description(name.as_bytes())?;
        let seal_name = rows.seal_name.as_deref().unwrap_or(name);
        let layout = |(number, text): (u16, &str)| {
            let description = Description::parse(text);
            Ok(KnownLayout {
                number,
                text: text.to_owned(),
                description: description
                    .map_err(|error| rows::not_understood(name.as_bytes(), error))?,
                seal: Seal::new(seal_name, number, fingerprint(text)),
            })
        };
        let layouts = rows.layouts.iter().map(layout).collect::<Result<_>>()?;
        let seals = TableSeals::new(seal_name, &description);
        let index = |(number, shape): (usize, &IndexShape)| {
            let row = rows.indexes.iter().find(|row| row.name == shape.name);
            KnownIndex {
                shape: shape.clone(),
                table: (&*rows::index_table(name, &shape.name)).into(),
                seal: seals.index(number),
                state: row.map_or(IndexState::Building(None), |row| row.state.clone()),
                layout: row.map_or(FIRST_LAYOUT, |row| row.layout),
            }
        };
        let indexes = description.indexes.iter().enumerate().map(index).collect();
        let feed = rows.is_fed().then(|| seals.feed());
        Ok(Some(Self { table: name.into(), description, layouts, indexes, feed }))
    }
}
