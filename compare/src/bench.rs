//! What every group is given: how much to do, where, and the report.

use crate::{
    harness::{Table, Work},
    peers::{ENGINES, Face},
    records::records,
    report::{Goal, Report},
};
use tempfile::TempDir;

/// How much to do.
pub struct Settings {
    pub records: u64,
    pub rounds: u64,
    pub quick: bool,
}

pub struct Bench {
    pub settings: Settings,
    pub report: Report,
}

/// Engines with the same records, opened again after the load, each in a folder of its own.
pub struct Filled {
    pub faces: Vec<Face>,
    dirs: Vec<TempDir>,
}

impl Bench {
    /// Runs `work` and prints its table.
    pub fn run(&mut self, work: Work<'_>, goals: &[Goal]) {
        progress(&work.table.title);
        let table = work.run(self.settings.rounds);
        self.report.table(&table, goals);
    }

    /// Prints what was measured otherwise.
    pub fn print(&mut self, table: &Table, goals: &[Goal]) {
        self.report.table(table, goals);
    }

    /// `count` in a full run, a tenth of it in a quick one.
    pub fn scaled(&self, count: u64) -> u64 {
        if self.settings.quick { count / 10 } else { count }
    }
}

/// A fresh folder; `TMPDIR` says where.
pub fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Writes `count` records into every engine, closes it and opens it again.
pub fn fill(count: u64) -> Filled {
    let records = records(count);
    let mut filled = Filled { faces: Vec::new(), dirs: Vec::new() };
    for engine in ENGINES {
        progress(&format!("filling {}", engine.name));
        let dir = folder();
        (engine.open)(dir.path())[0].store.prepare(&records)();
        let faces = (engine.open)(dir.path());
        filled.faces.extend(faces);
        filled.dirs.push(dir);
    }
    filled
}

impl Filled {
    /// Reads all records in key order, which fills the caches. A face that holds its table sees no later writes.
    pub fn warm(self) -> Self {
        self.faces.iter().for_each(|face| assert_ne!(face.store.scan(), 0));
        self
    }
}

/// Says what is going on; the result goes to the standard output.
#[expect(clippy::print_stderr, reason = "a run takes minutes")]
pub fn progress(what: &str) {
    eprintln!("{what} ...");
}
