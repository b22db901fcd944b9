use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, index::{Index, UniqueIndex}};

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

fn unique<const N: usize>(_: Index<User, N>)
where
    User: UniqueIndex<N>,
{
}

fn main() {
    unique(User::INDEXES.email);
    unique::<0>(User::INDEXES.name);
}
