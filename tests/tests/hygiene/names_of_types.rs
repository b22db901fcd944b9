//! Types of the user are called as ours and the standard ones are.

pub struct Result;
pub struct Option;
pub struct Vec;
pub struct String;
pub struct Storage;
pub struct Field;
pub struct Key;
pub struct KeyBuf;
pub struct Rkyv;
pub struct Root;
pub struct Place;
pub struct Index;
pub struct Self_;
pub struct UserFields;
pub struct UserIndexes;

#[derive(::rkyv::Archive, ::rkyv::Serialize, ::rkyv::Deserialize, ::storage::StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_both", fields(name, age)))]
pub struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    name: std::string::String,
    age: std::option::Option<u32>,
    tags: std::vec::Vec<std::string::String>,
}

#[test]
fn works() {
    let (name, tags) = ("Ada".to_owned(), vec!["a".to_owned()]);
    crate::keep(&User { id: 7, name, age: None, tags });
}
