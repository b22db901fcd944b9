use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", removed(id = 0, name = "mana", ty = "i16"))]
struct Monster {
    #[store(id = 0)]
    hp: i16,
}

fn main() {}
