use rkyv::{Archive, Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap, HashSet};
use storage::{StoredRecord, StoredType};

#[derive(Archive, Serialize, Deserialize, StoredType, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Kind {
    Weapon,
    Armor,
}

#[derive(Archive, Serialize, Deserialize, StoredType, PartialEq, Eq, Hash)]
#[rkyv(derive(PartialEq, Eq))]
struct Slot(u8);

#[derive(Archive, Serialize, Deserialize, StoredType, PartialEq, Eq, Hash)]
#[rkyv(derive(PartialEq, Eq, Hash))]
struct Tag(String);

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "players")]
struct Player {
    #[store(key)]
    id: u64,
    counts: HashMap<Kind, Vec<u32>>,
    best: BTreeMap<(u8, Kind), u64>,
    slots: HashSet<Slot>,
    tags: HashMap<Tag, Kind>,
}

fn main() {}
