use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv", file_identifier = "MONS")]
#[store(removed(id = 1, name = "mana", ty = "i16"))]
struct Monster {
    #[store(id = 0, default = 150)]
    hp: i16,
}

fn main() {}
