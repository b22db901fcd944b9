use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Price {
    #[store(text)]
    amount: f64,
}

fn main() {}
