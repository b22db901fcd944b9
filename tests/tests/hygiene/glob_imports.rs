//! Everything there is has been imported.

#![allow(unused_imports, clippy::wildcard_imports, reason = "that is the case")]

use rkyv::{Archive, Deserialize, Serialize};
use std::{cell::*, cmp::*, collections::*, fmt::*, io::*, ops::*, string::*, vec::*};
use storage::{error::*, key::*, project::*, schema::*, *};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
    #[store(index)]
    level: Level,
}

#[derive(Debug, Archive, Serialize, Deserialize, StoredType, StoredKey)]
enum Level {
    Low,
    High,
}

#[test]
fn works() {
    for level in [Level::Low, Level::High] {
        crate::keep(&User { id: 7, level });
    }
}
