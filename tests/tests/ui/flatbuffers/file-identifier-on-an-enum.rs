use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", file_identifier = "MONS")]
enum Color {
    Red,
}

fn main() {}
