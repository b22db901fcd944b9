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
    let v = Visit::FIELDS;
    Visit::table(storage)?.iter()?.filter(v.place.as_bytes().eq(b"x"));
    Visit::table(storage)?.project(1, v.tags.as_bytes())?;
    Ok(())
}

fn main() {}
