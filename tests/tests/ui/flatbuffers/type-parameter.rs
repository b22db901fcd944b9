use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Slot<T> {
    item: T,
}

fn main() {}
