//! Numbers as wide as the machine, and text that is owned otherwise: as fields in FlatBuffers, as keys and index keys.

use std::{rc::Rc, sync::Arc};
use storage::{Storage, StoredRecord, key, key::Reverse};

#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "splits")]
struct Split {
    #[store(key)]
    id: usize,
    #[store(index)]
    rank: Reverse<u32>,
    #[store(index, default = 7)]
    docs: usize,
    change: isize,
    parts: Vec<usize>,
    rest: Option<isize>,
    #[store(index)]
    name: Box<str>,
}

fn split(id: usize, docs: usize, change: isize) -> Split {
    let name = format!("split {id}").into();
    let (parts, rest) = (vec![0, docs, usize::MAX], Some(change));
    Split { id, rank: Reverse(3), docs, change, parts, rest, name }
}

#[test]
fn words_of_the_machine_are_fields_of_64_bits() {
    let storage = Storage::in_memory().unwrap();
    let table = Split::table(&storage).unwrap();
    let splits =
        [split(0, 7, isize::MIN), split(1, 0, -1), split(usize::MAX, usize::MAX, isize::MAX)];
    for split in &splits {
        table.put(split).unwrap();
    }
    let loaded: Vec<Split> =
        table.iter().unwrap().map(|row| row.unwrap().load().unwrap()).collect();
    assert_eq!(loaded, splits);
    let docs = table.iter().unwrap().select(Split::FIELDS.docs);
    assert_eq!(docs.collect::<Result<Vec<_>, _>>().unwrap(), [7, 0, usize::MAX]);
    assert_eq!(table.by(Split::INDEXES.docs).count(usize::MAX).unwrap(), 1);
    assert_eq!(table.by(Split::INDEXES.name).count("split 1").unwrap(), 1);
    assert_eq!(table.by(Split::INDEXES.rank).count(Reverse(3)).unwrap(), 3);
    assert!(table.verify().unwrap().is_empty());
    let fbs = Split::fbs();
    for field in ["docs:ulong = 7", "change:long", "parts:[ulong]", "rank:uint"] {
        assert!(fbs.contains(field), "{field} in\n{fbs}");
    }
}

type Word = usize;

#[derive(rkyv::Archive, rkyv::Serialize, rkyv::Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "counts")]
struct Count {
    #[store(key)]
    id: u64,
    counts: Vec<Word>,
}

/// A derive does not see through an alias, and rkyv keeps 32 bits of what it stands for.
#[test]
fn a_word_that_rkyv_would_cut_is_never_stored() {
    let storage = Storage::in_memory().unwrap();
    let put = Count::table(&storage).and_then(|table| table.put(&Count { id: 1, counts: vec![2] }));
    let error = put.unwrap_err().to_string();
    assert!(error.contains("usize"), "{error}");
}

#[test]
fn keys_of_words_and_of_text_have_the_bytes_of_the_plain_ones() {
    assert_eq!(key::encode::<usize>(&5).as_ref(), key::encode::<u64>(&5).as_ref());
    assert_eq!(key::encode::<isize>(&-5).as_ref(), key::encode::<i64>(&-5).as_ref());
    let text = key::encode::<String>("Zürich");
    assert_eq!(key::encode::<Box<str>>("Zürich").as_ref(), text.as_ref());
    assert_eq!(key::encode::<Arc<str>>("Zürich").as_ref(), text.as_ref());
    assert_eq!(key::encode::<Rc<str>>("Zürich").as_ref(), text.as_ref());
    assert!(key::encode::<isize>(&isize::MIN).as_ref() < key::encode::<isize>(&0).as_ref());
}
