use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Action {
    Idle,
    Move(f32, f32),
}

fn main() {}
