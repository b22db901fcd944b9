use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, Storage, StoredRecord, Table, table::AccessMut};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    name: String,
    #[store(unique)]
    email: String,
    age: Option<u32>,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "visits")]
struct Visit {
    #[store(key)]
    user: u64,
    #[store(key)]
    hour: u32,
    #[store(index)]
    place: String,
}

fn add<A: AccessMut>(table: &Table<User, A>, user: &User) -> Result<bool> {
    table.put(user)
}

fn add_in_a_read(storage: &Storage, user: &User) -> Result<bool> {
    add(&storage.read()?.table()?, user)
}

fn main() {}
