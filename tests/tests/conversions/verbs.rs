//! All verbs, over rows of three types.

use std::collections::BTreeMap;
use storage::{Storage, StoredRecord};
use tests::Scratch;

/// The tests of one codec.
macro_rules! verbs {
    ($codec:ident) => {
        mod $codec {
            use super::*;
            use crate::releases::$codec::{
                first, second,
                third::{self, Order, Sum},
            };

            fn price(id: u64) -> f64 {
                f64::from(u32::try_from(id).unwrap()) / 4.0
            }

            /// The order that all releases know under this number, as the last has it.
            fn expected(id: u64, note: Option<String>) -> Order {
                let sum = Sum { cents: id * 25, currency: "EUR".to_owned() };
                let level = u8::try_from(id / 4).unwrap();
                Order { id, title: format!("order {id:04}"), sum, level, note }
            }

            /// Rows of three types, under 300 keys.
            fn mixed(storage: &Storage) -> BTreeMap<u64, Order> {
                let title = |id| format!("order {id:04}");
                let old = |id| first::Order { id, title: title(id), price: price(id) };
                first::Order::table(storage).unwrap().put_stream((0..300).map(old)).unwrap();
                let mut all: BTreeMap<u64, Order> =
                    (0..300).map(|id| (id, expected(id, None))).collect();
                let orders = second::Order::table(storage).unwrap();
                for id in (0..300).step_by(3) {
                    let note = Some(format!("a note about the order {id}"));
                    let cents = i64::try_from(id * 25).unwrap();
                    orders
                        .put(&second::Order { id, title: title(id), cents, note: note.clone() })
                        .unwrap();
                    all.insert(id, expected(id, note));
                }
                assert_eq!(
                    orders
                        .by(second::Order::INDEXES.cents)
                        .get_all(25 * 7)
                        .unwrap()
                        .count()
                        .unwrap(),
                    1
                );
                let orders = Order::table(storage).unwrap();
                for id in (0..300).step_by(5) {
                    let order = Order { level: 200, ..all[&id].clone() };
                    orders.put(&order).unwrap();
                    all.insert(id, order);
                }
                all
            }

            fn assert_reads(storage: &Storage, all: &BTreeMap<u64, Order>) {
                let rows: Vec<Order> = all.values().cloned().collect();
                let table = Order::table(storage).unwrap();
                let f = Order::FIELDS;
                let cached = Order::table(storage).unwrap().with_cache(1 << 20);
                for handle in [&table, &cached, &cached] {
                    for (id, row) in all {
                        assert_eq!(handle.load(*id).unwrap().as_ref(), Some(row));
                        let view = handle.view(*id).unwrap().unwrap();
                        assert_eq!(&view.load().unwrap(), row);
                        assert!(handle.get(*id, |_| ()).unwrap().is_some());
                        let projected = handle.project(*id, (f.title, f.level, f.note)).unwrap();
                        assert_eq!(
                            projected,
                            Some((row.title.clone(), row.level, row.note.clone()))
                        );
                        assert!(handle.contains(*id).unwrap());
                    }
                }
                let loaded = |rows: storage::Rows<Order, _>| -> Vec<Order> {
                    rows.map(|row| row.unwrap().load().unwrap()).collect()
                };
                assert_eq!(loaded(table.iter().unwrap()), rows);
                assert_eq!(loaded(table.range(10..20).unwrap()), rows[10..20]);
                assert_eq!(table.iter().unwrap().rev().count().unwrap(), 300);
                assert_eq!(table.last().unwrap().unwrap().load().unwrap(), rows[299]);
                assert_eq!(table.scan(|_| Some(())).unwrap().len(), 300);
                assert_eq!(table.par_scan(|_| Some(())).unwrap().len(), 300);
                let same = rows.iter().filter(|row| row.level == 200).count();
                let filtered = || table.iter().unwrap().filter(f.level.eq(200));
                assert_eq!(filtered().count().unwrap(), same as u64);
                let ids = filtered().select(f.id).collect::<Result<Vec<_>, _>>().unwrap();
                assert_eq!(ids.len(), same);
                assert_eq!(table.par_select(f.level.eq(200), f.title).unwrap().len(), same);
                let titles: Vec<_> = rows.iter().map(|row| Some(row.title.clone())).collect();
                assert_eq!(table.project_many(0..300_u64, f.title).unwrap(), titles);
                let many = table.get_many(0..301_u64, |_| ()).unwrap();
                assert_eq!(many.iter().flatten().count(), 300);
                // Page after page.
                let (mut found, mut token) = (Vec::new(), None);
                loop {
                    let mut page = table.iter().unwrap().limit(70);
                    if let Some(token) = &token {
                        page = page.after(token).unwrap();
                    }
                    let before = found.len();
                    found.extend(page.by_ref().map(|row| row.unwrap().load().unwrap()));
                    if found.len() == before {
                        break;
                    }
                    token = page.page_token();
                }
                assert_eq!(found, rows);
                // By each index.
                assert_eq!(table.verify().unwrap(), vec![]);
                let by_title = table.by(Order::INDEXES.title);
                assert_eq!(loaded(by_title.get_all("order 0007").unwrap()), rows[7..8]);
                let by_level = table.by(Order::INDEXES.level);
                assert_eq!(by_level.get_all(200).unwrap().count().unwrap(), same as u64);
                let dear = rows.iter().filter(|row| row.sum.cents >= 100).count();
                assert_eq!(table.by(Order::INDEXES.dear).len().unwrap(), dear as u64);
                assert!(storage.check().unwrap().is_sound());
            }

            #[test]
            fn every_verb_reads() {
                let scratch = Scratch::new();
                let storage = scratch.open();
                let all = mixed(&storage);
                assert_reads(&storage, &all);
                let copy = scratch.path().with_extension("copy");
                storage.backup(&copy).unwrap();
                assert_reads(&Storage::open(copy).unwrap(), &all);
                drop(storage);
                // Nothing of it was only in memory.
                assert_reads(&scratch.open(), &all);
            }

            #[test]
            fn every_verb_writes() {
                let storage = Storage::in_memory().unwrap();
                let mut all = mixed(&storage);
                let orders = Order::table(&storage).unwrap();
                for id in [1, 2, 3, 5] {
                    let before = all[&id].clone();
                    let after = Order { level: 77, ..before.clone() };
                    assert!(!orders.compare_and_set(&after, &before).unwrap(), "{id}");
                    assert!(orders.compare_and_set(&before, &after).unwrap(), "{id}");
                    all.insert(id, after);
                }
                for id in [6, 7, 8, 10] {
                    assert_eq!(orders.update(id, |order| order.sum.cents += 1).unwrap(), Some(()));
                    all.get_mut(&id).unwrap().sum.cents += 1;
                }
                orders.upsert(9, |old| Order { level: 1, ..old.unwrap() }).unwrap();
                all.get_mut(&9).unwrap().level = 1;
                // Equal values stay equal.
                for id in [9, 11, 12] {
                    assert!(orders.compare_and_set(&all[&id], &all[&id]).unwrap());
                }
                storage
                    .write(|txn| {
                        let orders = txn.table::<Order>()?;
                        assert_eq!(orders.load(13)?.as_ref(), all.get(&13));
                        assert_eq!(orders.iter()?.count()?, 300);
                        Ok(())
                    })
                    .unwrap();
                assert_reads(&storage, &all);
                assert!(orders.delete(14).unwrap());
                assert_eq!(orders.delete_range(20..40).unwrap(), 20);
                assert_eq!(orders.verify().unwrap(), vec![]);
                assert_eq!(orders.len().unwrap(), 279);
            }

            /// A row is converted where the type of the code is reached, and not before.
            #[test]
            fn what_resolves_is_not_converted() {
                let storage = Storage::in_memory().unwrap();
                let all = mixed(&storage);
                assert_eq!(storage.tables().unwrap()[0].layout_count, 3);
                let orders = Order::table(&storage).unwrap();
                let before = third::converted();
                assert_eq!(orders.load(5).unwrap().as_ref(), all.get(&5));
                assert_eq!(third::converted(), before);
                assert_eq!(orders.load(6).unwrap().as_ref(), all.get(&6));
                assert_eq!(third::converted(), before + 1);
            }
        }
    };
}

verbs!(archives);
verbs!(flat);
