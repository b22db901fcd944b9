//! `native_db`, with its defaults: one commit phase, as the others.

use super::{super::CACHE_LEN, Item, Items, values};
use native_db::{Builder, Database, Models, ToKey, native_db};
use native_model::{Model, native_model};
use serde::{Deserialize, Serialize};
use std::{path::Path, sync::LazyLock};

#[derive(Serialize, Deserialize)]
#[native_model(id = 1, version = 1)]
#[native_db]
struct NativeItem {
    #[primary_key]
    id: i64,
    #[secondary_key]
    value0: i64,
    #[secondary_key]
    value1: i64,
    #[secondary_key]
    value2: i64,
    #[secondary_key]
    value3: i64,
    #[secondary_key]
    value4: i64,
    #[secondary_key]
    value5: i64,
    #[secondary_key]
    value6: i64,
    #[secondary_key]
    value7: i64,
    #[secondary_key]
    value8: i64,
    #[secondary_key]
    value9: i64,
}

impl From<&Item> for NativeItem {
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

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let mut models = Models::new();
    models.define::<NativeItem>().unwrap();
    models
});

struct Native(Database<'static>);

pub(super) fn open(dir: &Path) -> Box<dyn Items> {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_LEN);
    Box::new(Native(builder.create(&MODELS, dir.join("items.native")).unwrap()))
}

fn sum(item: NativeItem) -> i64 {
    values!(item).iter().sum()
}

impl Items for Native {
    fn insert_all(&self, items: &[Item]) {
        let txn = self.0.rw_transaction().unwrap();
        for item in items {
            txn.insert(NativeItem::from(item)).unwrap();
        }
        txn.commit().unwrap();
    }

    fn read(&self, ids: &[i64]) -> i64 {
        let of_id = |id: &i64| {
            let txn = self.0.r_transaction().unwrap();
            txn.get().primary(*id).unwrap().map_or(0, sum)
        };
        ids.iter().map(of_id).sum()
    }

    fn range(&self, least: i64, end: i64) -> i64 {
        let txn = self.0.r_transaction().unwrap();
        let scan = txn.scan().secondary(NativeItemKey::value0).unwrap();
        let rows = scan.range(least..end).unwrap();
        rows.map(|item| sum(item.unwrap())).sum()
    }

    fn remove_all(&self, items: &[Item]) {
        let txn = self.0.rw_transaction().unwrap();
        for item in items {
            txn.remove(NativeItem::from(item)).unwrap();
        }
        txn.commit().unwrap();
    }
}
