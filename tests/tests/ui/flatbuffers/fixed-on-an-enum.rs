use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed)]
enum Color {
    Red,
}

fn main() {}
