use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv, flatbuffers")]
struct Weapon {
    name: String,
    damage: i16,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv, flatbuffers", fixed)]
struct Point {
    x: f32,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv, flatbuffers")]
enum Kind {
    Sword,
    Bow,
}
