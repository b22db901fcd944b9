use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "rkyv", codec = "flatbuffers")]
struct Monster {
    hp: i16,
}

fn main() {}
