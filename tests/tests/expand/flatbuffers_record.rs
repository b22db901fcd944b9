use storage::{StoredRecord, StoredType};

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "monsters", file_identifier = "MONS")]
struct Monster {
    #[store(key)]
    id: u64,
    #[store(unique)]
    name: String,
    weapons: Vec<Weapon>,
    equipped: Option<Weapon>,
}

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Weapon {
    name: String,
    damage: i16,
}
