use storage::StoredKey;

#[derive(StoredKey)]
union Bits {
    int: u32,
    float: f32,
}

fn main() {}
