use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "rkyv, flatbufers")]
struct Monster {
    hp: i16,
}

fn main() {}
