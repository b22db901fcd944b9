use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, Storage, StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    place: Place,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Place(u8);

fn change(storage: &Storage, old: &User, new: &User) -> Result<bool> {
    User::table(storage)?.compare_and_set(old, new)
}

fn main() {}
