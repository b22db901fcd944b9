use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "json")]
struct Point {
    x: f64,
}

#[derive(Archive, Serialize, Deserialize, storage::StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    home: Point,
}

fn homes(storage: &storage::Storage) -> storage::Result<Vec<f64>> {
    use storage::StoredRecord;
    User::table(storage)?.iter()?.select(User::FIELDS.home.x).collect()
}

fn main() {}
