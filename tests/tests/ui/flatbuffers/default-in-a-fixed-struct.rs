use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Point {
    #[store(default = 1.0)]
    x: f32,
}

fn main() {}
