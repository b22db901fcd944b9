#![deny(unused_must_use)]

use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, Storage, StoredRecord};

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

fn names(storage: &Storage) -> Result<()> {
    let table = User::table(storage)?;
    table.iter()?;
    table.by(User::INDEXES.name).iter()?;
    table.iter()?.select(User::FIELDS.age);
    User::FIELDS.name.eq("Ada");
    Ok(())
}

fn main() {}
