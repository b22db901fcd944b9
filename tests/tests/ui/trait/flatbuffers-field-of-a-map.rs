use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    bag: std::collections::BTreeMap<String, u32>,
}

fn main() {}
