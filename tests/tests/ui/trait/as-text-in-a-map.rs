use rkyv::{Archive, Deserialize, Serialize, with::Map};
use std::collections::BTreeMap;
use storage::{AsText, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "paints")]
struct Paint {
    #[store(key)]
    id: u64,
    #[rkyv(with = Map<AsText>)]
    names: BTreeMap<u8, String>,
}

fn main() {}
