//! Macros of the user are called as the standard ones are.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[allow(unused_macros, reason = "they are there to be taken for others")]
mod macros {
    macro_rules! vec {
        () => {
            compile_error!("taken")
        };
    }
    macro_rules! format {
        () => {
            compile_error!("taken")
        };
    }
    macro_rules! unreachable {
        () => {
            compile_error!("taken")
        };
    }
    macro_rules! panic {
        () => {
            compile_error!("taken")
        };
    }
    macro_rules! matches {
        () => {
            compile_error!("taken")
        };
    }
    #[allow(unused_imports, reason = "as above")]
    pub(super) use {format, matches, panic, unreachable, vec};
}
#[allow(unused_imports, reason = "as above")]
use macros::{format, matches, panic, unreachable, vec};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    name: String,
    level: Level,
}

#[derive(Archive, Serialize, Deserialize, storage::StoredType)]
enum Level {
    Low,
    High { since: u16 },
}

#[test]
fn works() {
    crate::keep(&User { id: 7, name: "Ada".to_owned(), level: Level::Low });
    crate::keep(&User { id: 7, name: "Ada".to_owned(), level: Level::High { since: 1999 } });
}
