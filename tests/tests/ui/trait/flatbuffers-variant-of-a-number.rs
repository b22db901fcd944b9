use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Action {
    Idle,
    Wait(u32),
}

fn main() {}
