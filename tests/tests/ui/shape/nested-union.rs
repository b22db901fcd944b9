use storage::StoredType;

#[derive(StoredType)]
union Bits {
    int: u32,
    float: f32,
}

fn main() {}
