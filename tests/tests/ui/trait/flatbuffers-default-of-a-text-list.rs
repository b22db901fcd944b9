use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(default = Vec::new())]
    names: Vec<String>,
}

fn main() {}
