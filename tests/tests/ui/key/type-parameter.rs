use storage::StoredKey;

#[derive(Debug, StoredKey)]
struct Id<T>(u64, T);

fn main() {}
