//! Streams: in whatever order records come, the table and its indexes are what one put after the other makes of them.

use rkyv::{Archive, Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use storage::{
    OpenOptions, RkyvTable, Storage, StorageError, StoredRecord, Table, backend::MemoryFiles,
};

#[derive(Archive, Serialize, Deserialize, StoredRecord, Clone, Debug, PartialEq)]
#[store(codec = "rkyv", table = "parts")]
struct Part {
    #[store(key)]
    id: u32,
    #[store(unique)]
    code: Option<String>,
    #[store(index)]
    tags: Vec<u16>,
    payload: Vec<u8>,
}

fn part(id: u32, payload_len: usize) -> Part {
    let tags = (0..id % 4).map(|tag| (tag * id % 7) as u16).collect();
    Part { id, code: Some(format!("code {id}")), tags, payload: vec![id as u8; payload_len] }
}

/// Numbers that no one expects in that order.
fn shuffled(count: u32, seed: u32) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..count).collect();
    numbers.sort_by_key(|n| {
        (n ^ seed).wrapping_mul(0x9e37_79b9).rotate_left(13).wrapping_mul(0x85eb_ca6b)
    });
    numbers
}

/// Holds the table and its indexes against `expected`.
fn assert_is(parts: &Table<Part>, expected: &BTreeMap<u32, Part>) {
    let found: Vec<Part> =
        parts.iter().unwrap().map(|part| part.unwrap().load().unwrap()).collect();
    assert_eq!(found.len(), expected.len());
    assert!(found.iter().eq(expected.values()), "the records, in order");
    assert_eq!(parts.len().unwrap(), expected.len() as u64);
    assert_eq!(parts.verify().unwrap(), []);
    for tag in 0..7 {
        let count = expected.values().filter(|part| part.tags.contains(&tag)).count();
        assert_eq!(parts.by(Part::INDEXES.tags).count(tag).unwrap(), count as u64, "tag {tag}");
    }
}

#[test]
fn any_order_gives_the_same_table() {
    let expected: BTreeMap<u32, Part> = (0..2000).map(|id| (id, part(id, 10))).collect();
    let orders =
        [(0..2000).collect(), (0..2000).rev().collect(), shuffled(2000, 1), shuffled(2000, 2)];
    for order in orders {
        let order: Vec<u32> = order;
        // At once, and in two streams of which the second falls between the rows of the first.
        for cut in [0, 700] {
            let parts = Part::table(&Storage::in_memory().unwrap()).unwrap();
            let (first, second) = order.split_at(cut);
            for ids in [first, second] {
                let written = parts.put_stream(ids.iter().map(|id| part(*id, 10))).unwrap();
                assert_eq!(written, ids.len() as u64);
            }
            assert_is(&parts, &expected);
        }
    }
}

#[test]
fn a_stream_of_several_batches_is_one_transaction() {
    // 4 MB each: some ten make a batch where the engine has little memory.
    const LEN: usize = 4 << 20;
    let options = OpenOptions::default().file_system(Arc::new(MemoryFiles::default()));
    let storage = Storage::open_with("loads", &options.cache_size(64 << 20)).unwrap();
    let parts = Part::table(&storage).unwrap();
    let mut told = Vec::new();
    let records = shuffled(14, 3).into_iter().map(|id| part(id, LEN));
    assert_eq!(parts.put_stream_with(records, |count| told.push(count)).unwrap(), 14);
    assert!(told.len() >= 2 && told.is_sorted() && told.last() == Some(&14), "{told:?}");
    let mut expected: BTreeMap<u32, Part> = (0..14).map(|id| (id, part(id, LEN))).collect();

    // Replaced by others in a later stream, some of them twice, across batches.
    let changed = |id: u32, n: u32| Part { tags: vec![n as u16 % 7], ..part(id, LEN) };
    let changes: Vec<Part> = (0..12).map(|n| changed(8 + n % 9, n)).collect();
    expected.extend(changes.iter().map(|part| (part.id, part.clone())));
    parts.put_stream(changes).unwrap();

    // The last record is refused, long after the first batch was written: nothing stays.
    let bad = Part { code: Some("code 3".into()), ..part(500, 10) };
    let stream = (200..212).map(|id| part(id, LEN)).chain([bad]);
    match parts.put_stream(stream).unwrap_err() {
        StorageError::Unique(error) => {
            let text = error.to_string();
            assert!(text.contains("code 3") && text.contains("500"), "{text}");
        }
        other => panic!("{other}"),
    }
    assert_is(&parts, &expected);
}

#[test]
fn of_several_records_with_one_key_the_last_stays() {
    let parts = Part::table(&Storage::in_memory().unwrap()).unwrap();
    let again = |id: u32, n: u16| Part { tags: vec![n], code: None, ..part(id, 3) };
    let stream = [again(2, 1), again(1, 1), again(2, 2), again(1, 3), again(2, 4)];
    assert_eq!(parts.put_all(&stream).unwrap(), 5);
    assert_is(&parts, &[again(1, 3), again(2, 4)].map(|part| (part.id, part)).into());

    let numbers: RkyvTable<u64, String> = Storage::in_memory().unwrap().new_rkyv_table("numbers");
    let pairs = [(3_u64, "a"), (1, "b"), (3, "c"), (2, "d"), (3, "e"), (1, "f")];
    numbers.put_stream(pairs.map(|(key, text)| (key, text.to_owned()))).unwrap();
    let found = numbers.scan(|key, text| Some((*key, text.to_string()))).unwrap();
    assert_eq!(found, [(1, "f".into()), (2, "d".into()), (3, "e".into())]);
}

#[test]
fn a_stream_replaces_what_is_there_and_its_entries() {
    let parts = Part::table(&Storage::in_memory().unwrap()).unwrap();
    parts.put_stream((0..100).map(|id| part(id, 3))).unwrap();
    // Codes move on to the next record, last one first; tags change.
    let changed =
        |id: u32| Part { code: Some(format!("code {}", id + 1)), tags: vec![5], ..part(id, 4) };
    parts.put_stream((50..150).rev().map(changed)).unwrap();
    let changed = (50..150).map(|id| (id, changed(id)));
    assert_is(&parts, &(0..50).map(|id| (id, part(id, 3))).chain(changed).collect());
    assert_eq!(parts.by(Part::INDEXES.code).project("code 50", Part::FIELDS.id).unwrap(), None);
    assert_eq!(
        parts.by(Part::INDEXES.code).project("code 150", Part::FIELDS.id).unwrap(),
        Some(149)
    );
}

/// The stream breaks a unique index, and the error names both records.
fn assert_refused(parts: &Table<Part>, stream: &[Part], names: [&str; 2]) {
    match parts.put_all(stream).unwrap_err() {
        StorageError::Unique(error) => {
            let text = error.to_string();
            assert!(names.iter().all(|name| text.contains(name)), "{text}");
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_unique_key_is_refused_within_a_stream_and_against_what_is_there() {
    let parts = Part::table(&Storage::in_memory().unwrap()).unwrap();
    parts.put_stream((0..10).map(|id| part(id, 3))).unwrap();
    let expected: BTreeMap<u32, Part> = (0..10).map(|id| (id, part(id, 3))).collect();
    let with_code = |id, code: &str| Part { code: Some(code.into()), ..part(id, 3) };
    let twins = [with_code(20, "x"), with_code(21, "y"), with_code(22, "x")];
    let known = [with_code(20, "x"), with_code(21, "code 7")];
    for (stream, holder, refused) in [(&twins[..], "20", "22"), (&known[..], "7", "21")] {
        assert_refused(&parts, stream, [holder, refused]);
        assert_is(&parts, &expected);
    }
}

#[test]
fn records_that_ascend_at_first_are_those_that_come_later_too() {
    // Two of them are written at once for as long as records ascend.
    const LEN: usize = 2 << 20;
    let files = OpenOptions::default().file_system(Arc::new(MemoryFiles::default()));
    let parts = Part::table(&Storage::open_with("ascending", &files).unwrap()).unwrap();
    let with_code = |id, code: Option<u32>| {
        let code = code.map(|code| format!("code {code}"));
        Part { code, tags: vec![6], ..part(id, 10) }
    };
    let ascending =
        |from| (from..from + 6).map(move |id| part(id, if id < from + 2 { LEN } else { 10 }));
    let mut expected = BTreeMap::new();
    let mut put = |stream: Vec<Part>| {
        assert_eq!(parts.put_all(&stream).unwrap(), stream.len() as u64);
        expected.extend(stream.into_iter().map(|part| (part.id, part)));
        assert_is(&parts, &expected);
    };

    // A record that was written at once is replaced, and the unique key it gives up goes to another one.
    let later = [with_code(3, None), with_code(9, Some(3)), part(1, 5), part(12, 1), part(11, 1)];
    put(ascending(0).chain(later).collect());
    put(ascending(20).rev().chain(ascending(21)).collect());
    put(ascending(13).chain([with_code(60, None)]).collect());
    put(ascending(61).collect());

    let [twin, late_twin] = [(73, 71), (80, 71)].map(|(id, code)| with_code(id, Some(code)));
    let known = with_code(75, Some(0));
    let written = ascending(70).map(|part| if part.id == 73 { twin.clone() } else { part });
    for (stream, holder, refused) in [
        (written.chain([known]).collect::<Vec<_>>(), "71", "73"),
        (ascending(70).chain([part(72, 1), late_twin]).collect(), "71", "80"),
    ] {
        assert_refused(&parts, &stream, [holder, refused]);
        assert_is(&parts, &expected);
    }
}

#[test]
fn indexes_agree_with_a_table_that_is_written_to_while_a_stream_goes_in() {
    let storage = Storage::in_memory().unwrap();
    // Two long ones would be written at once if nobody else could write to the transaction.
    let stream: Vec<Part> = (0..8).map(|id| part(id, if id < 4 { 2 << 20 } else { 10 })).collect();
    let changed = |id| Part { code: Some("changed".into()), tags: vec![6], ..part(id, 3) };
    storage
        .write(|txn| {
            let parts = txn.table::<Part>()?;
            let stream = stream.iter().inspect(|part| match part.id {
                3 => drop(parts.put(&changed(9)).unwrap()),
                4 => drop(parts.delete(0).unwrap()),
                5 => drop(parts.put(&Part { id: 1, ..self::part(20, 3) }).unwrap()),
                _ => {}
            });
            parts.put_all(stream).map(drop)
        })
        .unwrap();
    let parts = Part::table(&storage).unwrap();
    assert_eq!(parts.verify().unwrap(), []);
    assert!(parts.contains(9).unwrap() && parts.contains(7).unwrap());
}

#[test]
fn a_stream_inside_a_transaction_is_undone_by_itself() {
    let storage = Storage::in_memory().unwrap();
    storage
        .write(|txn| {
            let parts = txn.table::<Part>()?;
            parts.put_stream(shuffled(50, 1).into_iter().map(|id| part(id, 3)))?;
            let stream = (40..60)
                .map(|id| part(id, 9))
                .chain([Part { code: Some("code 41".into()), ..part(70, 1) }]);
            assert!(matches!(parts.put_stream(stream), Err(StorageError::Unique(_))));
            Ok(())
        })
        .unwrap();
    let expected = (0..50).map(|id| (id, part(id, 3))).collect();
    assert_is(&Part::table(&storage).unwrap(), &expected);
}
