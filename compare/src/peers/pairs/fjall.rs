//! fjall; a batch is whole or not there, as a transaction is.

use super::{super::fjall::database, Pair, Pairs};
use fjall::{Database, Keyspace, OwnedWriteBatch, PersistMode};
use std::path::Path;

struct Fjall {
    db: Database,
    pairs: Keyspace,
}

pub(super) fn open(dir: &Path) -> Box<dyn Pairs> {
    let (db, pairs) = database(dir);
    Box::new(Fjall { db, pairs })
}

impl Fjall {
    fn write(&self, body: impl FnOnce(&mut OwnedWriteBatch)) {
        let mut batch = self.db.batch().durability(Some(PersistMode::SyncData));
        body(&mut batch);
        batch.commit().unwrap();
    }
}

impl Pairs for Fjall {
    fn put_all(&self, pairs: &[Pair]) {
        self.write(|batch| {
            for (key, value) in pairs {
                batch.insert(&self.pairs, &key[..], &value[..]);
            }
        });
    }

    fn remove_all(&self, keys: &[&[u8]]) {
        self.write(|batch| {
            for key in keys {
                batch.remove(&self.pairs, *key);
            }
        });
    }

    fn change(&self, key: &[u8], change: &mut dyn FnMut(&[u8]) -> Vec<u8>) {
        let new = change(&self.pairs.get(key).unwrap().unwrap());
        self.write(|batch| batch.insert(&self.pairs, key, new));
    }

    fn read_all(&self, keys: &[&[u8]], visit: &mut dyn FnMut(&[u8])) {
        for key in keys {
            if let Some(value) = self.pairs.get(key).unwrap() {
                visit(&value);
            }
        }
    }

    fn ranges(&self, starts: &[&[u8]], count: usize, visit: &mut dyn FnMut(&[u8])) {
        for start in starts {
            for row in self.pairs.range(*start..).take(count) {
                visit(&row.value().unwrap());
            }
        }
    }
}
