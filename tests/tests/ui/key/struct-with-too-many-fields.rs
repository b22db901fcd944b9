use storage::StoredKey;

#[derive(Debug, StoredKey)]
struct Wide(u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u16);

fn main() {}
