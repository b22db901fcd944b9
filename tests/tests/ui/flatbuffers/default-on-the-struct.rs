use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", default = 150)]
struct Monster {
    hp: i16,
}

fn main() {}
