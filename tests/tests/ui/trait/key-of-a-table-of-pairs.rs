use storage::Storage;

struct Id(u64);

fn names(storage: &Storage) {
    storage.new_rkyv_table::<Id, String>("names");
}

fn main() {}
