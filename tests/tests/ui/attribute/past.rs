use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users", was = "User", removed("name", "age", "age"))]
struct User {
    #[store(key)]
    id: u64,
    #[store(was = "id")]
    name: String,
    #[store(was(full, "title"))]
    title: String,
    #[store(was = "")]
    nick: String,
    #[store(was = "mail")]
    email: String,
    #[store(was = "mail")]
    address: String,
    #[store(default, opaque = "secret-v1")]
    secret: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(removed("size"))]
enum Kind {
    Home,
    #[store(was = "Home")]
    Work {
        #[store(was = "floor")]
        floor: u8,
    },
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users", table_was = "users")]
struct TableWas {
    #[store(key)]
    id: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users", by_migration)]
struct NothingRemoved {
    #[store(key)]
    id: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(removed("size"), by_migration)]
struct NotARecord {
    floor: u8,
}

fn main() {}
