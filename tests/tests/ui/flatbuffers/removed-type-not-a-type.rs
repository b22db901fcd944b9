use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", removed(id = 1, name = "mana", ty = "16 bits"))]
struct Monster {
    hp: i16,
}

fn main() {}
