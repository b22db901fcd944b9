use storage::StoredKey;

#[derive(Debug)]
enum Color {
    Red,
}

#[derive(Debug, StoredKey)]
struct Slot {
    id: u64,
    color: Color,
}

fn main() {}
