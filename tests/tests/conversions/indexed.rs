//! Indexes over records that are converted: a conversion may change what an index is over, whatever its type is.

use storage::{Storage, StoredRecord};

/// The tests of one codec.
macro_rules! indexed {
    ($codec:ident, $name:literal, [$($derive:ident),*]) => {
        mod $codec {
            use super::*;
            #[allow(unused_imports, reason = "not every codec derives of its own")]
            use rkyv::{Archive, Deserialize, Serialize};

            mod before {
                use super::*;

                #[derive($($derive,)* StoredRecord)]
                #[store(codec = $name, table = "orders")]
                pub(super) struct Order {
                    #[store(key)]
                    pub(super) id: u64,
                    #[store(unique)]
                    pub(super) title: String,
                    #[store(index)]
                    pub(super) city: Option<String>,
                    pub(super) price: f64,
                }
            }

            #[derive(Debug, PartialEq, $($derive,)* StoredRecord)]
            #[store(codec = $name, table = "orders", from = OrderV1)]
            struct Order {
                #[store(key)]
                id: u64,
                #[store(unique)]
                title: String,
                #[store(index)]
                city: Option<String>,
                cents: i64,
            }

            #[derive($($derive,)* StoredRecord)]
            #[store(codec = $name, table = "orders", was = "Order")]
            struct OrderV1 {
                #[store(key)]
                id: u64,
                title: String,
                city: Option<String>,
                price: f64,
            }

            impl From<OrderV1> for Order {
                fn from(old: OrderV1) -> Self {
                    let city = old.city.filter(|city| city != "unknown");
                    Self { id: old.id, title: old.title.to_uppercase(), city, cents: 1 }
                }
            }

            fn written() -> Storage {
                let storage = Storage::in_memory().unwrap();
                let orders = (0..10).map(|id| {
                    let city = ["Ulm", "unknown"][usize::from(id % 2 == 0)].to_owned();
                    before::Order { id, title: format!("book {id}"), city: Some(city), price: 1.0 }
                });
                before::Order::table(&storage).unwrap().put_stream(orders).unwrap();
                storage
            }

            /// The old entries are those of other values, of the same type and under the same name.
            #[test]
            fn an_index_is_over_what_the_conversion_makes() {
                let storage = written();
                let orders = Order::table(&storage).unwrap();
                let expected = Order {
                    id: 3,
                    title: "BOOK 3".into(),
                    city: Some("Ulm".into()),
                    cents: 1,
                };
                let by_title = orders.by(Order::INDEXES.title);
                assert_eq!(by_title.load("BOOK 3").unwrap(), Some(expected));
                assert_eq!(by_title.load("book 3").unwrap(), None);
                let by_city = orders.by(Order::INDEXES.city);
                assert_eq!((by_city.count("Ulm").unwrap(), by_city.count("unknown").unwrap()), (5, 0));
                assert_eq!(orders.verify().unwrap(), []);
                // Where the old row goes, the entries of what was made of it go.
                orders.update(3, |order| order.title = "other".into()).unwrap();
                assert!(orders.delete(5).unwrap());
                orders.migrate().batch(2).run().unwrap();
                assert_eq!(by_title.count("BOOK 3").unwrap(), 0);
                assert_eq!(orders.by(Order::INDEXES.title).len().unwrap(), 9);
                assert_eq!(orders.verify().unwrap(), []);
                assert!(storage.check().unwrap().is_sound());
            }
        }
    };
}

indexed!(archives, "rkyv", [Archive, Serialize, Deserialize]);
indexed!(flat, "flatbuffers", []);
