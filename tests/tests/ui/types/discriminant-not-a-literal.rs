use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

const FIRST: u8 = 1;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[repr(u8)]
enum Level {
    Low = FIRST,
    High = 2,
}

fn main() {}
