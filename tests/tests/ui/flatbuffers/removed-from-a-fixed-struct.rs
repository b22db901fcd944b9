use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed, removed(id = 1, name = "y", ty = "f32"))]
struct Point {
    x: f32,
}

fn main() {}
