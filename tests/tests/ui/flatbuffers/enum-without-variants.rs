use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Never {}

fn main() {}
