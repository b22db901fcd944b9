use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "json", tabel = "users")]
struct User {
    #[store(kee)]
    id: u64,
    #[store(opaque = "")]
    name: String,
    #[rkyv(with = rkyv::with::AsBox)]
    boss: bool,
}

fn main() {}
