use storage::Storage;

struct Monster;

fn monsters(storage: &Storage) {
    storage.new_flatbuffers_table::<u64, Monster>("monsters");
}

fn main() {}
