use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", removed())]
struct Monster {
    hp: i16,
}

fn main() {}
