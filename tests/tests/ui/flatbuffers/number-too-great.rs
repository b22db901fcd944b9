use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Level {
    Low = 1,
    High = 256,
}

fn main() {}
