use storage::{Result, Storage, StoredRecord};

struct Plain {
    id: u64,
}

fn plain(storage: &Storage) -> Result<u64> {
    Plain::table(storage)?.len()
}

fn main() {}
