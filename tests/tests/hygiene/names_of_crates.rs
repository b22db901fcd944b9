//! Modules of the user are called as the crates that generated code asks for.

mod core {}
mod std {}
mod storage {}
mod __private {}

#[derive(::rkyv::Archive, ::rkyv::Serialize, ::rkyv::Deserialize, ::storage::StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_both", fields(name, id)))]
struct User {
    #[store(key)]
    id: u64,
    name: String,
}

#[derive(Debug, ::storage::StoredKey)]
enum Level {
    Low,
    High,
}

#[test]
fn works() {
    crate::keep(&User { id: 7, name: "Ada".to_owned() });
    crate::is_key(&Level::Low, &Level::High);
}
