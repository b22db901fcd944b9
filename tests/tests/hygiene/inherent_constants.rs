//! Inherent constants are called as those of the traits are.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    name: String,
}

#[allow(dead_code, reason = "nobody should ask for them")]
impl User {
    const FIELDS: () = ();
    const INDEXES: () = ();
    const INDEXERS: () = ();
    const SCHEMA: () = ();
    const NAME: () = ();
    const PLACE: () = ();
    const INLINE: () = ();
}

#[test]
fn works() {
    crate::keep(&User { id: 7, name: "Ada".to_owned() });
    let _ = <User as StoredRecord>::FIELDS.name;
}
