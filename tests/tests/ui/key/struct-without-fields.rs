use storage::StoredKey;

#[derive(Debug, StoredKey)]
struct Nothing;

fn main() {}
