use storage::StoredType;

struct Plain {
    x: f32,
}

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    home: Plain,
}

fn main() {}
