use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", removed(id = 1, "mana"))]
struct Monster {
    hp: i16,
}

fn main() {}
