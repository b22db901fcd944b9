use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Monster {
    x: Option<f32>,
}

fn main() {}
