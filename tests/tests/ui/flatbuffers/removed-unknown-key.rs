use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", removed(id = 1, named = "mana", ty = "i16"))]
struct Monster {
    hp: i16,
}

fn main() {}
