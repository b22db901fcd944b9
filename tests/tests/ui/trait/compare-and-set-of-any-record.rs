use storage::{Result, StoredRecord, Table, record::EqFields};

fn change<R: StoredRecord>(table: &Table<R>, old: &R, new: &R) -> Result<bool> {
    table.compare_and_set(old, new)
}

fn comparable<R: StoredRecord + for<'a> EqFields<'a>>(table: &Table<R>, old: &R) -> Result<bool> {
    table.compare_and_set(old, old)
}

fn main() {}
