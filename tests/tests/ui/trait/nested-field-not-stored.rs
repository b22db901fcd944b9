use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredType;

#[derive(Archive, Serialize, Deserialize)]
enum Color {
    Red,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Pen {
    color: Color,
}

fn main() {}
