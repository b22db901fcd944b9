use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Number(#[store(id = 0)] u32);

fn main() {}
