use storage::StoredKey;

#[derive(Debug, StoredKey)]
enum Level {
    Low = -1,
    Middle,
    High = -5,
}

fn main() {}
