use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(file_identifier = "MONS")]
    hp: i16,
}

fn main() {}
