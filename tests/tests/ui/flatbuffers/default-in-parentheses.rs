use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(default(150))]
    hp: i16,
}

fn main() {}
