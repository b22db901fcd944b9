//! The file after a load, and how long it takes to open it and read one record.

use crate::{
    bench::{Bench, folder, progress},
    harness::{Clock, Table, Unit, Work},
    peers::{ENGINES, OURS, RAW},
    records::records,
    report::Goal,
};
use std::{fs, os::unix::fs::MetadataExt, path::Path};

pub fn run(bench: &mut Bench) {
    let records = records(bench.settings.records);
    let dirs: Vec<_> = ENGINES.iter().map(|_| folder()).collect();
    let mut sizes = Table::new("size on the disk", Unit::Bytes);
    for (engine, dir) in ENGINES.iter().zip(&dirs) {
        progress(&format!("filling {}", engine.name));
        (engine.open)(dir.path())[0].store.prepare(&records)();
        sizes.push(engine.name, disk_use(dir.path()) as f64);
    }
    bench.print(&sizes, &[Goal { ours: OURS, peer: RAW, at_most: 1.06 }]);
    let mut work = Work::new("open and one get", Clock::Wall, 1);
    for (engine, dir) in ENGINES.iter().zip(&dirs) {
        work.variant(engine.name, move |round, watch| {
            let (faces, found) = watch.time(|| {
                let faces = (engine.open)(dir.path());
                let found = faces[0].store.read(&[round]);
                (faces, found)
            });
            drop(faces);
            found
        });
    }
    bench.run(work, &[]);
}

/// The bytes of all files below `path`.
fn disk_use(path: &Path) -> u64 {
    let metadata = fs::metadata(path).unwrap();
    if metadata.is_dir() {
        return fs::read_dir(path).unwrap().map(|entry| disk_use(&entry.unwrap().path())).sum();
    }
    metadata.blocks() * 512
}
