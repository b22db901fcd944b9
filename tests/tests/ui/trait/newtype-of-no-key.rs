use storage::StoredKey;

#[derive(Debug)]
enum Color {
    Red,
}

#[derive(Debug, StoredKey)]
struct Id(Color);

fn main() {}
