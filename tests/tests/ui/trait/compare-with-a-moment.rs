use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, Storage, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "visits")]
struct Visit {
    #[store(key)]
    user: u64,
    hour: u32,
}

fn earlier(storage: &Storage) -> Result<()> {
    Visit::table(storage)?.iter()?.filter(Visit::FIELDS.hour.lt(std::time::Instant::now()));
    Ok(())
}

fn main() {}
