use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    k1: u8,
    #[store(key)]
    k2: u8,
    #[store(key)]
    k3: u8,
    #[store(key)]
    k4: u8,
    #[store(key)]
    k5: u8,
    #[store(key)]
    k6: u8,
    #[store(key)]
    k7: u8,
    #[store(key)]
    k8: u8,
    #[store(key)]
    k9: u8,
    #[store(key)]
    k10: u8,
    #[store(key)]
    k11: u8,
    #[store(key)]
    k12: u8,
    #[store(key)]
    k13: u8,
}

fn main() {}
