use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", removed(id = 1, name = "mana", ty = "std::cell::Cell<u8>"))]
struct Monster {
    hp: i16,
}

fn main() {}
