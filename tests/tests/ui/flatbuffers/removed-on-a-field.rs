use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Monster {
    #[store(removed(id = 1, name = "mana", ty = "i16"))]
    hp: i16,
}

fn main() {}
