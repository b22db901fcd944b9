use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Nothing {}

fn main() {}
