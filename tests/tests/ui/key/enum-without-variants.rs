use storage::StoredKey;

#[derive(Debug, StoredKey)]
enum Never {}

fn main() {}
