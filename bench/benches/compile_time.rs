//! What the derive costs the compiler: 50 records of 8 fields beside the same structs with rkyv's derives alone.
//!
//! `cargo bench -p bench --bench compile_time`
//!
//! Each variant is a crate of its own, checked again after a change; its dependencies are built before.

use bench::compare;
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
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

/// Compiles the crate as if it had changed.
fn compile(folder: &Path, command: &str) {
    let source = folder.join("src/lib.rs");
    let text = fs::read_to_string(&source).unwrap();
    fs::write(&source, text).unwrap();
    let status = Command::new(env!("CARGO"))
        .args([command, "--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_INCREMENTAL", "0") // The whole crate, not what changed of it: nothing did.
        .env("CARGO_TARGET_DIR", folder.parent().unwrap().join("target"))
        .status();
    assert!(status.unwrap().success(), "{} does not compile", folder.display());
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
    let plain = generate("plain", &plain);
    let stored = generate("stored", &stored);
    for command in ["check", "build"] {
        compile(&plain, command);
        compile(&stored, command);
        compare(
            &format!("cargo {command}, {RECORDS} records of 8 fields"),
            ROUNDS,
            vec![
                ("rkyv's derives", Box::new(|| compile(&plain, command))),
                ("rkyv's derives and StoredRecord", Box::new(|| compile(&stored, command))),
            ],
        );
    }
}
