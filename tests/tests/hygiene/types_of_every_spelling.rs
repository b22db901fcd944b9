//! Field types are aliases, paths, parentheses, tuples and arrays.

#![deny(unused_parens, unused_qualifications)]

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

type Id = u64;
type Names<T> = Vec<T>;
const LEN: usize = 3;

trait Kind {
    type Of;
}

struct Numbers;

impl Kind for Numbers {
    type Of = u16;
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "by_all", fields(of, names, bytes)))]
struct User {
    #[store(key)]
    id: Id,
    #[store(index)]
    names: Names<String>,
    #[store(unique)]
    of: <Numbers as Kind>::Of,
    pair: (u8, Option<char>),
    #[store(index)]
    bytes: [u8; LEN + 1],
    nested: std::collections::BTreeMap<String, (Id, [bool; 2])>,
}

#[derive(Debug, storage::StoredKey)]
struct Place(Id, <Numbers as Kind>::Of, [u8; LEN], (u8, Option<String>));

#[test]
fn works() {
    let names = vec!["a".to_owned(), "b".to_owned()];
    let nested = [("x".to_owned(), (1, [true, false]))].into();
    crate::keep(&User { id: 7, names, of: 3, pair: (1, Some('x')), bytes: [1, 2, 3, 4], nested });
    let place = |id| Place(id, 2, [3; LEN], (4, None));
    crate::is_key(&place(1), &place(2));
}
