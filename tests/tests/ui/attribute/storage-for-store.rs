use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredKey, StoredRecord, StoredType};

#[derive(Debug, Archive, Serialize, Deserialize, StoredKey, StoredType)]
#[storage(crate = "::storage")]
struct Id(u64);

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[storage(codec = "rkyv", table = "users")]
struct User {
    #[storage(key)]
    id: u64,
    #[storage]
    name: String,
}

fn name(user: User) -> storage::Result<()> {
    let storage = storage::Storage::in_memory()?;
    User::table(&storage)?.put(&user)?;
    Ok(())
}

fn main() {}
