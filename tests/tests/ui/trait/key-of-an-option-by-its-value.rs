use rkyv::{Archive, Deserialize, Serialize};
use storage::{Result, Storage, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "pages")]
struct Page {
    #[store(key)]
    path: Option<String>,
}

fn page(storage: &Storage) -> Result<Option<Page>> {
    Page::table(storage)?.load("/")
}

fn main() {}
