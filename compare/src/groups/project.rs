//! Two scalars of a long record, and the whole record viewed.

use crate::{
    bench::{Bench, folder},
    harness::{Clock, Work},
    peers::storage,
    records::uniform,
    report::Goal,
};
use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

const COUNT: u64 = 2_000;
const READS: usize = 5_000;
const TEXT_LEN: usize = 10_000;

const VIEW: &str = "storage, whole record";
const PROJECT: &str = "storage, projected";

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "documents")]
struct Document {
    #[store(key)]
    id: u64,
    weight: f64,
    text: String,
    year: u32,
}

pub fn run(bench: &mut Bench) {
    let dir = folder();
    let table = Document::table(&storage(&dir.path().join("documents.redb"))).unwrap();
    let document = |id| Document { id, weight: 0.5, text: "x".repeat(TEXT_LEN), year: 2024 };
    table.put_stream((0..COUNT).map(document)).unwrap();
    let ids: Vec<_> =
        (0..=bench.settings.rounds).map(|round| uniform(READS, COUNT, round)).collect();
    let mut work = Work::new("two scalars of a 10 KB record", Clock::Thread, READS as u64);
    work.timed(VIEW, |round| {
        let sum =
            |id: &u64| table.get(*id, |d| d.weight.to_native() + f64::from(d.year.to_native()));
        ids[round as usize].iter().map(|id| sum(id).unwrap().unwrap() as u64).sum()
    });
    work.timed(PROJECT, |round| {
        let fields = (Document::FIELDS.weight, Document::FIELDS.year);
        let sum = |id: &u64| table.project_with(*id, fields, |(w, year)| w + f64::from(year));
        ids[round as usize].iter().map(|id| sum(id).unwrap().unwrap() as u64).sum()
    });
    bench.run(work, &[Goal { ours: PROJECT, peer: VIEW, at_most: 0.25 }]);
}
