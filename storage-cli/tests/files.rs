//! Commands about whole files: compared, checked, copied, saved, written out.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use self::support::{Folder, v4};
use std::fs;
use storage::{Storage, StoredRecord as _};

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

#[test]
fn numbers_of_a_column() {
    let folder = Folder::new();
    let it = folder.airports();
    it.check("stats", &["stats", "airports.redb", "airports", "--column", "elevation_ft"]);
    it.check("stats-text", &["stats", "airports.redb", "airports", "--column", "kind"]);
    it.check("stats-wrong", &["stats", "airports.redb", "airports", "--column", "height"]);
    it.check_with_columns(
        "stats-narrow",
        "20",
        &["stats", "airports.redb", "airports", "--column", "elevation_ft"],
    );
}

#[test]
fn tables_are_written_out() {
    let folder = Folder::new();
    let it = folder.layouts();
    it.check("export", &["export", "layouts.redb", "out"]);
    let lines = fs::read_to_string(folder.path("out/notes.jsonl")).unwrap();
    assert_eq!(lines.lines().count(), 4);
    assert_eq!(
        lines.lines().next(),
        Some("{\"id\":1,\"text\":\"first\",\"rank\":1,\"$layout\":1}")
    );
    let schema = fs::read_to_string(folder.path("out/notes.2.schema.txt")).unwrap();
    assert!(schema.contains("field tag = option<string>"), "{schema}");
    it.check("export-again", &["export", "layouts.redb", "out"]);
    it.check(
        "export-csv",
        &["export", "layouts.redb", "out", "--format", "csv", "--upcast", "--force"],
    );
    let csv = fs::read_to_string(folder.path("out/notes.csv")).unwrap();
    assert!(csv.starts_with("id,text,rank,mood\n1,first,1,\n"), "{csv}");
}

#[test]
fn two_files_are_compared() {
    let folder = Folder::new();
    let it = folder.layouts();
    fs::copy(folder.path("layouts.redb"), folder.path("other.redb")).unwrap();
    it.check("diff-same", &["diff", "layouts.redb", "other.redb"]);
    let storage = Storage::open(folder.path("other.redb")).unwrap();
    let notes = v4::Note::table(&storage).unwrap();
    notes.delete(1).unwrap();
    notes.update(4, |note| note.rank = 5).unwrap();
    notes.put(&v4::Note { id: 9, text: "ninth".into(), rank: 9, mood: None }).unwrap();
    storage.new_rkyv_table::<u64, String>("names").put(7, &"Ada".to_owned()).unwrap();
    drop(notes);
    storage.close().unwrap();
    it.check("diff", &["diff", "layouts.redb", "other.redb"]);
    it.check(
        "diff-summary",
        &["diff", "layouts.redb", "other.redb", "--summary", "--table", "notes"],
    );
}

#[test]
fn copies_are_whole() {
    let folder = Folder::new();
    let it = folder.airports();
    it.check("check", &["check", "airports.redb"]);
    it.check("verify", &["verify", "airports.redb"]);
    let before = fs::read(folder.path("airports.redb")).unwrap();
    let output = it.run(&["backup", "airports.redb", "copy.redb"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(output.stderr));
    it.check("backup-same", &["diff", "airports.redb", "copy.redb"]);
    it.check("backup-taken", &["backup", "airports.redb", "copy.redb"]);
    let output = it.run(&["repair", "airports.redb", "saved.redb"]);
    assert_eq!(
        (output.status.code(), text(output.stdout)),
        (Some(0), "104 rows saved, 0 faults\n".into())
    );
    it.check("repair-same", &["diff", "airports.redb", "saved.redb"]);
    assert_eq!(fs::read(folder.path("airports.redb")).unwrap(), before, "not a byte has changed");
    let output = it.run(&["compact", "copy.redb"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(output.stderr));
    it.check("compact-same", &["diff", "airports.redb", "copy.redb"]);
}

#[test]
fn damaged_files_are_told_and_saved() {
    let folder = Folder::new();
    folder.layouts();
    let mut bytes = fs::read(folder.path("layouts.redb")).unwrap();
    // In the table, in the index, and where they were before.
    for at in 0..bytes.len() - 5 {
        if bytes[at..].starts_with(b"third") {
            bytes[at] = b'T';
        }
    }
    fs::write(folder.path("damaged.redb"), &bytes).unwrap();
    folder.check("damaged-verify", &["verify", "damaged.redb"]);
    folder.check("damaged-check", &["check", "damaged.redb"]);
    folder.check("damaged-scan", &["scan", "damaged.redb", "notes", "--fields", "id,text"]);
    folder.check("damaged-backup", &["backup", "damaged.redb", "copy.redb"]);
    assert!(!folder.path("copy.redb").exists());
    folder.check("damaged-repair", &["repair", "damaged.redb", "saved.redb"]);
    folder.check("damaged-saved", &["scan", "saved.redb", "notes", "--fields", "id,text"]);
    folder.check("damaged-unbuilt", &["scan", "saved.redb", "notes", "--index", "text"]);
    assert_eq!(fs::read(folder.path("damaged.redb")).unwrap(), bytes);

    // The program that has the index builds it.
    let storage = Storage::open(folder.path("saved.redb")).unwrap();
    let notes = v4::Note::table(&storage).unwrap();
    assert_eq!(
        notes.by(v4::Note::INDEXES.text).iter().unwrap().count().unwrap(),
        notes.len().unwrap()
    );
    assert!(notes.verify().unwrap().is_empty());
}

#[test]
fn completions_and_the_manual_are_printed() {
    let folder = Folder::new();
    for (arguments, expected) in [
        (&["completions", "bash"][..], "_storage()"),
        (&["man"], ".TH storage 1"),
        (&["man", "scan"], "\\-\\-where"),
    ] {
        let output = folder.run(arguments);
        let said = text(output.stdout);
        assert!(said.contains(expected), "{arguments:?}: {said}");
    }
}

#[test]
fn a_backup_has_the_changes_that_are_logged() {
    let folder = Folder::new();
    folder.fed();
    assert!(folder.run(&["backup", "fed.redb", "copy.redb"]).status.success());
    let info = folder.run(&["info", "copy.redb", "--json"]);
    let text = String::from_utf8(info.stdout).unwrap();
    assert!(text.contains("\"changes\": 8"), "{text}");
}
