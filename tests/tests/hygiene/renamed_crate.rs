//! The crate is called otherwise; `expand.rs` shows that nothing else is asked for.

mod inner {
    pub(super) mod vault {
        pub use storage::__private;
        pub use storage::*;
    }
}
use inner::vault;

#[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, vault::StoredRecord)]
#[store(codec = "rkyv", table = "users", crate = "self::inner::vault")]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    level: Level,
}

#[derive(
    Debug, rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, vault::StoredType, vault::StoredKey,
)]
#[store(crate = "crate::renamed_crate::vault")]
enum Level {
    Low,
    High,
}

#[test]
fn works() {
    crate::keep(&User { id: 7, level: Level::Low });
    crate::is_key(&Level::Low, &Level::High);
}
