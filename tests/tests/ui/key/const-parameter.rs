use storage::StoredKey;

#[derive(Debug, StoredKey)]
struct Id<const N: usize>([u8; N]);

fn main() {}
