//! Commands that look into a file: what they say, and that the file stays as it is.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use self::support::Folder;
use std::{
    fs,
    path::Path,
    process::{Command, Stdio},
};
use storage::Storage;

#[test]
fn airports() {
    let folder = Folder::new();
    let it = folder.airports();
    let before = fs::read(folder.path("airports.redb")).unwrap();
    let file = "airports.redb";
    it.check("info", &["info", file]);
    it.check("schema", &["schema", file, "countries"]);
    it.check("schema-rust", &["schema", file, "airports", "--rust"]);
    it.check("schema-json", &["schema", file, "countries", "--json-schema"]);
    it.check("schema-fbs-none", &["schema", file, "countries", "--fbs"]);
    it.check("get", &["get", file, "airports", "LSZH"]);
    it.check(
        "get-fields",
        &["get", file, "airports", "LSZH", "--fields", "name,elevation_ft", "--compact"],
    );
    it.check("head", &["head", file, "countries", "-n", "3"]);
    it.check_with_columns("head-narrow", "20", &["head", file, "airports", "-n", "2"]);
    let fields = ["--fields", "ident,name,elevation_ft"];
    let scan = |more: &[&'static str]| [&["scan", file, "airports"][..], &fields, more].concat();
    it.check("where", &scan(&["--where", "elevation_ft > 1500 && country == \"CH\""]));
    it.check("prefix", &scan(&["--prefix", "LSZ", "--limit", "3"]));
    it.check("range", &scan(&["--from", "LSMA", "--until", "LSMP"]));
    it.check("reverse", &scan(&["--reverse", "--limit", "2", "--format", "jsonl"]));
    it.check("json", &scan(&["--limit", "2", "--format", "json"]));
    it.check("csv", &scan(&["--limit", "3", "--format", "csv"]));
    it.check(
        "count",
        &["count", file, "airports", "--where", "elevation_ft = null or not iata = null"],
    );
    assert_eq!(fs::read(folder.path("airports.redb")).unwrap(), before, "not a byte has changed");
    assert_eq!(fs::read_dir(folder.path("")).unwrap().count(), 1, "and no file was made");
}

#[test]
fn four_layouts() {
    let folder = Folder::new();
    let it = folder.layouts();
    let file = "layouts.redb";
    it.check("layouts-info", &["info", file]);
    it.check("layouts-scan", &["scan", file, "notes", "--format", "jsonl"]);
    it.check("layouts-table", &["scan", file, "notes"]);
    it.check("layouts-upcast", &["scan", file, "notes", "--format", "jsonl", "--upcast"]);
    it.check("layouts-diff", &["schema", file, "notes", "--diff", "1", "4"]);
    it.check("layouts-one", &["schema", file, "notes", "--layout", "2"]);
    it.check("layouts-index", &["scan", file, "notes", "--index", "text", "--prefix", "f"]);
    it.check(
        "layouts-csv",
        &["scan", file, "notes", "--format", "csv", "--fields", "id,mood.reason"],
    );
}

/// A feed is told of with its table, and is no table of its own.
#[test]
fn changes_that_are_logged() {
    let folder = Folder::new();
    let it = folder.fed();
    it.check("feed-info", &["info", "fed.redb"]);
    it.check("feed-check", &["check", "fed.redb"]);
    it.check("feed-scan", &["scan", "fed.redb", "visits$$feed"]);
}

/// A file that was made by an earlier build.
fn golden(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    folder.join(name).to_str().unwrap().to_owned()
}

#[test]
fn files_of_earlier_builds() {
    for name in ["rkyv", "flatbuffers", "rkyv-pairs", "flatbuffers-pairs", "rkyv-renamed"] {
        let file = golden(&format!("{name}.redb"));
        let folder = Folder::new();
        fs::copy(&file, folder.path("golden.redb")).unwrap();
        let before = fs::read(&file).unwrap();
        let tables: Vec<String> = {
            let storage = Storage::open(folder.path("golden.redb")).unwrap();
            storage.tables().unwrap().into_iter().map(|table| table.name).collect()
        };
        fs::write(folder.path("golden.redb"), &before).unwrap();
        if name == "flatbuffers" {
            folder.check("schema-fbs", &["schema", "golden.redb", "notes", "--fbs"]);
        }
        for table in tables {
            let shown = format!("golden-{name}-{}", table.replace(' ', "-"));
            folder.check(&shown, &["head", "golden.redb", &table, "--format", "jsonl"]);
        }
        assert_eq!(fs::read(folder.path("golden.redb")).unwrap(), before, "{name}");
    }
}

#[test]
fn wrong_calls_say_what_is_wrong() {
    let folder = Folder::new();
    let it = folder.layouts();
    let file = "layouts.redb";
    it.check("wrong-table", &["get", file, "note", "1"]);
    it.check("wrong-key", &["get", file, "notes", "first"]);
    it.check("wrong-no-row", &["get", file, "notes", "7"]);
    it.check("wrong-index", &["scan", file, "notes", "--index", "rank"]);
    it.check("wrong-field", &["scan", file, "notes", "--fields", "texd"]);
    it.check("wrong-filter", &["scan", file, "notes", "--where", "rank > many"]);
    it.check("wrong-filter-end", &["scan", file, "notes", "--where", "rank > 1 &&"]);
    it.check("wrong-layout", &["schema", file, "notes", "--layout", "9"]);
}

#[test]
fn files_that_are_none_are_refused() {
    let folder = Folder::new();
    folder.layouts();
    let whole = fs::read(folder.path("layouts.redb")).unwrap();
    fs::write(folder.path("empty.redb"), b"").unwrap();
    fs::write(folder.path("foreign.redb"), b"SQLite format 3\0 and more of it").unwrap();
    fs::write(folder.path("cut.redb"), &whole[..whole.len() / 2]).unwrap();
    fs::create_dir(folder.path("folder.redb")).unwrap();
    for name in ["missing", "empty", "foreign", "cut", "folder"] {
        folder.check(&format!("refused-{name}"), &["info", &format!("{name}.redb")]);
    }
}

#[test]
fn damage_is_told_and_never_a_panic() {
    let folder = Folder::new();
    folder.layouts();
    let whole = fs::read(folder.path("layouts.redb")).unwrap();
    let mut seed = 7_usize;
    for _ in 0..200 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let mut damaged = whole.clone();
        let at = (seed >> 20) % damaged.len();
        damaged[at] ^= 1 << (seed >> 60 & 7);
        fs::write(folder.path("damaged.redb"), &damaged).unwrap();
        for arguments in [&["scan", "damaged.redb", "notes"][..], &["info", "damaged.redb"]] {
            let output = folder.run(arguments);
            let complained = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.code().is_some_and(|code| code <= 5), "byte {at}: {complained}");
            assert!(!complained.contains("panicked"), "byte {at}: {complained}");
        }
        assert_eq!(fs::read(folder.path("damaged.redb")).unwrap(), damaged, "byte {at}");
    }
}

#[test]
fn a_file_that_is_open_elsewhere_is_copied() {
    let folder = Folder::new();
    folder.layouts();
    let storage = Storage::open(folder.path("layouts.redb")).unwrap();
    let before = fs::read(folder.path("layouts.redb")).unwrap();
    let output = folder.run(&["count", "layouts.redb", "notes"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "4\n");
    let output = folder.run(&["info", "layouts.redb"]);
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("open in another program: a copy of its state"), "{said}");
    assert_eq!(fs::read(folder.path("layouts.redb")).unwrap(), before);

    // What is committed next is seen next.
    let notes = storage.new_rkyv_table::<u64, String>("other");
    notes.put(1, &"one".to_owned()).unwrap();
    let output = folder.run(&["count", "layouts.redb", "other"]);
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "1\n");
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    let folder = Folder::new();
    folder.airports();
    let mut command = Command::new(env!("CARGO_BIN_EXE_storage"));
    let path = folder.path("airports.redb");
    let command = command.args(["scan", path.to_str().unwrap(), "countries", "--format", "json"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.status.code(), Some(0));
}
