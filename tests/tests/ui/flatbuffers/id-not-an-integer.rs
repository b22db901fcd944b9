use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(id = "1")]
    hp: i16,
}

fn main() {}
