use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed = true)]
struct Point {
    x: f32,
}

fn main() {}
