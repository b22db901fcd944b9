use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", removed = "mana")]
struct Monster {
    hp: i16,
}

fn main() {}
