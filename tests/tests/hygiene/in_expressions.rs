//! Types are declared in constants, implementations and closures.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

const IN_A_CONSTANT: u64 = {
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "in-a-constant")]
    struct User {
        #[store(key)]
        id: u64,
    }
    User { id: 7 }.id
};

trait Kept {
    fn kept() -> u64 {
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "in-a-trait")]
        struct User {
            #[store(key)]
            id: u64,
        }
        crate::keep(&User { id: 7 })
    }
}

impl Kept for () {}

impl Kept for u8 {
    fn kept() -> u64 {
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "in-an-implementation")]
        struct User {
            #[store(key)]
            id: u64,
        }
        crate::keep(&User { id: 7 })
    }
}

#[test]
fn works() {
    let in_a_closure = || {
        #[derive(Archive, Serialize, Deserialize, StoredRecord)]
        #[store(codec = "rkyv", table = "in-a-closure")]
        struct User {
            #[store(key)]
            id: u64,
        }
        crate::keep(&User { id: 7 })
    };
    assert_eq!((IN_A_CONSTANT, <()>::kept(), u8::kept(), in_a_closure()), (7, 1, 1, 1));
}
