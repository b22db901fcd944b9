use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Action {
    Idle(),
}

fn main() {}
