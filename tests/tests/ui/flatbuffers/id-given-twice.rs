use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(id = 0, id = 1)]
    hp: i16,
}

fn main() {}
