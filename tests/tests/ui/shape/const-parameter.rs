use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User<const N: usize> {
    #[store(key)]
    id: u64,
    bytes: [u8; N],
}

fn main() {}
