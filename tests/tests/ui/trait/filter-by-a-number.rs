use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, Storage, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "visits")]
struct Visit {
    #[store(key)]
    user: u64,
    hour: u32,
    place: Option<String>,
    tags: Vec<String>,
}

fn wrong(storage: &Storage) -> Result<()> {
    Visit::table(storage)?.iter()?.filter(Visit::FIELDS.hour);
    Ok(())
}

fn main() {}
