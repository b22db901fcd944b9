use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "json", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    name: String,
}

fn names(storage: &storage::Storage) -> storage::Result<Vec<String>> {
    let table = User::table(storage)?;
    let _ = table.load(7)?;
    table.iter()?.select(User::FIELDS.name).collect()
}

fn main() {}
