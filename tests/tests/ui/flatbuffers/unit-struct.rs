use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Nothing;

fn main() {}
