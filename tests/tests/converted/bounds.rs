//! What cannot be stored: refused, with the table, the key and the type, and nothing is written.

use super::types::Hex;
use rkyv::{Archive, Deserialize, Serialize};
use serde_json::Value;
use storage::{AsSerde, AsText, Storage, StorageError, StoredRecord};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "values")]
struct Json {
    #[store(key)]
    id: u32,
    #[rkyv(with = AsSerde)]
    value: Value,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "numbers")]
struct Number {
    #[store(key)]
    id: u32,
    #[rkyv(with = AsText)]
    value: Hex,
}

/// A value of which serde writes less than it reads.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[expect(dead_code, reason = "it is never read")]
struct Lossy {
    #[serde(skip_serializing)]
    number: u8,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "lossy")]
struct Loses {
    #[store(key)]
    id: u32,
    #[rkyv(with = AsSerde)]
    value: Lossy,
}

/// A value that contains itself, and nothing else: no list and no map is around it.
#[derive(serde::Serialize, serde::Deserialize)]
struct Chain(Option<Box<Chain>>);

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "chains")]
struct Chained {
    #[store(key)]
    id: u32,
    #[rkyv(with = AsSerde)]
    value: Chain,
}

fn nested(depth: usize) -> Value {
    (0..depth).fold(Value::Null, |inner, _| Value::Array(vec![inner]))
}

/// The error of a `put` of nothing that can be stored.
fn refusal<R: StoredRecord<Codec: storage::Codec<R, Owned = R>>>(record: &R) -> String {
    let storage = Storage::in_memory().unwrap();
    let table = R::table(&storage).unwrap();
    let error = table.put(record).unwrap_err();
    assert!(matches!(error, StorageError::Serialization(_)), "{error:?}");
    assert_eq!(table.len().unwrap(), 0);
    error.to_string()
}

#[test]
fn a_value_is_nested_at_most_64_levels_deep() {
    let storage = Storage::in_memory().unwrap();
    let table = Json::table(&storage).unwrap();
    table.put(&Json { id: 1, value: nested(63) }).unwrap();
    assert_eq!(table.load(1).unwrap().unwrap().value, nested(63));
    for depth in [64, 65, 1000, 5000] {
        let error = refusal(&Json { id: 1, value: nested(depth) });
        assert!(error.contains("key 1 of table `values`"), "{error}");
        assert!(error.contains("nested"), "{error}");
    }
    let value = (0..10_000).fold(Chain(None), |inner, _| Chain(Some(Box::new(inner))));
    let error = refusal(&Chained { id: 1, value });
    assert!(error.contains("nested too deeply"), "{error}");
}

#[test]
fn a_value_without_a_text_is_refused() {
    let error = refusal(&Number { id: 7, value: Hex(u32::MAX) });
    assert!(error.contains("key 7 of table `numbers`"), "{error}");
    assert!(error.contains("Hex` cannot be stored"), "{error}");
}

#[test]
fn a_value_that_could_not_be_read_again_is_refused() {
    let error = refusal(&Loses { id: 7, value: Lossy { number: 1 } });
    assert!(error.contains("Lossy` could not be restored again"), "{error}");
    assert!(error.contains("missing field `number`"), "{error}");
}

/// An option by another name, which no derive sees through.
type Extra = Option<Value>;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "extras")]
struct Aliased {
    #[store(key)]
    id: u32,
    #[rkyv(with = AsSerde)]
    extra: Extra,
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "extras")]
struct FlatAliased {
    #[store(key)]
    id: u32,
    #[store(serde)]
    extra: Extra,
}

#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Nothing;

#[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
struct Wrapped(Option<Nothing>);

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "wrapped")]
struct Wrapper {
    #[store(key)]
    id: u32,
    #[rkyv(with = AsSerde)]
    value: Wrapped,
}

#[test]
fn a_some_that_would_be_read_as_none_is_refused() {
    let null = || Some(Value::Null);
    for error in [
        refusal(&Aliased { id: 7, extra: null() }),
        refusal(&FlatAliased { id: 7, extra: null() }),
        refusal(&Wrapper { id: 7, value: Wrapped(Some(Nothing)) }),
    ] {
        assert!(error.contains("key 7 of table `"), "{error}");
        assert!(error.contains("which is read as `None`"), "{error}");
    }
    let storage = Storage::in_memory().unwrap();
    let (table, wrapped) = (Aliased::table(&storage).unwrap(), Wrapper::table(&storage).unwrap());
    for extra in [None, Some(Value::from(1)), Some(Value::from(vec![Value::Null]))] {
        table.put(&Aliased { id: 1, extra: extra.clone() }).unwrap();
        assert_eq!(table.load(1).unwrap().unwrap().extra, extra);
    }
    wrapped.put(&Wrapper { id: 1, value: Wrapped(None) }).unwrap();
    assert_eq!(wrapped.load(1).unwrap().unwrap().value, Wrapped(None));
}
