use storage::StoredType;

#[derive(StoredType)]
#[store(fixed)]
struct Point {
    x: f32,
}

fn main() {}
