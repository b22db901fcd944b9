//! Attributes are split, empty, and end in commas.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store()]
#[store(codec = "rkyv")]
#[store(
    table = r"users",
    index(name = r#"by_both"#, fields(name, id,), unique,),
    index(fields(id), name = "by_id")
)]
struct User {
    #[store(key)]
    #[store()]
    id: u64,
    #[store(unique)]
    #[store(opaque = "name-v1")]
    name: String,
}

#[test]
fn works() {
    crate::keep(&User { id: 7, name: "Ada".to_owned() });
    let _ = (User::INDEXES.by_both, User::INDEXES.by_id, User::INDEXES.name);
}
