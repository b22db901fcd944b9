use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "")]
struct Monster {
    hp: i16,
}

fn main() {}
