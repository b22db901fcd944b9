use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(id = 65536)]
    hp: i16,
}

fn main() {}
