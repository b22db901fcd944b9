use storage::StoredKey;

#[derive(Debug, StoredKey)]
struct Name<'a>(&'a str);

fn main() {}
