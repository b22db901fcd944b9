use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", file_identifier = "Mö1")]
struct Monster {
    hp: i16,
}

fn main() {}
