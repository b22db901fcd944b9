use storage::Storage;

struct Plain {
    id: u64,
}

fn plain(storage: &Storage) {
    storage.new_rkyv_table::<u64, Plain>("plain");
}

fn main() {}
