//! Files to look into, and the program that does.

use rkyv::{Archive, Deserialize, Serialize};
use schemas::airports::{Airport, Country, Runway, read_csv};
use std::{
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};
use storage::{Storage, StoredRecord, StoredType};
use tempfile::TempDir;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "visits", feed(keep = 8))]
struct Visit {
    #[store(key)]
    id: u64,
    #[store(index)]
    page: String,
}

/// A folder with files, in which the program runs.
#[derive(Debug)]
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The airports of Switzerland and Austria, their runways, and all countries, of the data in `examples/`.
    pub(crate) fn airports(&self) -> &Self {
        let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/data");
        let storage = Storage::open(self.path("airports.redb")).unwrap();
        let airports: Vec<Airport> = read_csv(&data).unwrap();
        let alpine = |airport: &Airport| {
            ["AT", "CH"].contains(&airport.country.as_str()) && airport.ident.starts_with('L')
        };
        let airports: Vec<Airport> = airports.into_iter().filter(alpine).take(40).collect();
        let runways: Vec<Runway> = read_csv(&data).unwrap();
        let known = |runway: &Runway| airports.iter().any(|it| it.ident == runway.airport_ident);
        let runways: Vec<Runway> = runways.into_iter().filter(known).collect();
        Airport::table(&storage).unwrap().put_all(&airports).unwrap();
        Runway::table(&storage).unwrap().put_all(&runways).unwrap();
        let countries: Vec<Country> = read_csv(&data).unwrap();
        Country::table(&storage).unwrap().put_all(&countries[..20]).unwrap();
        storage.close().unwrap();
        self
    }

    /// A table with rows of four layouts: fields were added, made wider and removed.
    pub(crate) fn layouts(&self) -> &Self {
        let storage = Storage::open(self.path("layouts.redb")).unwrap();
        let first = v1::Note { id: 1, text: "first".into(), rank: 1 };
        v1::Note::table(&storage).unwrap().put(&first).unwrap();
        let second = v2::Note { id: 2, text: "second".into(), rank: 2, tag: Some("new".into()) };
        v2::Note::table(&storage).unwrap().put(&second).unwrap();
        let third = v3::Note { id: 3, text: "third".into(), rank: u32::MAX, tag: None };
        v3::Note::table(&storage).unwrap().put(&third).unwrap();
        let mood = Some(v4::Mood::Because { reason: "\u{1b}[31mred\u{7}".into() });
        let fourth = v4::Note { id: 4, text: "fourth".into(), rank: 4, mood };
        v4::Note::table(&storage).unwrap().put(&fourth).unwrap();
        storage.close().unwrap();
        self
    }

    /// A table whose changes are logged, and one whose changes are not.
    #[allow(dead_code, reason = "not every file of tests looks at a feed")]
    pub(crate) fn fed(&self) -> &Self {
        let storage = Storage::open(self.path("fed.redb")).unwrap();
        let visits = (0..20).map(|id| Visit { id, page: "start".into() });
        Visit::table(&storage).unwrap().put_stream(visits).unwrap();
        let note = v1::Note { id: 1, text: "first".into(), rank: 1 };
        v1::Note::table(&storage).unwrap().put(&note).unwrap();
        storage.close().unwrap();
        self
    }

    /// Runs the program here, with a terminal of 100 columns.
    pub(crate) fn run(&self, arguments: &[&str]) -> Output {
        self.run_with_columns("100", arguments)
    }

    pub(crate) fn run_with_columns(&self, columns: &str, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_storage"));
        command.args(arguments).current_dir(self.0.path()).env("COLUMNS", columns);
        command.output().unwrap()
    }

    /// Compares what the program says with the file `name` in `snapshots/`; with `STORAGE_BLESS=1` it is written.
    pub(crate) fn check(&self, name: &str, arguments: &[&str]) {
        self.check_with_columns(name, "100", arguments);
    }

    pub(crate) fn check_with_columns(&self, name: &str, columns: &str, arguments: &[&str]) {
        let output = self.run_with_columns(columns, arguments);
        let said = String::from_utf8(output.stdout).unwrap();
        let complained = String::from_utf8(output.stderr).unwrap();
        let shown: Vec<String> = arguments.iter().map(|argument| quoted(argument)).collect();
        let mut text = format!("$ storage {}\n{said}", shown.join(" "));
        if !complained.is_empty() {
            text.push_str("--- stderr\n");
            text.push_str(&complained);
        }
        match output.status.code().unwrap() {
            0 => {}
            code => writeln!(text, "--- exit code {code}").unwrap(),
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
        let path = folder.join(format!("{name}.txt"));
        if env::var("STORAGE_BLESS").as_deref() == Ok("1") {
            fs::write(&path, &text).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(text, expected, "{name}: STORAGE_BLESS=1 writes what is expected");
    }
}

fn quoted(argument: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_./=,".contains(c);
    if argument.chars().all(is_plain) { argument.to_owned() } else { format!("'{argument}'") }
}

macro_rules! notes {
    ($version:ident { $($fields:tt)* } $($more:item)*) => {
        pub(crate) mod $version {
            use super::*;

            #[derive(Archive, Serialize, Deserialize, StoredRecord)]
            #[store(codec = "rkyv", table = "notes", removed("tag"))]
            pub(crate) struct Note {
                #[store(key)]
                pub(crate) id: u32,
                #[store(index)]
                pub(crate) text: String,
                $($fields)*
            }

            $($more)*
        }
    };
}
notes! { v1 { pub(crate) rank: u8, } }
notes! { v4 { pub(crate) rank: u32, pub(crate) mood: Option<Mood>, }
    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(crate) enum Mood {
        Calm,
        Because { reason: String },
    }
}

pub(crate) mod v2 {
    use super::*;

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "notes")]
    pub(crate) struct Note {
        #[store(key)]
        pub(crate) id: u32,
        #[store(index)]
        pub(crate) text: String,
        pub(crate) rank: u8,
        pub(crate) tag: Option<String>,
    }
}

pub(crate) mod v3 {
    use super::*;

    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "notes")]
    pub(crate) struct Note {
        #[store(key)]
        pub(crate) id: u32,
        #[store(index)]
        pub(crate) text: String,
        pub(crate) rank: u32,
        pub(crate) tag: Option<String>,
    }
}
