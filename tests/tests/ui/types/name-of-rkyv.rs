use storage::StoredType;

#[derive(StoredType)]
enum Tag {
    Open(String),
    Close,
}

#[derive(StoredType)]
enum VariantOpen {
    Open(String),
    Close,
}

#[derive(StoredType)]
enum VariantClose {
    Open(String),
    Close,
}

#[derive(StoredType)]
struct Other {
    tag: u8,
}

fn main() {
    let _: (Tag, VariantOpen);
}
