use storage::StoredType;

#[derive(StoredType)]
struct Name<'a> {
    text: &'a str,
}

fn main() {}
