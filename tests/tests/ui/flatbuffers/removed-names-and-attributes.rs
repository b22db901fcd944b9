use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", removed("mana", id = 1))]
struct Monster {
    hp: i16,
}

fn main() {}
