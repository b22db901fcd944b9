use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(rkyv, name = "users", format = "rkyv", version = 2, rename_all = "camelCase")]
#[store(table_name = "users", key(id), with = by_name)]
struct User {
    #[store(key)]
    id: u64,
}

fn main() {}
