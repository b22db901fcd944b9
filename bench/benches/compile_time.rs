//! What the derive costs the compiler: 50 records of 8 fields beside the same structs with rkyv's derives alone.
//!
//! `cargo bench -p bench --bench compile_time`
//!
//! Each variant is a crate of its own, checked again after a change; its dependencies are built before. What is
//! printed is the processor time of cargo and the compiler where the system tells it (Linux), which other programs
//! disturb less than the time on the wall.

use bench::compare_measured;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

const RECORDS: usize = 50;
const ROUNDS: usize = 7;

/// A struct of eight fields with `derives` and `attributes`.
fn record(number: usize, derives: &str, store: &str, key: &str) -> String {
    format!(
        "#[derive({derives})]\n{store}\npub struct Record{number} {{\n    {key}\n    pub id: u64,\n    \
         pub name: String,\n    pub age: u32,\n    pub score: f64,\n    pub active: bool,\n    \
         pub email: Option<String>,\n    pub tags: Vec<String>,\n    pub parent: Option<u64>,\n}}\n\n"
    )
}

/// A crate in a folder of its own.
fn generate(name: &str, body: &str) -> PathBuf {
    let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let folder = workspace.join("target/compile_time").join(name);
    fs::create_dir_all(folder.join("src")).unwrap();
    let storage = workspace.join("storage");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\n\
         rkyv = {{ version = \"0.8.17\", default-features = false, features = [\"std\", \"bytecheck\"] }}\n\
         storage = {{ path = \"{}\" }}\n\n[workspace]\n",
        storage.display(),
    );
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    fs::write(folder.join("src/lib.rs"), body).unwrap();
    folder
}

/// Compiles the crate as if it had changed, and gives what that took.
fn compile(folder: &Path, command: &str) -> Duration {
    let source = folder.join("src/lib.rs");
    let text = fs::read_to_string(&source).unwrap();
    fs::write(&source, text).unwrap();
    let (start, start_of_children) = (Instant::now(), time_of_children());
    let status = Command::new(env!("CARGO"))
        .args([command, "--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0") // The whole crate, not what changed of it: nothing did.
        .env("CARGO_TARGET_DIR", folder.parent().unwrap().join("target"))
        .status();
    assert!(status.unwrap().success(), "{} does not compile", folder.display());
    match (start_of_children, time_of_children()) {
        (Some(before), Some(after)) => after.saturating_sub(before),
        _ => start.elapsed(),
    }
}

/// The processor time of all children that have ended, as Linux counts it: in hundredths of a second.
fn time_of_children() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The fields behind the program's name, which is in parentheses; the first of them is number 3.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(16 - 3);
    let mut ticks = || fields.next()?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks()? + ticks()?) * 10))
}

fn main() {
    let rkyv = "rkyv::Archive, rkyv::Serialize, rkyv::Deserialize";
    let plain: String = (0..RECORDS).map(|n| record(n, rkyv, "", "")).collect();
    let stored: String = (0..RECORDS)
        .map(|n| {
            let store = format!("#[store(codec = \"rkyv\", table = \"records{n}\")]");
            record(n, &format!("{rkyv}, storage::StoredRecord"), &store, "#[store(key)]")
        })
        .collect();
    let flat: String = (0..RECORDS)
        .map(|n| {
            let store = format!("#[store(codec = \"flatbuffers\", table = \"records{n}\")]");
            record(n, "storage::StoredRecord", &store, "#[store(key)]")
        })
        .collect();
    let plain = generate("plain", &plain);
    let stored = generate("stored", &stored);
    let flat = generate("flat", &flat);
    for command in ["check", "build"] {
        for folder in [&plain, &stored, &flat] {
            compile(folder, command);
        }
        compare_measured(
            &format!("cargo {command}, {RECORDS} records of 8 fields, processor time"),
            ROUNDS,
            vec![
                ("rkyv's derives", Box::new(|| compile(&plain, command))),
                ("rkyv's derives and StoredRecord", Box::new(|| compile(&stored, command))),
                ("StoredRecord with FlatBuffers, no rkyv", Box::new(|| compile(&flat, command))),
            ],
        );
    }
}
