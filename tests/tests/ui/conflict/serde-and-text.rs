use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "values")]
struct Record {
    #[store(key)]
    id: u64,
    #[store(serde, text)]
    value: String,
}

fn main() {}
