use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Point {
    #[store(id = 0)]
    x: f32,
}

fn main() {}
