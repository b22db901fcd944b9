use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Point {
    x: f32,
}

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Action {
    Move(Point),
}

fn main() {}
