use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(default = "orc")]
    name: String,
}

fn main() {}
