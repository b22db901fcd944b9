use storage::StoredKey;

#[derive(StoredKey)]
struct Id(u64);

fn main() {}
