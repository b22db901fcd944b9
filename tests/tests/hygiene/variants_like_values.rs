//! Variants are called as those of `Option` and `Result` are.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredKey, StoredRecord, StoredType};

#[derive(Debug, Archive, Serialize, Deserialize, StoredType, StoredKey)]
enum Answer {
    None,
    Some,
    Ok,
    Err,
    Invalid,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "answers")]
struct Question {
    #[store(key)]
    id: u64,
    #[store(index)]
    answer: Answer,
}

#[test]
fn works() {
    #[allow(clippy::enum_glob_use, reason = "that is the case")]
    use Answer::*;
    for (id, answer) in [(1, None), (2, Some), (3, Ok), (4, Err), (5, Invalid)] {
        crate::keep(&Question { id, answer });
    }
    crate::is_key(&None, &Invalid);
}
