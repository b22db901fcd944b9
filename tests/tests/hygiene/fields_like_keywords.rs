//! Fields, variants and indexes are called as keywords are.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "match", fields(r#match, r#type)))]
#[store(index(name = "where", fields(type)))]
struct User {
    #[store(key)]
    r#fn: u64,
    #[store(unique)]
    r#type: String,
    r#match: Option<u32>,
    #[store(index)]
    r#async: Vec<bool>,
    r#dyn: Dyn,
}

#[derive(Archive, Serialize, Deserialize, storage::StoredType)]
#[store(codec = "rkyv")]
struct Dyn {
    r#impl: r#Where,
}

#[derive(Archive, Serialize, Deserialize, storage::StoredType)]
enum r#Where {
    r#Here { r#in: u8 },
    r#There,
}

#[test]
fn works() {
    let here = Dyn { r#impl: r#Where::r#Here { r#in: 5 } };
    let user =
        User { r#fn: 7, r#type: "a".to_owned(), r#match: None, r#async: vec![true], r#dyn: here };
    crate::keep(&user);
    let there = Dyn { r#impl: r#Where::r#There };
    crate::keep(&User { r#dyn: there, ..user });
    let _ = (User::FIELDS.r#type, User::FIELDS.r#dyn.r#impl, User::INDEXES.r#type);
    let _ = (User::INDEXES.r#match, User::INDEXES.r#where, User::INDEXES.r#async);
    assert_eq!(User::SCHEMA.fields()[0].name(), "fn");
}
