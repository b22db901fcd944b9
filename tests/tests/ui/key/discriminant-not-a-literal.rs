use storage::StoredKey;

#[derive(Debug, StoredKey)]
enum Level {
    Low = 1,
    High = 1 << 3,
}

fn main() {}
