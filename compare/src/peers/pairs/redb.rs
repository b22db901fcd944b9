//! redb, with keys and values as it takes them.

use super::{super::redb_raw::create, Pairs};
use redb::{Database, ReadOnlyTable, ReadableDatabase, ReadableTable, Table, TableDefinition};
use std::path::Path;

const PAIRS: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("pairs");

struct Redb(Database);

pub(super) fn open(dir: &Path) -> Box<dyn Pairs> {
    Box::new(Redb(create(&dir.join("pairs.redb"))))
}

impl Redb {
    fn write(&self, body: impl FnOnce(&mut Table<'_, &'static [u8], &'static [u8]>)) {
        let txn = self.0.begin_write().unwrap();
        body(&mut txn.open_table(PAIRS).unwrap());
        txn.commit().unwrap();
    }

    fn table(&self) -> ReadOnlyTable<&'static [u8], &'static [u8]> {
        self.0.begin_read().unwrap().open_table(PAIRS).unwrap()
    }
}

impl Pairs for Redb {
    fn put_all(&self, pairs: &[(Vec<u8>, Vec<u8>)]) {
        self.write(|table| {
            for (key, value) in pairs {
                table.insert(&key[..], &value[..]).unwrap();
            }
        });
    }

    fn remove_all(&self, keys: &[&[u8]]) {
        self.write(|table| {
            for key in keys {
                table.remove(key).unwrap();
            }
        });
    }

    fn change(&self, key: &[u8], change: &mut dyn FnMut(&[u8]) -> Vec<u8>) {
        self.write(|table| {
            let new = change(table.get(key).unwrap().unwrap().value());
            table.insert(key, &new[..]).unwrap();
        });
    }

    fn read_all(&self, keys: &[&[u8]], visit: &mut dyn FnMut(&[u8])) {
        let table = self.table();
        for key in keys {
            if let Some(value) = table.get(key).unwrap() {
                visit(value.value());
            }
        }
    }

    fn ranges(&self, starts: &[&[u8]], count: usize, visit: &mut dyn FnMut(&[u8])) {
        let table = self.table();
        for start in starts {
            for row in table.range(*start..).unwrap().take(count) {
                visit(row.unwrap().1.value());
            }
        }
    }
}
