//! Files of the format that people have are read and written as they were: see `tests/golden/README.md`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "golden/layouts.rs"]
mod layouts;

use rkyv::{Archive, Deserialize, Serialize};
use schemas::monster::{Monster, create_monster};
use serde_json::{Value, json};
use std::{env, fmt::Debug, fs, path::PathBuf};
use storage::{Storage, StoredRecord};
use tests::{Scratch, frame::hash};

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "notes")]
struct RkyvNote {
    #[store(key)]
    id: u64,
    #[store(index)]
    title: String,
    #[store(unique)]
    code: Option<i32>,
    #[store(index)]
    tags: Vec<String>,
    score: f64,
    text: String,
}

#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "notes")]
struct FlatNote {
    #[store(key)]
    id: u64,
    #[store(index)]
    title: String,
    #[store(unique)]
    code: Option<i32>,
    #[store(index)]
    tags: Vec<String>,
    score: f64,
    text: String,
}

/// What both kinds of notes have.
trait Note: StoredRecord<Key = u64> + Clone + Debug + PartialEq {
    fn new(id: u64) -> Self;
    fn json(&self) -> Value;
}

macro_rules! note {
    ($note:ident) => {
        impl Note for $note {
            fn new(id: u64) -> Self {
                // The third has a text of four blocks and a half.
                let text = if id == 3 { "a long text ".repeat(190) } else { "short".into() };
                let tags = (0..id).map(|tag| format!("tag {tag}")).collect();
                let code = (id != 2).then_some(-5 * i32::try_from(id).unwrap());
                let (title, score) = (format!("title {}", id % 2), 0.5 * f64::from(code.unwrap_or(7)));
                Self { id, title, code, tags, score, text }
            }

            fn json(&self) -> Value {
                let Self { id, title, code, tags, score, text } = self;
                json!({ "id": id, "title": title, "code": code, "tags": tags, "score": score, "text": text })
            }
        }
    };
}
note!(RkyvNote);
note!(FlatNote);

/// The notes of a table in the order of their keys, found by each index as well.
fn notes<N: Note>(storage: &Storage) -> Value {
    let table = storage.table::<N>().unwrap();
    assert_eq!(table.verify().unwrap(), []);
    assert_eq!(N::INDEXERS.len(), 3);
    let notes = table.iter().unwrap().map(|row| row.unwrap().load().unwrap().json());
    notes.collect()
}

fn put_notes<N: Note>(storage: &Storage, ids: impl IntoIterator<Item = u64>) {
    storage.table::<N>().unwrap().put_stream(ids.into_iter().map(N::new)).unwrap();
}

/// A file: its name, what makes it, and what reads it.
struct Golden {
    name: &'static str,
    write: fn(&Storage),
    read: fn(&Storage) -> Value,
}

fn goldens() -> Vec<Golden> {
    let of_one_layout = [
        Golden { name: "rkyv", write: write_records::<RkyvNote>, read: read_records::<RkyvNote> },
        Golden {
            name: "flatbuffers",
            write: write_records::<FlatNote>,
            read: read_records::<FlatNote>,
        },
        Golden {
            name: "rkyv-renamed",
            write: write_renamed::<RkyvNote>,
            read: read_renamed::<RkyvNote>,
        },
        Golden {
            name: "flatbuffers-renamed",
            write: write_renamed::<FlatNote>,
            read: read_renamed::<FlatNote>,
        },
        Golden { name: "rkyv-pairs", write: write_rkyv_pairs, read: read_rkyv_pairs },
        Golden { name: "flatbuffers-pairs", write: write_monsters, read: read_monsters },
    ];
    of_one_layout.into_iter().chain(layouts::goldens()).collect()
}

fn write_records<N: Note>(storage: &Storage) {
    put_notes::<N>(storage, 1..=3);
}

fn read_records<N: Note>(storage: &Storage) -> Value {
    json!({ "notes": notes::<N>(storage) })
}

/// The first table keeps its seal name `notes`, so that the second has `notes$2`.
fn write_renamed<N: Note>(storage: &Storage) {
    put_notes::<N>(storage, 1..=2);
    storage.rename_table("notes", "first").unwrap();
    put_notes::<N>(storage, 2..=3);
}

fn read_renamed<N: Note>(storage: &Storage) -> Value {
    let second = notes::<N>(storage);
    let first = storage.write(|txn| {
        txn.rename_table("notes", "second")?;
        txn.rename_table("first", "notes")
    });
    assert!(first.unwrap());
    let first = notes::<N>(storage);
    let back = storage.write(|txn| {
        txn.rename_table("notes", "first")?;
        txn.rename_table("second", "notes")
    });
    assert!(back.unwrap());
    json!({ "first": first, "notes": second })
}

fn write_rkyv_pairs(storage: &Storage) {
    let names = storage.new_rkyv_table::<u64, String>("names");
    names.put_stream([(7, "Ada".to_owned()), (u64::MAX, "Grace".repeat(300))]).unwrap();
    let places = storage.new_rkyv_table::<(String, i32), (f64, Vec<u8>)>("places");
    places.put(("Reykjavík", -3), &(64.15, vec![0, 255])).unwrap();
}

fn read_rkyv_pairs(storage: &Storage) -> Value {
    let names = storage.new_rkyv_table::<u64, String>("names");
    let names = names.iter().unwrap().map(Result::unwrap);
    let names: Value = names.map(|(key, name)| json!([key, name.load().unwrap()])).collect();
    let places = storage.new_rkyv_table::<(String, i32), (f64, Vec<u8>)>("places");
    let places = places.iter().unwrap().map(Result::unwrap);
    let places: Value = places.map(|(key, place)| json!([key, place.load().unwrap()])).collect();
    json!({ "names": names, "places": places })
}

fn write_monsters(storage: &Storage) {
    let monsters = storage.new_flatbuffers_table::<u64, Monster<'static>>("monsters");
    monsters.put_with(7, |builder| create_monster(builder, 80, 150, "Orc")).unwrap();
    let name = "Hydra".repeat(200);
    monsters.put_with(8, |builder| create_monster(builder, -1, 2, &name)).unwrap();
}

fn read_monsters(storage: &Storage) -> Value {
    let monsters = storage.new_flatbuffers_table::<u64, Monster<'static>>("monsters");
    let read = |key: &u64, m: Monster<'_>| Some(json!([key, m.hp(), m.mana(), m.name()]));
    json!({ "monsters": monsters.scan(read).unwrap() })
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("golden")
}

#[test]
fn golden_files_are_read() {
    for Golden { name, write, read } in goldens() {
        let (file, text) =
            (folder().join(format!("{name}.redb")), folder().join(format!("{name}.json")));
        if env::var("GOLDEN").is_ok_and(|word| word == "new") && !file.exists() {
            let storage = Storage::in_memory().unwrap();
            write(&storage);
            storage.backup_with(&file, &storage::OpenOptions::default()).unwrap();
            let json = serde_json::to_string_pretty(&read(&storage)).unwrap();
            fs::write(&text, json + "\n").unwrap();
        }
        let scratch = Scratch::new();
        fs::copy(&file, scratch.path()).unwrap();
        let storage = scratch.open();
        assert!(storage.check().unwrap().is_sound(), "{name}");
        let expected: Value = serde_json::from_slice(&fs::read(&text).unwrap()).unwrap();
        assert_eq!(read(&storage), expected, "{name}");
    }
}

/// Every row of every table.
fn rows(storage: &Storage) -> Vec<(String, Vec<u8>, Vec<u8>)> {
    let mut rows = Vec::new();
    for table in storage.table_stats().unwrap() {
        let visit = |key: &[u8], value: &[u8]| {
            rows.push((table.table.clone(), key.to_vec(), value.to_vec()));
            true
        };
        storage.backend().scan(&table.table, visit).unwrap();
    }
    rows
}

#[test]
fn golden_files_are_written_byte_for_byte() {
    for Golden { name, write, .. } in goldens() {
        let scratch = Scratch::new();
        fs::copy(folder().join(format!("{name}.redb")), scratch.path()).unwrap();
        let anew = Storage::in_memory().unwrap();
        write(&anew);
        assert_eq!(rows(&scratch.open()), rows(&anew), "{name}");
    }
}

/// The hashes of the files as they were made first: files that a later build has made stand for nothing.
#[test]
fn golden_files_were_never_made_again() {
    for (name, file, values) in [
        ("rkyv", 0x7f3e_7aea_b43f_c141, 0xc688_3372_a5d1_7f48),
        ("flatbuffers", 0x97d0_3ee3_0b46_6be8, 0xc688_3372_a5d1_7f48),
        ("rkyv-renamed", 0x64d6_e55b_1207_e61c, 0x24ab_ffd5_f8c2_3eba),
        ("flatbuffers-renamed", 0xb5d0_2288_ced7_be3d, 0x24ab_ffd5_f8c2_3eba),
        ("rkyv-pairs", 0xdba3_db59_b713_fd2b, 0xb7eb_11f6_cccf_ab83),
        ("flatbuffers-pairs", 0x625a_311b_92e9_036c, 0x2dea_2f91_c125_0682),
        ("rkyv-layouts", 0x84b1_1cf7_d525_605c, 0xd633_ec0f_f4f2_243d),
        ("flatbuffers-layouts", 0xc6f3_4efe_8788_8d55, 0xd633_ec0f_f4f2_243d),
        ("rkyv-migrating", 0x2ff4_4d73_880f_0d53, 0xd38c_ce35_a95e_aa6e),
        ("flatbuffers-migrating", 0xbefd_7dab_13fd_2bd8, 0xd38c_ce35_a95e_aa6e),
        ("rkyv-rekeying", 0x9336_efd9_030c_55f0, 0x6fba_4fb4_c3f1_0a3e),
        ("flatbuffers-rekeying", 0x8638_7e8b_1234_abda, 0x6fba_4fb4_c3f1_0a3e),
        ("rkyv-revived", 0xc48c_65cb_adb2_c165, 0xb859_bfb9_9365_c7de),
    ] {
        let hash_of =
            |ending| hash(&fs::read(folder().join(format!("{name}.{ending}"))).unwrap(), 0);
        assert_eq!([hash_of("redb"), hash_of("json")], [file, values], "{name}");
    }
    assert_eq!(fs::read_dir(folder()).unwrap().count(), 2 * goldens().len() + 1);
}
