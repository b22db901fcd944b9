use storage::Storage;

fn names(storage: &Storage) {
    storage.pairs::<u64, String, String>("names");
}

fn main() {}
