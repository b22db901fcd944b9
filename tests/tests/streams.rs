//! A stream with keys that come twice, that are there already, and that want one unique key, against one `put` after
//! the other: the same rows, the same entries, or the same error. And a stream whose source panics.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::{
    collection::vec,
    option,
    prelude::{ProptestConfig, Strategy, any, proptest},
};
use rkyv::{Archive, Deserialize, Serialize};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use storage::{
    Rows, Storage, StorageError, StoredRecord, Table,
    backend::{ByteTable, ByteWriter, SortedRows},
    table::{AccessMut, Autocommit},
};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "parts")]
#[store(index(name = "checked", with = checked, key = u8))]
struct Part {
    #[store(key)]
    id: u32,
    #[store(unique)]
    code: Option<u16>,
    #[store(unique)]
    aliases: Vec<u16>,
    #[store(index)]
    tag: u8,
    body: String,
}

/// The tag of a part whose index key cannot be computed.
const PANICS: u8 = 255;

fn checked(part: &Part) -> Option<u8> {
    assert_ne!(part.tag, PANICS, "deliberate");
    None
}

/// A record of this length is written at once, with those before it, as long as they ascend.
const LONG: usize = 2 << 20;

fn part(id: u32) -> Part {
    Part { id, code: Some(id as u16), aliases: vec![], tag: (id % 5) as u8, body: "seven".into() }
}

/// A part out of so few that keys and unique keys meet often.
fn any_part() -> impl Strategy<Value = Part> {
    let unique = || 0..24_u16;
    (0..16_u32, option::weighted(0.4, unique()), vec(unique(), 0..2), 0..4_u8, 0..9_usize).prop_map(
        |(id, code, aliases, tag, len)| Part { id, code, aliases, tag, body: "x".repeat(len) },
    )
}

/// Parts that ascend, of which all but the last few are written at once.
fn ascending() -> impl Strategy<Value = Vec<Part>> {
    (vec(any_part(), 1..6), 0..6_usize).prop_map(|(mut parts, long)| {
        parts.sort_by_key(|part| part.id);
        parts.dedup_by_key(|part| part.id);
        let last = parts.len() - 1;
        parts[long.min(last)].body = "x".repeat(LONG);
        parts
    })
}

/// Everything a table and its indexes have.
fn content(parts: &Table<Part>) -> (Vec<Part>, [Vec<u32>; 3]) {
    assert_eq!(parts.verify().unwrap(), []);
    let rows = parts.iter().unwrap().map(|part| part.unwrap().load().unwrap()).collect();
    let ids = |rows: storage::Result<Rows<Part, Autocommit>>| {
        rows.unwrap().map(|part| part.unwrap().view().id.to_native()).collect()
    };
    let (code, aliases) = (parts.by(Part::INDEXES.code), parts.by(Part::INDEXES.aliases));
    (rows, [ids(code.iter()), ids(aliases.iter()), ids(parts.by(Part::INDEXES.tag).iter())])
}

/// Both stores do the same, or refuse it alike.
fn assert_alike(before: &[Part], stream: &[Part], is_in_transaction: bool) {
    let [one_by_one, in_bulk] = [(), ()].map(|()| Storage::in_memory().unwrap());
    let [single, bulk] = [&one_by_one, &in_bulk].map(|storage| Part::table(storage).unwrap());
    for part in before {
        let outcomes = [&single, &bulk].map(|table| table.put(part).is_ok());
        assert_eq!(outcomes[0], outcomes[1]);
    }
    let expected = one_by_one.write(|txn| {
        let parts = txn.table::<Part>()?;
        stream.iter().try_for_each(|part| parts.put(part).map(drop))?;
        Ok(stream.len() as u64)
    });
    let outcome = if is_in_transaction {
        in_bulk.write(|txn| Ok(txn.table::<Part>()?.put_all(stream))).unwrap()
    } else {
        bulk.put_all(stream)
    };
    let text = |outcome: storage::Result<u64>| outcome.map_err(|error| error.to_string());
    assert_eq!(text(outcome), text(expected));
    assert_eq!(content(&bulk), content(&single));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn a_stream_is_one_put_after_the_other(
        before in vec(any_part(), 0..12),
        stream in vec(any_part(), 0..14),
        is_in_transaction in any::<bool>(),
    ) {
        assert_alike(&before, &stream, is_in_transaction);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn so_is_one_whose_first_records_were_written_at_once(
        ascending in ascending(),
        stream in vec(any_part(), 0..8),
    ) {
        assert_alike(&[], &[ascending, stream].concat(), false);
    }
}

#[test]
fn a_damaged_entry_of_an_unchanged_unique_key_does_not_stop_a_stream() {
    let storage = Storage::in_memory().unwrap();
    let parts = Part::table(&storage).unwrap();
    parts.put_stream((0..4).map(part)).unwrap();
    let mut entries = Vec::new();
    let take = |key: &[u8], _: &[u8]| {
        entries.push(key.to_vec());
        true
    };
    storage.backend().scan("parts$code", take).unwrap();
    storage.backend().put("parts$code", &entries[2], b"damaged").unwrap();
    let again = |id| Part { tag: 4, ..part(id) };
    parts.put(&again(2)).unwrap();
    assert_eq!(parts.put_stream((0..4).map(again)).unwrap(), 4);
    let taken = parts.put_stream([Part { code: Some(2), ..part(9) }]).unwrap_err();
    assert!(taken.is_corrupt(), "{taken}");
}

/// What a deliberate panic carries.
#[derive(Debug, PartialEq)]
struct Deliberate(u32);

/// `body` panics deliberately, and the panic is its own.
fn assert_panics<T>(body: impl FnOnce() -> T) {
    let panic = catch_unwind(AssertUnwindSafe(body)).map(drop).unwrap_err();
    assert_eq!(panic.downcast_ref::<Deliberate>(), Some(&Deliberate(7)));
}

fn panic_now<T>() -> T {
    resume_unwind(Box::new(Deliberate(7)))
}

/// New records and some that are there, of which the first are long enough to be written before the panic.
fn source(count: u32) -> impl Iterator<Item = Part> {
    let long = |id| Part { body: "x".repeat(if id < 43 { LONG } else { 3 }), ..part(id) };
    (40..40 + count)
        .chain([3, 4])
        .map(move |id| if id < 40 { Part { tag: 4, ..part(id) } } else { long(id) })
}

/// Every verb that takes a source, each with one that panics at another place.
fn assert_sources_panic<A: AccessMut>(parts: &Table<Part, A>) {
    let then_panic = || std::iter::once_with(panic_now);
    assert_panics(|| parts.put_stream(then_panic()));
    assert_panics(|| parts.put_stream(source(6).chain(then_panic())));
    assert_panics(|| {
        parts.put_stream(source(6).collect::<Vec<_>>().into_iter().rev().chain(then_panic()))
    });
    assert_panics(|| {
        parts.put_all(source(6).collect::<Vec<_>>().iter().inspect(|part| {
            if part.id == 45 {
                panic_now::<()>();
            }
        }))
    });
    assert_panics(|| {
        parts.try_put_stream(
            source(6).map(Ok::<_, StorageError>).chain(std::iter::once_with(panic_now)),
        )
    });
    assert_panics(|| parts.put_stream_with(source(6), |_| panic_now()));
    let unindexed = source(6).chain([Part { tag: PANICS, ..part(90) }]);
    let panic = catch_unwind(AssertUnwindSafe(|| parts.put_stream(unindexed))).unwrap_err();
    assert!(panic.downcast_ref::<String>().unwrap().contains("deliberate"));
}

#[test]
fn nothing_stays_of_a_stream_whose_source_panics_and_the_store_goes_on() {
    let storage = Storage::in_memory().unwrap();
    let parts = Part::table(&storage).unwrap();
    parts.put_stream((0..20).map(part)).unwrap();
    let before = content(&parts);
    assert_sources_panic(&parts);
    assert_eq!(content(&parts), before);
    // The caller catches it inside of a transaction, which goes on.
    storage
        .write(|txn| {
            let inside = txn.table::<Part>()?;
            inside.put(&part(20))?;
            assert_sources_panic(&inside);
            txn.savepoint(|| {
                assert_sources_panic(&inside);
                inside.put(&part(21)).map(drop)
            })?;
            inside.put(&part(22)).map(drop)
        })
        .unwrap();
    assert_panics(|| {
        storage.write(|txn| txn.table::<Part>()?.put_stream(source(4).chain([panic_now()])))
    });
    assert_eq!(parts.len().unwrap(), 23);
    assert_eq!(parts.verify().unwrap(), []);
    assert_eq!(parts.put_stream((20..30).map(part)).unwrap(), 10);
}

/// Rows that panic when one of them is asked for, or left.
struct Panicking {
    rows: Vec<[u8; 8]>,
    at: usize,
    panics_at: usize,
    when_left: bool,
}

impl SortedRows for Panicking {
    fn current(&self) -> Option<(&[u8], &[u8])> {
        if self.at == self.panics_at && !self.when_left {
            panic_now::<()>();
        }
        self.rows.get(self.at).map(|key| (&key[..], &b"new"[..]))
    }

    fn advance(&mut self) {
        if self.at == self.panics_at && self.when_left {
            panic_now::<()>();
        }
        self.at += 1;
    }
}

#[test]
fn a_panic_of_sorted_rows_is_the_callers_own_and_the_store_goes_on() {
    let storage = Storage::in_memory().unwrap();
    let backend = storage.backend();
    for key_len in [None, Some(8)] {
        let table = ByteTable::new(&format!("keys of {key_len:?}"), key_len);
        let put = |writer: &dyn ByteWriter, key: u64, value: &[u8]| {
            writer.put(&table, &key.to_be_bytes(), value).map(drop)
        };
        backend.write(|writer| put(writer, 30, b"old")).unwrap();
        for (panics_at, when_left) in [(0, false), (0, true), (25, false), (25, true), (40, false)]
        {
            let rows = || {
                let rows = (10..50_u64).map(u64::to_be_bytes).collect();
                Panicking { rows, at: 0, panics_at, when_left }
            };
            assert_panics(|| backend.write(|writer| writer.put_sorted(&table, &mut rows())));
            backend
                .write(|writer| {
                    let savepoint = writer.savepoint();
                    assert_panics(|| writer.put_sorted(&table, &mut rows()));
                    writer.roll_back(savepoint)?;
                    put(writer, 60, b"kept")
                })
                .unwrap();
            let mut found = Vec::new();
            let take = |key: &[u8], value: &[u8]| {
                found.push((u64::from_be_bytes(key.try_into().unwrap()), value.to_vec()));
                true
            };
            backend.scan(table.name(), take).unwrap();
            assert_eq!(found, [(30, b"old".to_vec()), (60, b"kept".to_vec())]);
            // Without a savepoint the rows before it are there, and the transaction goes on.
            let left = backend.write(|writer| {
                assert_panics(|| writer.put_sorted(&table, &mut rows()));
                put(writer, 61, b"kept")?;
                assert!(writer.contains(&table, &61_u64.to_be_bytes())?);
                assert!(writer.get(&table, &60_u64.to_be_bytes())?.is_some());
                writer.len(&table)
            });
            assert_eq!(
                left.unwrap(),
                3 + panics_at.min(40) as u64 + u64::from(when_left) - u64::from(panics_at > 20)
            );
            for key in (10..50).chain([61]).filter(|key| *key != 30) {
                backend.delete(table.name(), &u64::to_be_bytes(key)).unwrap();
            }
            backend.write(|writer| put(writer, 30, b"old")).unwrap();
        }
    }
}
