use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(id)]
    hp: i16,
}

fn main() {}
