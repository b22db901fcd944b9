//! Errors of records that have changed in a way that cannot be.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{Storage, StorageError, StoredRecord, feed::FeedCursor};

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

/// A row is written that has what only a migration may take out of it.
pub(crate) fn needed_migration() -> StorageError {
    mod before {
        #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, storage::StoredRecord)]
        #[store(codec = "rkyv", table = "users")]
        pub(super) struct User {
            #[store(key)]
            pub(super) id: u64,
            pub(super) bio: String,
        }
    }
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "users", removed("bio"), by_migration)]
    struct User {
        #[store(key)]
        id: u64,
    }
    let storage = Storage::in_memory().unwrap();
    let old = before::User { id: 1, bio: "Countess".into() };
    before::User::table(&storage).unwrap().put(&old).unwrap();
    User::table(&storage).unwrap().put(&User { id: 1 }).unwrap_err()
}

/// Two cities that are found by their names from now on.
pub(crate) fn colliding_keys() -> StorageError {
    mod before {
        #[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, storage::StoredRecord)]
        #[store(codec = "rkyv", table = "cities", was = "City")]
        pub(super) struct CityV1 {
            #[store(key)]
            pub(super) id: u32,
            pub(super) name: String,
        }
    }
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "cities")]
    struct City {
        #[store(key)]
        name: String,
    }
    let storage = Storage::in_memory().unwrap();
    let cities = (1..3).map(|id| before::CityV1 { id, name: "Ulm".into() });
    before::CityV1::table(&storage).unwrap().put_stream(cities).unwrap();
    storage.rekey(|old: before::CityV1| Ok(City { name: old.name })).run().unwrap_err()
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "events", feed(keep = 1))]
struct Event {
    #[store(key)]
    id: u64,
    text: String,
}

/// What reading behind a change says, after two were made and one was kept.
fn after_change(number: u64) -> StorageError {
    let storage = Storage::in_memory().unwrap();
    let events = Event::table(&storage).unwrap();
    let event = |id| Event { id, text: String::new() };
    events.put_all(&[event(1), event(2)]).unwrap();
    events.feed().after(FeedCursor::new(number)).map(drop).unwrap_err()
}

pub(crate) fn trimmed_feed() -> StorageError {
    after_change(0)
}

pub(crate) fn other_feed() -> StorageError {
    after_change(3)
}
