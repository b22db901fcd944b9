//! The records of the two tables: the same fields and indexes, each in its codec.

use super::{Row, State};
use rkyv::{Archive, Deserialize, Serialize};
use std::collections::BTreeMap;
use storage::{Result, StoredRecord, Table, table::Access};

macro_rules! record {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        pub(in crate::workload) struct $name {
            #[store(key)]
            pub(in crate::workload) id: u32,
            #[store(unique)]
            pub(in crate::workload) email: Option<String>,
            #[store(index)]
            pub(in crate::workload) city: String,
            #[store(index)]
            pub(in crate::workload) tags: Vec<String>,
            pub(in crate::workload) note: String,
        }

        impl From<&Row> for $name {
            fn from(row: &Row) -> Self {
                let Row { id, email, city, tags, note } = row.clone();
                Self { id, email, city, tags, note }
            }
        }

        impl From<$name> for Row {
            fn from(record: $name) -> Self {
                let $name { id, email, city, tags, note } = record;
                Self { id, email, city, tags, note }
            }
        }

        impl Kept for $name {
            fn move_to(&mut self, city: &str) {
                let mut row = Row::from(self.clone());
                row.move_to(city);
                *self = Self::from(&row);
            }

            fn check_look_ups<A: Access>(
                table: &Table<Self, A>,
                rows: &BTreeMap<u32, Row>,
            ) -> Result<Option<String>> {
                for row in rows.values() {
                    if let Some(email) = &row.email {
                        let found = table.by(Self::INDEXES.email).load(email.as_str())?;
                        if found.map(Row::from).as_ref() != Some(row) {
                            return Ok(Some(format!("{} is not found by {email}", row.id)));
                        }
                    }
                }
                for (city, count) in State::count(rows.values().map(|row| row.city.as_str())) {
                    let found = table.by(Self::INDEXES.city).count(city)?;
                    if found != count {
                        return Ok(Some(format!("{found} of {count} records in {city}")));
                    }
                }
                let tags = rows.values().flat_map(|row| row.tags.iter().map(String::as_str));
                for (tag, count) in State::count(tags) {
                    let found = table.by(Self::INDEXES.tags).get_all(tag)?.count()?;
                    if found != count {
                        return Ok(Some(format!("{found} of {count} records tagged {tag}")));
                    }
                }
                Ok(None)
            }
        }
    };
}

/// The same records in a table of another name, for tables that are put aside.
pub(super) mod aside {
    use super::{
        Access, Archive, BTreeMap, Deserialize, Kept, Result, Row, Serialize, State, StoredRecord,
        Table,
    };

    record! {
        #[derive(Clone, Debug, Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "rkyv_rows_aside")]
        RkyvRow
    }

    record! {
        #[derive(Clone, Debug, StoredRecord)]
        #[store(codec = "flatbuffers", table = "flat_rows_aside")]
        FlatRow
    }
}

/// What both records can do.
pub(super) trait Kept:
    StoredRecord<Key = u32> + Clone + Into<Row> + for<'r> From<&'r Row>
{
    /// As [`Row::move_to`].
    fn move_to(&mut self, city: &str);

    /// Looks every row up by each of its indexes, and says what is not found.
    fn check_look_ups<A: Access>(
        table: &Table<Self, A>,
        rows: &BTreeMap<u32, Row>,
    ) -> Result<Option<String>>;
}

record! {
    #[derive(Clone, Debug, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "rkyv_rows")]
    RkyvRow
}

record! {
    #[derive(Clone, Debug, StoredRecord)]
    #[store(codec = "flatbuffers", table = "flat_rows")]
    FlatRow
}
