//! What the tables hold, and how it changes, whatever the codec.

use super::Growth;

/// One of the two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The table of rkyv records.
    Rkyv,
    /// The table of FlatBuffers records.
    Flat,
}

/// A record of either table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The primary key.
    pub id: u32,
    /// The key of a unique index.
    pub email: Option<String>,
    /// The key of an index.
    pub city: String,
    /// The keys of an index, one for each.
    pub tags: Vec<String>,
    /// Makes records of many lengths.
    pub note: String,
}

/// A change to one record.
#[derive(Clone, Debug)]
pub enum Change {
    /// The record is put, in place of one that is there.
    Put(Side, Row),
    /// The record under the key, if there is one, moves to another city and changes its e-mail address.
    Update(Side, u32, String),
    /// The record under the key, if there is one, is removed.
    Delete(Side, u32),
    /// The records with keys from the one to the other are removed.
    DeleteRows(Side, u32, u32),
    /// The records with keys from the one to the other move to another city, as by an update.
    UpdateRows(Side, u32, u32, String),
    /// All records are removed.
    Clear(Side),
    /// Records are put in one stream, some of their keys twice.
    Stream(Side, Vec<Row>),
    /// In a transaction: the table is put aside under another name, in place of the one that is there.
    Aside(Side),
    /// In a transaction: the changes are made, and undone by a savepoint that fails.
    Undone(Vec<Change>),
    /// By itself: a program of a release does something with its table.
    Grow(Growth),
}

impl Change {
    /// Whether a table is now another one, which handles of it must be opened again for.
    #[must_use]
    pub const fn replaces_table(&self) -> bool {
        matches!(self, Self::Aside(_))
    }
}

impl Row {
    /// What an update makes of it.
    pub fn move_to(&mut self, city: &str) {
        city.clone_into(&mut self.city);
        self.email = Some(format!("{}@{city}.example", self.id));
    }
}
