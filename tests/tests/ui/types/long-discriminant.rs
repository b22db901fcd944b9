use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "rkyv")]
#[repr(i16)]
enum Level {
    Low = 1,
    High = 300,
    Least = -1,
}

fn main() {}
