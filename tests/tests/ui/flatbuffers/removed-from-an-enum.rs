use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", removed(id = 1, name = "mana", ty = "i16"))]
enum Color {
    Red,
}

fn main() {}
