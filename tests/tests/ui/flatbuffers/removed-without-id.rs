use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", removed(name = "mana", ty = "i16"))]
struct Monster {
    hp: i16,
}

fn main() {}
