use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", file_identifier = "MONST")]
struct Monster {
    hp: i16,
}

fn main() {}
