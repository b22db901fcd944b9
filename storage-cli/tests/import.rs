//! Files that are written out, and made anew of that.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod support;

use self::support::{Folder, v4};
use std::{
    collections::BTreeMap,
    fs,
    ops::Bound,
    path::{Path, PathBuf},
};
use storage::{Storage, StoredRecord as _, backend::ByteReader as _, dynamic::DynamicTable};

type Dump = BTreeMap<(String, Vec<u8>), Vec<u8>>;

/// All rows of a file, as bytes, but for the catalogue and for `left_out`; and the definitions of its tables.
fn dump(path: &Path, left_out: &[String]) -> (Dump, BTreeMap<String, String>) {
    let storage = Storage::open_existing(path).unwrap();
    let snapshot = storage.backend().snapshot().unwrap();
    let mut rows = BTreeMap::new();
    let of_tables: Vec<String> =
        storage.tables().unwrap().into_iter().map(|table| table.name).collect();
    // What takes the place of a table one day is no part of it.
    let is_of_table = |name: &String| {
        let of = |table: &String| match name.strip_prefix(table.as_str()) {
            Some("") => true,
            Some(rest) => rest.starts_with('$'),
            None => false,
        };
        of_tables.iter().any(of)
    };
    for table in snapshot.table_names().unwrap().into_iter().filter(is_of_table) {
        if left_out.contains(&table) {
            continue;
        }
        let all = (Bound::Unbounded, Bound::Unbounded);
        for row in snapshot.rows(&(&*table).into(), all.0, all.1).unwrap() {
            let row = row.unwrap();
            rows.insert((table.clone(), row.key.to_vec()), row.value.to_vec());
        }
    }
    let state = storage.read().unwrap();
    let definition = |name: String| {
        let text = DynamicTable::open(&state, &name).unwrap().definition().unwrap();
        (name, text)
    };
    let names = state.tables().unwrap().into_iter().map(|table| table.name);
    (rows, names.map(definition).collect())
}

/// Exports the file, imports it, and compares all rows and index entries, but those of indexes that are left to build.
fn comes_back(folder: &Folder, file: &str) -> Vec<String> {
    let _ = fs::remove_dir_all(folder.path("out"));
    let _ = fs::remove_file(folder.path("back.redb"));
    let output = folder.run(&["export", file, "out"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let output = folder.run(&["import", "out", "back.redb"]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8(output.stdout).unwrap();
    let left: Vec<String> = said
        .lines()
        .filter_map(|line| {
            line.strip_prefix("index ")?.strip_suffix(" is built when a program opens its table")
        })
        .map(|index| index.replace('.', "$"))
        .collect();
    let (rows, definitions) = dump(&folder.path(file), &left);
    let (found, defined) = dump(&folder.path("back.redb"), &left);
    assert!(rows == found, "{file}: {} and {} rows", rows.len(), found.len());
    if left.is_empty() {
        assert_eq!(defined, definitions, "{file}");
    }
    left
}

#[test]
fn every_row_and_entry_comes_back() {
    let folder = Folder::new();
    folder.airports().layouts();
    assert_eq!(comes_back(&folder, "airports.redb"), Vec::<String>::new());
    let left = comes_back(&folder, "layouts.redb");
    assert_eq!(left, Vec::<String>::new());
    let storage = Storage::open(folder.path("back.redb")).unwrap();
    let notes = v4::Note::table(&storage).unwrap();
    assert!(notes.verify().unwrap().is_empty());
    assert_eq!(notes.by(v4::Note::INDEXES.text).get_all("third").unwrap().count().unwrap(), 1);
}

#[test]
fn files_of_every_release_come_back() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/golden");
    let mut files: Vec<PathBuf> =
        fs::read_dir(golden).unwrap().map(|file| file.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "redb"));
    files.sort();
    assert!(!files.is_empty());
    let folder = Folder::new();
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        fs::copy(&path, folder.path(name)).unwrap();
        comes_back(&folder, name);
    }
}

#[test]
fn a_line_that_is_wrong_is_named_and_leaves_no_file() {
    let folder = Folder::new();
    folder.layouts();
    folder.run(&["export", "layouts.redb", "out"]);
    let (rows, definition) = (folder.path("out/notes.jsonl"), folder.path("out/notes.table.txt"));
    let (good, defined) =
        (fs::read_to_string(&rows).unwrap(), fs::read_to_string(&definition).unwrap());
    for (name, from, to) in [
        ("type", "\"rank\":2", "\"rank\":\"two\""),
        ("syntax", "{\"id\":2", "{\"id\" 2"),
        ("layout", "\"$layout\":2", "\"$layout\":9"),
        ("twice", "{\"id\":2", "{\"id\":1"),
        ("field", "\"rank\":2", "\"rank\":2,\"height\":1"),
        ("body", "\"$layout\":2", "\"$layout\":2,\"$key\":2,\"$body\":\"0x00\""),
    ] {
        assert!(good.contains(from));
        fs::write(&rows, good.replace(from, to)).unwrap();
        folder.check(&format!("import-{name}"), &["import", "out", "new.redb"]);
    }
    fs::write(&rows, &good).unwrap();
    fs::write(&definition, defined.replacen("layout 1", "layout 7", 1)).unwrap();
    folder.check("import-definition", &["import", "out", "new.redb"]);
    fs::write(&definition, &defined).unwrap();
    folder.check("import-nothing", &["import", ".", "new.redb"]);
    folder.check("import-missing", &["import", "absent", "new.redb"]);
    folder.check("import-taken", &["import", "out", "layouts.redb"]);
    let names = |path: &Path| -> Vec<String> {
        let files = fs::read_dir(path).unwrap();
        let mut names: Vec<_> =
            files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(names(&folder.path(".")), ["layouts.redb", "out"], "no half file is left");
    folder.check("import-forced", &["import", "out", "layouts.redb", "--force"]);
    folder.check("import-same", &["diff", "layouts.redb", "layouts.redb"]);
}
