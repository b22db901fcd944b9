use rkyv::{Archive, Deserialize, Serialize};
use storage::{StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[rkyv(derive(Debug), attr(repr(align(32))))]
#[store(codec = "rkyv", table = "users")]
struct User {
    #[store(key)]
    id: u64,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[rkyv(attr(cfg_attr(all(), repr(align(8)))))]
enum Kind {
    Near(u8),
    Far(u32),
}

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
#[derive(Archive, Serialize, Deserialize)]
#[rkyv(attr(repr(align(16))))]
struct Point {
    x: f32,
}

fn main() {}
