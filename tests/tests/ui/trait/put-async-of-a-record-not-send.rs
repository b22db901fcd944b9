use rkyv::{Archive, Deserialize, Serialize, with::Skip};
use std::rc::Rc;
use storage::{Result, Storage, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "notes")]
struct Note {
    #[store(key)]
    id: u64,
    #[rkyv(with = Skip)]
    shared: Rc<u64>,
}

fn add(storage: &Storage, note: Note) -> Result<bool> {
    Note::table(storage)?.put_async(note)?.wait()
}

fn main() {}
