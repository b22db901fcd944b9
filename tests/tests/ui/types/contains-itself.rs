use std::sync::Arc;
use storage::StoredType;

#[derive(StoredType)]
enum Tree {
    Leaf { text: String },
    Branch { children: Vec<Tree> },
    Twig(Option<Box<Tree>>),
}

#[derive(StoredType)]
struct Node {
    value: u8,
    next: Option<Arc<Self>>,
}

fn main() {}
