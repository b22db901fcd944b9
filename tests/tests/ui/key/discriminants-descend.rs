use storage::StoredKey;

#[derive(Debug, StoredKey)]
enum Level {
    High = 3,
    Middle = 2,
    Low = 1,
}

fn main() {}
