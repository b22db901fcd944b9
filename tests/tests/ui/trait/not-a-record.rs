use storage::{Result, Storage};

struct Plain {
    id: u64,
}

fn plain(storage: &Storage) -> Result<()> {
    storage.read()?.table::<Plain>();
    Ok(())
}

fn main() {}
