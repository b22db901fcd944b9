use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed, file_identifier = "MONS")]
struct Point {
    x: f32,
}

fn main() {}
