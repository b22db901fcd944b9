use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Slots<const N: usize> {
    items: [u8; N],
}

fn main() {}
