use rkyv::{Archive, Deserialize, Serialize};
use storage::{Storage, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
}

fn main() {
    let storage = Storage::in_memory().unwrap();
    User::table(&storage).unwrap().add(User { id: 1 }).unwrap();
}
