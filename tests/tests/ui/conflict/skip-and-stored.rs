use storage::{StoredKey, StoredRecord};

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "users")]
#[store(index(name = "by_seen", fields(seen)))]
struct User {
    #[store(key, skip)]
    id: u64,
    #[store(skip, index)]
    name: String,
    #[store(skip, default = 5)]
    level: u8,
    #[store(skip)]
    seen: bool,
}

#[derive(StoredKey, Debug)]
struct Slot {
    hour: u32,
    #[store(skip)]
    cached: bool,
}

fn main() {}
