use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", file_identifier = MONS)]
struct Monster {
    hp: i16,
}

fn main() {}
