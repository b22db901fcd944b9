use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
pub enum Kind {
    Heliport,
    Closed { since: u16 },
    Other(#[store(opaque = "text-v1")] String),
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
enum Level {
    Low = 1,
    High = 3,
}
