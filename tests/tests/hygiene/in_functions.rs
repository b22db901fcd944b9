//! Types are declared in functions, two of one name.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

fn first() -> u64 {
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "first")]
    struct User {
        #[store(key)]
        id: u64,
        #[store(index)]
        level: Level,
    }

    #[derive(Debug, Archive, Serialize, Deserialize, storage::StoredType, storage::StoredKey)]
    enum Level {
        Low,
    }

    crate::keep(&User { id: 7, level: Level::Low })
}

fn second() -> u64 {
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "second")]
    #[store(index(name = "length", with = length, key = u64))]
    struct User {
        #[store(key)]
        name: String,
    }

    fn length(user: &User) -> u64 {
        user.name.len() as u64
    }

    let user = || User { name: "Ada".to_owned() };
    crate::keep(&user())
}

#[test]
fn works() {
    assert_eq!((first(), second()), (1, 1));
}
