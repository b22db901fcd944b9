//! Records that are stored with rkyv, by the bytes of their archives.

use crate::frame::{body, layout_fingerprint, seal};
use storage::{Codec, Key, Result, Rkyv, RkyvValue, Storage, StoredRecord, Table, key};

/// The longest archive of which every bit is turned.
const DAMAGED_LEN_MAX: usize = 1_000;

fn encode<R: RkyvValue>(value: &R) -> Vec<u8> {
    let mut bytes = Vec::new();
    <Rkyv as Codec<R>>::encode(value, &mut bytes).expect("what was read can be written");
    bytes
}

/// Turns every bit of the archive of `record`, and cuts it off at every place: what is accepted is owned or refused,
/// and what is owned is written, and accepted once more.
///
/// # Panics
///
/// If that is not so.
pub fn survives_damage<R: RkyvValue>(record: &R) {
    let good = encode(record);
    if good.len() > DAMAGED_LEN_MAX {
        return;
    }
    (0..good.len()).for_each(|len| survives::<R>(&good[..len]));
    let mut damaged = good.clone();
    for (place, byte) in good.iter().enumerate() {
        for bit in 0..8 {
            damaged[place] = byte ^ (1 << bit);
            survives::<R>(&damaged);
        }
        damaged[place] = *byte;
    }
}

fn survives<R: RkyvValue>(bytes: &[u8]) {
    if let Ok(found) = <Rkyv as Codec<R>>::decode(bytes) {
        let again = <Rkyv as Codec<R>>::decode(&encode(&found));
        assert!(again.is_ok(), "{:?}", again.err());
    }
}

/// The same of the only row of `table`, whose key is `key`, with one bit in each byte, which was sealed again as only a
/// hostile writer would: where the whole is read, each field is read alone, by `project`.
///
/// # Panics
///
/// If that is not so.
pub fn fields_survive_damage<R, K>(
    storage: &Storage,
    table: &Table<R>,
    key: &K,
    project: impl Fn(&Table<R>) -> Vec<Result<()>>,
) where
    R: StoredRecord<Key = K, Codec = Rkyv> + RkyvValue,
    K: Key + key::Lookup<K>,
{
    let (name, bytes) = (R::SCHEMA.table(), key::encode::<K>(key));
    let stored = storage.backend().get(name, &bytes, <[u8]>::to_vec);
    let stored = stored.expect("the row is read").expect("the row is there");
    let good = body(&stored).to_vec();
    if good.len() > DAMAGED_LEN_MAX {
        return;
    }
    let fingerprint = layout_fingerprint(storage, name);
    for place in 0..good.len() {
        let mut damaged = good.clone();
        damaged[place] ^= 1 << (place % 8);
        seal(name.as_bytes(), fingerprint, &bytes, 1, &mut damaged);
        storage.backend().put(name, &bytes, &damaged).expect("the engine takes any bytes");
        let is_read = table.load(key).is_ok();
        for field in project(table) {
            assert!(field.is_ok() || !is_read, "byte {place}: {:?}", field.err());
        }
    }
    storage.backend().put(name, &bytes, &stored).expect("the row is put back");
}
