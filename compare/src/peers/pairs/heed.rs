//! heed: LMDB.

use super::{super::heed::environment, Pair, Pairs};
use heed::{Database, Env, RwTxn, types::Bytes};
use std::{ops::Bound, path::Path};

struct Lmdb {
    env: Env,
    table: Database<Bytes, Bytes>,
}

pub(super) fn open(dir: &Path) -> Box<dyn Pairs> {
    let env = environment(dir);
    let mut txn = env.write_txn().unwrap();
    let table = env.create_database(&mut txn, Some("pairs")).unwrap();
    txn.commit().unwrap();
    Box::new(Lmdb { env, table })
}

impl Lmdb {
    fn write(&self, body: impl FnOnce(&mut RwTxn<'_>)) {
        let mut txn = self.env.write_txn().unwrap();
        body(&mut txn);
        txn.commit().unwrap();
    }
}

impl Pairs for Lmdb {
    fn put_all(&self, pairs: &[Pair]) {
        self.write(|txn| {
            for (key, value) in pairs {
                self.table.put(txn, key, value).unwrap();
            }
        });
    }

    fn remove_all(&self, keys: &[&[u8]]) {
        self.write(|txn| {
            for key in keys {
                self.table.delete(txn, key).unwrap();
            }
        });
    }

    fn change(&self, key: &[u8], change: &mut dyn FnMut(&[u8]) -> Vec<u8>) {
        self.write(|txn| {
            let new = change(self.table.get(txn, key).unwrap().unwrap());
            self.table.put(txn, key, &new).unwrap();
        });
    }

    fn read_all(&self, keys: &[&[u8]], visit: &mut dyn FnMut(&[u8])) {
        let txn = self.env.read_txn().unwrap();
        for key in keys {
            if let Some(value) = self.table.get(&txn, key).unwrap() {
                visit(value);
            }
        }
    }

    fn ranges(&self, starts: &[&[u8]], count: usize, visit: &mut dyn FnMut(&[u8])) {
        let txn = self.env.read_txn().unwrap();
        for start in starts {
            for row in self
                .table
                .range(&txn, &(Bound::Included(*start), Bound::Unbounded))
                .unwrap()
                .take(count)
            {
                visit(row.unwrap().1);
            }
        }
    }
}
