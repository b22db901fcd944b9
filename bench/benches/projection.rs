//! What a projection costs as the fields it does not read grow.
//!
//! `cargo bench -p bench --bench projection`

use bench::compare;
use rkyv::{Archive, Deserialize, Serialize};
use std::hint::black_box;
use storage::{Storage, StoredRecord, Table};

const COUNT: u64 = 1_000;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "documents")]
struct Document {
    #[store(key)]
    id: u64,
    weight: f64,
    text: String,
    year: u32,
}

fn table(dir: &std::path::Path, len: usize) -> Table<Document> {
    let storage = Storage::open(dir.join(format!("{len}.redb"))).unwrap();
    let table = Document::table(&storage).unwrap();
    let document = |id| Document { id, weight: 0.5, text: "x".repeat(len), year: 2024 };
    table.put_stream((0..COUNT).map(document)).unwrap();
    table
}

fn project(table: &Table<Document>) {
    let f = Document::FIELDS;
    for id in 0..COUNT {
        black_box(table.project(id, (f.weight, f.year)).unwrap());
    }
}

fn view(table: &Table<Document>) {
    for id in 0..COUNT {
        table.get(id, |d| black_box((d.weight.to_native(), d.year.to_native()))).unwrap();
    }
}

fn main() {
    let dir = tempfile::tempdir().unwrap();
    let [small, medium, large] = [100, 10_000, 100_000].map(|len| table(dir.path(), len));
    compare(
        "1,000 reads of two scalars",
        15,
        vec![
            ("project, 100 B of text", Box::new(|| project(&small))),
            ("project, 10 KB of text", Box::new(|| project(&medium))),
            ("project, 100 KB of text", Box::new(|| project(&large))),
            ("get, 100 B of text", Box::new(|| view(&small))),
            ("get, 10 KB of text", Box::new(|| view(&medium))),
            ("get, 100 KB of text", Box::new(|| view(&large))),
        ],
    );
}
