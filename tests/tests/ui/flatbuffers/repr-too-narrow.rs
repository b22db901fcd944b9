use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Level {
    Cellar = -1,
}

fn main() {}
