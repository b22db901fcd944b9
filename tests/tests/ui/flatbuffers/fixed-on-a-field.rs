use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(fixed)]
    hp: i16,
}

fn main() {}
