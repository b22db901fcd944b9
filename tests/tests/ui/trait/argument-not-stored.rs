use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize)]
enum Color {
    Red,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Pair<T> {
    left: T,
    right: T,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    pair: Pair<Color>,
}

fn main() {}
