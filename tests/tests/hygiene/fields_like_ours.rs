//! Fields are called as the parameters and the parts of generated code are.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "users")]
#[store(index(name = "keys", fields(record, txn)))]
struct User {
    #[store(key)]
    key: u64,
    #[store(key)]
    self_: String,
    #[store(index)]
    txn: u8,
    record: u8,
    out: u8,
    place: u8,
    shapes: u8,
    input: u8,
    handle: u8,
    fields: u8,
    indexes: u8,
    clone: u8,
    fmt: u8,
    name: u8,
}

#[derive(Debug, storage::StoredKey)]
struct Slot {
    out: u8,
    place: u8,
    input: u8,
    borrowed: u8,
    ordinal: u8,
    each: u8,
}

#[test]
fn works() {
    let [txn, record, out, place, shapes, input, handle, fields, indexes, clone, fmt, name] =
        [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];
    crate::keep(&User {
        key: 7,
        self_: "a".to_owned(),
        txn,
        record,
        out,
        place,
        shapes,
        input,
        handle,
        fields,
        indexes,
        clone,
        fmt,
        name,
    });
    let slot = |out| Slot { out, place, input, borrowed: 0, ordinal: 1, each: 2 };
    crate::is_key(&slot(1), &slot(2));
}
