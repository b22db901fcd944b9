use storage::StoredKey;

#[derive(Debug, StoredKey)]
enum Owner {
    Nobody,
    User(u64),
    Team { name: String },
}

fn main() {}
