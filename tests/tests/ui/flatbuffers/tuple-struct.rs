use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Point(f32, f32);

fn main() {}
