//! Fields, variants and attributes hang on settings.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[cfg_attr(all(), store(codec = "rkyv"))]
#[cfg_attr(any(), store(table = "people"))]
#[cfg_attr(all(), store(table = "users"))]
struct User {
    #[cfg_attr(all(), store(key))]
    id: u64,
    #[cfg(any())]
    #[store(key)]
    gone: NoSuchType,
    #[cfg(not(any()))]
    #[store(index)]
    here: String,
    #[cfg_attr(any(), store(no_such_attribute))]
    kind: Kind,
}

#[derive(Archive, Serialize, Deserialize, storage::StoredType)]
enum Kind {
    #[cfg(any())]
    Gone(NoSuchType),
    #[cfg(not(any()))]
    Here(#[cfg(any())] NoSuchType, u8),
}

#[derive(Debug, storage::StoredKey)]
struct Id(#[cfg(any())] NoSuchType, u8);

#[test]
fn works() {
    crate::keep(&User { id: 7, here: "Ada".to_owned(), kind: Kind::Here(7) });
    assert_eq!(User::SCHEMA.fields().len(), 3);
    crate::is_key(&Id(1), &Id(2));
}
