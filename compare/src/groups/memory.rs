//! Memory, each figure in a process of its own: the program starts itself.

use crate::{
    bench::{Bench, folder, progress},
    harness::{Table, Unit},
    peers::ENGINES,
    records::{Record, mix, record},
    report::Goal,
};
use std::{fs, path::Path, process::Command};
use storage::{OpenOptions, Storage, StoredRecord};

const CHILD: &str = "--child";
const LOADED: u64 = 10_000_000;
/// The cache of the long load. What lies above it is the load's own.
const LOAD_CACHE_LEN: usize = 64 << 20;

pub fn run(bench: &mut Bench) {
    let mut scanned = Table::new("memory after open and scan", Unit::Bytes);
    let records = crate::records::records(bench.settings.records);
    for engine in ENGINES {
        progress(&format!("memory of {}", engine.name));
        let dir = folder();
        (engine.open)(dir.path())[0].store.prepare(&records)();
        scanned.push(engine.name, child(&["scan", engine.name], dir.path()));
    }
    bench.print(&scanned, &[]);
    let count = bench.scaled(LOADED);
    progress(&format!("memory of a load of {count}"));
    let mut load = Table::new(format!("memory of a load of {count} records in no order"), Unit::Bytes);
    load.push("64 MB", 64e6);
    let resident = child(&["load", &count.to_string()], folder().path());
    load.push("storage, above its cache", (resident - LOAD_CACHE_LEN as f64).max(0.0));
    let goal = Goal { ours: "storage, above its cache", peer: "64 MB", at_most: 1.0 };
    bench.print(&load, &[goal]);
}

/// What a child that does `task` in `dir` says: its resident memory in bytes.
fn child(task: &[&str], dir: &Path) -> f64 {
    let program = std::env::current_exe().unwrap();
    let output = Command::new(program).arg(CHILD).args(task).arg(dir).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// Whether this process is such a child; its work is done then.
#[expect(clippy::print_stdout, reason = "the answer to the parent")]
pub fn is_child(arguments: &[String]) -> bool {
    let arguments: Vec<_> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        [CHILD, "scan", name, dir] => {
            let engine = ENGINES.iter().find(|engine| engine.name == name).unwrap();
            let before = status("VmRSS");
            let faces = (engine.open)(Path::new(dir));
            faces[0].store.scan();
            println!("{}", status("VmRSS") - before);
        }
        [CHILD, "load", count, dir] => {
            let options = OpenOptions::default().cache_size(LOAD_CACHE_LEN);
            let storage = Storage::open_with(Path::new(dir).join("load.redb"), &options).unwrap();
            let table = Record::table(&storage).unwrap();
            // In no order, which takes more memory than records that ascend.
            let records = (0..count.parse().unwrap()).map(|n| Record { id: mix(n), ..record(n) });
            table.put_stream(records).unwrap();
            println!("{}", status("VmHWM"));
        }
        _ => return false,
    }
    true
}

/// A figure of the system about this process, in bytes.
fn status(name: &str) -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(name)).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}
