//! Errors of records that have changed in a way that cannot be.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{Storage, StorageError, StoredRecord};

/// The older type has another key.
pub(crate) fn older_type_with_another_key() -> StorageError {
    mod before {
        #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, storage::StoredRecord)]
        #[store(codec = "rkyv", table = "orders", was = "Order")]
        pub(super) struct OrderV1 {
            #[store(key)]
            pub(super) id: u32,
            price: f64,
        }
    }
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "orders", from = before::OrderV1)]
    struct Order {
        #[store(key)]
        id: u64,
    }
    impl From<before::OrderV1> for Order {
        fn from(order: before::OrderV1) -> Self {
            Self { id: order.id.into() }
        }
    }
    Order::table(&Storage::in_memory().unwrap()).unwrap_err()
}

/// The version before has written after the one that renamed the table.
pub(crate) fn two_tables() -> StorageError {
    mod before {
        #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, storage::StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct Person {
            #[store(key)]
            pub(super) id: u64,
        }
    }
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "people", table_was = "users")]
    struct Person {
        #[store(key)]
        id: u64,
    }
    let storage = Storage::in_memory().unwrap();
    Person::table(&storage).unwrap().put(&Person { id: 1 }).unwrap();
    before::Person::table(&storage).unwrap().put(&before::Person { id: 1 }).unwrap();
    Person::table(&storage).unwrap_err()
}
