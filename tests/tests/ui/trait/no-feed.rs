//! A table without a feed.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{Storage, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
}

fn main() {
    let users = User::table(&Storage::in_memory().unwrap()).unwrap();
    users.feed();
}
