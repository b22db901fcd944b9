//! The message of a change of meaning has the code to paste: word for word, and it compiles.

use storage::{Storage, StorageError, StoredRecord};

/// The tests of one codec.
macro_rules! pasted {
    ($codec:ident, $name:literal, $file:literal, [$($derive:ident),*], $fields:tt, [$($first:tt)*]) => {
        mod $codec {
            use super::*;

            mod first {
                #[allow(unused_imports, reason = "not every codec derives of its own")]
                use rkyv::{Archive, Deserialize, Serialize};
                use storage::{StoredRecord, StoredType};

                $($first)*

                #[derive($($derive,)* StoredType)]
                #[store(codec = $name)]
                pub(crate) struct Place {
                    pub(crate) city: String,
                    pub(crate) state: State,
                }

                #[derive($($derive,)* StoredType)]
                #[store(codec = $name)]
                pub(crate) enum State {
                    Open,
                    Sent { days: u16 },
                    Gone(String),
                }

                #[derive($($derive,)* StoredType)]
                #[store(codec = $name)]
                pub(crate) struct Same {
                    pub(crate) number: u8,
                }
            }

            mod second {
                #[allow(unused_imports, reason = "not every codec derives of its own")]
                use rkyv::{Archive, Deserialize, Serialize};
                use storage::{StoredRecord, StoredType};

                #[derive($($derive,)* StoredRecord)]
                #[store(codec = $name, table = "orders")]
                pub(crate) struct Order $fields

                #[derive($($derive,)* StoredType)]
                #[store(codec = $name)]
                pub(crate) struct Place {
                    pub(crate) city: String,
                    pub(crate) state: State,
                }

                #[derive($($derive,)* StoredType)]
                #[store(codec = $name)]
                pub(crate) enum State {
                    Open,
                    Sent { hours: String },
                }

                #[derive($($derive,)* StoredType)]
                #[store(codec = $name)]
                pub(crate) struct Same {
                    pub(crate) number: u8,
                }
            }

            /// The second with what its message has said, to the letter.
            #[allow(unreachable_code, clippy::todo, reason = "what is left to do is not done")]
            mod third {
                use super::second::Place;
                #[allow(unused_imports, reason = "not every codec derives of its own")]
                use rkyv::{Archive, Deserialize, Serialize};
                #[allow(unused_imports, reason = "not every codec has an address here")]
                use std::net::Ipv4Addr;
                use storage::{StoredRecord, StoredType};

                #[derive($($derive,)* StoredRecord)]
                #[store(codec = $name, table = "orders", from = OrderV1)]
                pub(crate) struct Order $fields

                #[derive($($derive,)* StoredType)]
                #[store(codec = $name)]
                pub(crate) struct Same {
                    number: u8,
                }

                include!($file);
            }

            #[test]
            fn the_code_is_that_of_the_file() {
                let storage = Storage::in_memory().unwrap();
                first::Order::table(&storage).unwrap().put(&order()).unwrap();
                let error = match second::Order::table(&storage).map(drop).unwrap_err() {
                    StorageError::Schema(mismatch) => mismatch,
                    other => panic!("{other:?}"),
                };
                let code = include_str!($file);
                assert_eq!(error.unresolved().conversion(), Some(code), "{error}");
                let offer = "\nconverted? #[store(from = OrderV1)] on `Order`, which is made of the struct that the \
                             file has:\n\n";
                assert!(error.to_string().ends_with(&format!("{offer}{code}")), "{error}");
                let orders = third::Order::table(&storage).unwrap();
                assert_eq!(orders.len().unwrap(), 1);
            }

            fn order() -> first::Order {
                let place = first::Place { city: "Ulm".into(), state: first::State::Open };
                first::Order::of(7, "book".into(), 9.5, first::Same { number: 1 }, Some(place))
            }
        }
    };
}

pasted!(archives, "rkyv", "pasted/rkyv.txt", [Archive, Serialize, Deserialize], {
    #[store(key)]
    id: u64,
    r#type: String,
    cents: i64,
    same: Same,
    place: Option<Place>,
}, [
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "orders")]
    pub(crate) struct Order {
        #[store(key)]
        id: u64,
        #[store(index)]
        r#type: String,
        price: f64,
        same: Same,
        place: Option<Place>,
        at: std::net::Ipv4Addr,
        #[rkyv(with = storage::AsStored)]
        size: usize,
    }

    impl Order {
        pub(crate) fn of(
            id: u64,
            r#type: String,
            price: f64,
            same: Same,
            place: Option<Place>,
        ) -> Self {
            Self { id, r#type, price, same, place, at: std::net::Ipv4Addr::LOCALHOST, size: 1 }
        }
    }
]);
pasted!(flat, "flatbuffers", "pasted/flatbuffers.txt", [], {
    #[store(key, id = 0)]
    id: u64,
    #[store(id = 1)]
    r#type: String,
    #[store(id = 2)]
    note: Option<String>,
    #[store(id = 3)]
    cents: i64,
    #[store(id = 4)]
    same: Same,
    #[store(id = 5)]
    place: Option<Place>,
}, [
    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "orders", removed(id = 2, name = "gone", ty = "u8"))]
    pub(crate) struct Order {
        #[store(key, id = 0)]
        id: u64,
        #[store(id = 1)]
        r#type: String,
        #[store(id = 3, default = 1.0)]
        price: f64,
        #[store(id = 4)]
        same: Same,
        #[store(id = 5)]
        place: Option<Place>,
    }

    impl Order {
        pub(crate) fn of(
            id: u64,
            r#type: String,
            price: f64,
            same: Same,
            place: Option<Place>,
        ) -> Self {
            Self { id, r#type, price, same, place }
        }
    }
]);
