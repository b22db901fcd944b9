use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(opaque = "name-v1")]
    name: String,
}

fn main() {}
