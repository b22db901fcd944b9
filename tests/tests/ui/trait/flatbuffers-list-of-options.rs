use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    names: Vec<Option<String>>,
}

fn main() {}
