use storage::StoredType;

trait Shape {}

#[derive(StoredType)]
#[store(codec = "rkyv")]
struct Drawing {
    id: u64,
    shape: Box<dyn Shape>,
    name: &'static str,
    sizes: Option<&'static [u8]>,
    first: &'static u64,
    draw: fn(u8) -> u8,
    next: *const u8,
}

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Painting {
    shapes: Vec<Box<dyn Shape>>,
}

fn main() {}
