use storage::{Result, Storage};

struct Plain {
    id: u64,
}

fn plain(storage: &Storage) -> Result<Option<Plain>> {
    storage.read()?.table::<Plain>()?.load(7_u64)
}

fn main() {}
