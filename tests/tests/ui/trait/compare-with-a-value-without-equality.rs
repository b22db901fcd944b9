use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, Storage, StoredRecord};

struct Colour(u32);

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "paints")]
struct Paint {
    #[store(key)]
    id: u64,
    number: u32,
}

fn red(storage: &Storage) -> Result<()> {
    Paint::table(storage)?.iter()?.filter(Paint::FIELDS.number.eq(Colour(7))).count()?;
    Ok(())
}

fn main() {}
