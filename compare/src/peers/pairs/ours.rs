//! `storage`: a raw table.

use super::{super::storage, Pair, Pairs};
use std::path::Path;
use storage::{ReadTxn, RkyvTable, Storage, Table};

const NAME: &str = "pairs";

struct Ours {
    storage: Storage,
    table: RkyvTable<Vec<u8>, Vec<u8>>,
}

type HeldTable = Table<storage::table::Pair<Vec<u8>, Vec<u8>, storage::codec::Rkyv>, ReadTxn>;

pub(super) fn open(dir: &Path) -> Box<dyn Pairs> {
    let storage = storage(&dir.join("pairs.storage"));
    let table = storage.new_rkyv_table(NAME);
    Box::new(Ours { storage, table })
}

impl Ours {
    fn held(&self) -> HeldTable {
        self.storage.read().unwrap().new_rkyv_table(NAME)
    }
}

impl Pairs for Ours {
    fn put_all(&self, pairs: &[Pair]) {
        self.table.put_stream(pairs.iter().map(|(key, value)| (&key[..], value))).unwrap();
    }

    fn remove_all(&self, keys: &[&[u8]]) {
        let removed = self.storage.write(|txn| {
            let table = txn.new_rkyv_table::<Vec<u8>, Vec<u8>>(NAME);
            keys.iter().try_for_each(|key| table.delete(*key).map(drop))
        });
        removed.unwrap();
    }

    fn change(&self, key: &[u8], change: &mut dyn FnMut(&[u8]) -> Vec<u8>) {
        let changed = self.storage.write(|txn| {
            let table = txn.new_rkyv_table::<Vec<u8>, Vec<u8>>(NAME);
            let new = table.get(key, |value| change(value))?.unwrap();
            table.put(key, &new)
        });
        changed.unwrap();
    }

    fn read_all(&self, keys: &[&[u8]], visit: &mut dyn FnMut(&[u8])) {
        let table = self.held();
        for key in keys {
            table.get(*key, |value| visit(value)).unwrap();
        }
    }

    fn ranges(&self, starts: &[&[u8]], count: usize, visit: &mut dyn FnMut(&[u8])) {
        let table = self.held();
        for start in starts {
            for row in table.range(*start..).unwrap().limit(count as u64) {
                visit(row.unwrap().1.view());
            }
        }
    }
}
