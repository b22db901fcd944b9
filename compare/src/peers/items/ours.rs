//! `storage`.

use super::{super::storage, Item, Items, values};
use rkyv::{Archive, Deserialize, Serialize};
use std::path::Path;
use storage::{Storage, StoredRecord, Table};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "items")]
struct OurItem {
    #[store(key)]
    id: i64,
    #[store(index)]
    value0: i64,
    #[store(index)]
    value1: i64,
    #[store(index)]
    value2: i64,
    #[store(index)]
    value3: i64,
    #[store(index)]
    value4: i64,
    #[store(index)]
    value5: i64,
    #[store(index)]
    value6: i64,
    #[store(index)]
    value7: i64,
    #[store(index)]
    value8: i64,
    #[store(index)]
    value9: i64,
}

impl From<&Item> for OurItem {
    fn from(item: &Item) -> Self {
        let [value0, value1, value2, value3, value4, value5, value6, value7, value8, value9] =
            item.values;
        Self {
            id: item.id,
            value0,
            value1,
            value2,
            value3,
            value4,
            value5,
            value6,
            value7,
            value8,
            value9,
        }
    }
}

struct Ours {
    storage: Storage,
    table: Table<OurItem>,
}

pub(super) fn open(dir: &Path) -> Box<dyn Items> {
    let storage = storage(&dir.join("items.storage"));
    let table = OurItem::table(&storage).unwrap();
    Box::new(Ours { storage, table })
}

fn sum(item: &ArchivedOurItem) -> i64 {
    values!(item).iter().sum()
}

impl Items for Ours {
    fn insert_all(&self, items: &[Item]) {
        self.table.put_stream(items.iter().map(OurItem::from)).unwrap();
    }

    fn read(&self, ids: &[i64]) -> i64 {
        ids.iter().map(|id| self.table.get(*id, sum).unwrap().unwrap()).sum()
    }

    fn range(&self, least: i64, end: i64) -> i64 {
        let rows = self.table.by(OurItem::INDEXES.value0).range(least..end).unwrap();
        rows.map(|item| sum(item.unwrap().view())).sum()
    }

    fn remove_all(&self, items: &[Item]) {
        let removed = self.storage.write(|txn| {
            let table = txn.table::<OurItem>()?;
            items.iter().try_for_each(|item| table.delete(item.id).map(drop))
        });
        removed.unwrap();
    }
}
