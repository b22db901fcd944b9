//! Files whose records have changed: rows of several layouts, an index that is not built, a migration and a rekey that
//! were cut off, other names and keys, a name that came back. The newest release reads each of them, and ends what was
//! begun.

use super::Golden;
use serde_json::{Value, json};
use std::ops::ControlFlow;
use storage::{
    Storage, StorageError, StoredRecord, dynamic::DynamicTable, evolution::MigrationProgress,
};

/// A record as one release of a program has it.
macro_rules! release {
    ($name:ident, $codec:literal, [$($derive:ident),*], $(#[$attr:meta])* $record:ident { $($fields:tt)* }) => {
        mod $name {
            #[allow(unused_imports, reason = "only rkyv has derives of its own")]
            use rkyv::{Archive, Deserialize, Serialize};
            use storage::StoredRecord;

            #[derive($($derive,)* serde::Serialize, StoredRecord)]
            #[store(codec = $codec)]
            $(#[$attr])*
            pub(super) struct $record { $($fields)* }
        }
    };
}

/// The releases in a codec, and its files. What the codecs say in other ways is handed in: the attribute of a field
/// that is removed, and the ids of the fields behind it.
macro_rules! codec {
    (
        $module:ident, $codec:literal, $derives:tt, $removed:meta,
        $id:meta, $head:meta, $code:meta, $mail:meta, $level:meta, $names:expr
    ) => {
        mod $module {
            use super::*;

            release!(first, $codec, $derives, #[store(table = "notes")] Note {
                #[store(key)]
                pub(crate) id: u32,
                #[store(index)]
                pub(crate) title: String,
                #[store(unique)]
                pub(crate) code: Option<u16>,
                pub(crate) old: u8,
            });

            // A field more, with an index.
            release!(second, $codec, $derives, #[store(table = "notes")] Note {
                #[store(key)]
                pub(crate) id: u32,
                #[store(index)]
                pub(crate) title: String,
                #[store(unique)]
                pub(crate) code: Option<u16>,
                pub(crate) old: u8,
                #[store(index)]
                pub(crate) mail: Option<String>,
            });

            // Other names, a field less, and one more that old rows do not have.
            release!(third, $codec, $derives,
            #[store(table = "cards", table_was = "notes", was = "Note")]
            #[$removed]
            Card {
                #[store(key)]
                #[$id]
                pub(crate) id: u32,
                #[store(index, was = "title")]
                #[$head]
                pub(crate) head: String,
                #[store(unique)]
                #[$code]
                pub(crate) code: Option<u16>,
                #[store(index)]
                #[$mail]
                pub(crate) mail: Option<String>,
                #[store(default = 7, index)]
                #[$level]
                pub(crate) level: u8,
            });

            // Another key.
            release!(fourth, $codec, $derives, #[store(table = "cards")] Card {
                pub(crate) id: u32,
                #[store(key)]
                pub(crate) head: String,
                #[store(index)]
                pub(crate) level: u8,
            });

            fn put_first(storage: &Storage, ids: std::ops::RangeInclusive<u32>) {
                let note = |id| first::Note {
                    id,
                    title: format!("title {}", 9 - id),
                    code: (id != 2).then_some(id as u16 * 300),
                    old: 1,
                };
                first::Note::table(storage).unwrap().put_stream(ids.map(note)).unwrap();
            }

            /// The last row is put where no index can be built.
            fn write_layouts(storage: &Storage) {
                put_first(storage, 1..=3);
                let mail = Some("ada@example.org".repeat(40));
                let note = second::Note { id: 4, title: "four".into(), code: None, old: 2, mail };
                storage.write(|txn| txn.table::<second::Note>()?.put(&note)).unwrap();
            }

            fn write_migrating(storage: &Storage) {
                put_first(storage, 1..=5);
                let notes = second::Note::table(storage).unwrap();
                assert!(notes.migrate().batch(1).progress(behind_two).run().unwrap().is_stopped);
            }

            fn write_rekeying(storage: &Storage) {
                put_first(storage, 1..=5);
                let cards = third::Card::table(storage).unwrap();
                let (head, mail) = ("six".to_owned(), Some("six@example.org".to_owned()));
                cards.put(&third::Card { id: 6, head, code: None, mail, level: 8 }).unwrap();
                drop(cards);
                let rekey = storage.rekey(with_another_key).batch(1).progress(behind_two);
                assert!(rekey.run().unwrap().is_stopped);
            }

            fn with_another_key(old: third::Card) -> storage::Result<fourth::Card> {
                let third::Card { id, head, level, .. } = old;
                Ok(fourth::Card { id, head, level })
            }

            fn read(storage: &Storage) -> Value {
                let file = dump(storage);
                let held = storage.read().unwrap();
                let snapshot = typed(held.table::<third::Card>().unwrap().iter().unwrap());
                let cards = third::Card::table(storage).unwrap();
                assert_eq!(typed(cards.iter().unwrap()), snapshot);
                assert_eq!(cards.verify().unwrap(), []);
                cards.migrate().run().unwrap();
                assert_eq!(typed(cards.iter().unwrap()), snapshot);
                assert_settled(storage, &cards.verify().unwrap());
                json!({ "file": file, "newest": snapshot, "migrated": dump(storage) })
            }

            fn read_rekeying(storage: &Storage) -> Value {
                let file = dump(storage);
                storage.rekey(with_another_key).run().unwrap();
                let cards = fourth::Card::table(storage).unwrap();
                assert_settled(storage, &cards.verify().unwrap());
                json!({ "file": file, "newest": typed(cards.iter().unwrap()), "rekeyed": dump(storage) })
            }

            pub(super) const GOLDENS: [Golden; 3] = [
                Golden { name: $names[0], write: write_layouts, read },
                Golden { name: $names[1], write: write_migrating, read },
                Golden { name: $names[2], write: write_rekeying, read: read_rekeying },
            ];
        }
    };
}

codec!(
    archives,
    "rkyv",
    [Archive, Serialize, Deserialize],
    store(removed("old")),
    allow(unused),
    allow(unused),
    allow(unused),
    allow(unused),
    allow(unused),
    ["rkyv-layouts", "rkyv-migrating", "rkyv-rekeying"]
);
codec!(
    flat,
    "flatbuffers",
    [],
    store(removed(id = 3, name = "old", ty = "u8")),
    store(id = 0),
    store(id = 1),
    store(id = 2),
    store(id = 4),
    store(id = 5),
    ["flatbuffers-layouts", "flatbuffers-migrating", "flatbuffers-rekeying"]
);

release!(with, "rkyv", [Archive, Serialize, Deserialize], #[store(table = "words")] Word {
    #[store(key)]
    pub(crate) id: u32,
    pub(crate) note: Option<String>,
});
release!(without, "rkyv", [Archive, Serialize, Deserialize], #[store(table = "words", removed("note"))] Word {
    #[store(key)]
    pub(crate) id: u32,
});
release!(again, "rkyv", [Archive, Serialize, Deserialize], #[store(table = "words")] Word {
    #[store(key)]
    pub(crate) id: u32,
    pub(crate) note: Option<String>,
    pub(crate) more: Option<u8>,
});
release!(revived, "rkyv", [Archive, Serialize, Deserialize], #[store(table = "words")] Word {
    #[store(key)]
    pub(crate) id: u32,
    #[store(revived)]
    pub(crate) note: Option<String>,
    pub(crate) more: Option<u8>,
});

/// A field is there, is not, and is there again.
fn write_revived(storage: &Storage) {
    let note = Some("the first".to_owned());
    with::Word::table(storage).unwrap().put(&with::Word { id: 1, note }).unwrap();
    without::Word::table(storage).unwrap().put(&without::Word { id: 2 }).unwrap();
    let words = revived::Word::table(storage).unwrap();
    words.put(&revived::Word { id: 3, note: Some("again".into()), more: Some(9) }).unwrap();
}

fn read_revived(storage: &Storage) -> Value {
    let words = revived::Word::table(storage).unwrap();
    let typed = typed(words.iter().unwrap());
    let file = dump(storage);
    let unasked = again::Word::table(storage).unwrap_err();
    assert!(matches!(unasked, StorageError::Schema(_)), "{unasked}");
    words.migrate().run().unwrap();
    again::Word::table(storage).unwrap();
    assert_settled(storage, &words.verify().unwrap());
    json!({ "file": file, "newest": typed, "migrated": dump(storage) })
}

pub(super) fn goldens() -> impl Iterator<Item = Golden> {
    let revived = Golden { name: "rkyv-revived", write: write_revived, read: read_revived };
    archives::GOLDENS.into_iter().chain(flat::GOLDENS).chain([revived])
}

/// Stops behind the second row, in batches of one: a longer batch also ends when its time is over.
fn behind_two(progress: &MigrationProgress) -> ControlFlow<()> {
    if progress.seen < 2 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

fn typed<R: StoredRecord + serde::Serialize, A: storage::table::Access>(
    rows: storage::Rows<R, A>,
) -> Value {
    rows.map(|row| json!(row.unwrap().load().unwrap())).collect()
}

fn assert_settled(storage: &Storage, faults: &[storage::maintenance::IndexFault]) {
    assert_eq!(faults, []);
    assert!(storage.check().unwrap().is_sound());
    for table in storage.tables().unwrap() {
        assert_eq!(table.layout_count, 1, "{table:?}");
    }
}

/// All tables as they are read without types.
fn dump(storage: &Storage) -> Value {
    let (tables, state) = (storage.tables().unwrap(), storage.read().unwrap());
    let dumped = tables.iter().map(|info| {
        let table = DynamicTable::open(&state, &info.name).unwrap();
        let layouts: Value = table.layouts().map(|layout| json!(layout.number)).collect();
        let indexes: Value =
            table.indexes().map(|(index, ready)| json!([index.name, ready])).collect();
        let rows = table.rows().unwrap().map(Result::unwrap);
        let row = |row: storage::dynamic::DynamicRow| {
            json!([row.layout(), row.key().unwrap(), row.value().unwrap()])
        };
        let rows: Value = rows.map(row).collect();
        json!({ "table": info.name, "layouts": layouts, "indexes": indexes, "rows": rows })
    });
    dumped.collect()
}
