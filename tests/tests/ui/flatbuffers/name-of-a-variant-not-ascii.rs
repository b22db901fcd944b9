use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Color {
    Grün,
}

fn main() {}
