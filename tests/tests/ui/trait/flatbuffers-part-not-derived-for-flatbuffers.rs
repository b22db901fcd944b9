use storage::{StoredRecord, StoredType};

#[derive(StoredType)]
struct Point {
    x: f32,
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "players")]
struct Player {
    #[store(key)]
    id: u64,
    home: Point,
}

fn main() {}
