use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "values")]
struct Record {
    #[store(key)]
    id: u64,
    #[store(text, default = 7)]
    value: u8,
}

fn main() {}
