use storage::StoredRecord;

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "players", fixed)]
struct Player {
    #[store(key)]
    id: u64,
}

fn main() {}
