//! Where index entries live: a plain table under composite keys, or redb's multimap.
//!
//! `cargo bench -p bench --bench index_layout`

use bench::compare;
use redb::{Database, Durability, MultimapTableDefinition, ReadableDatabase, TableDefinition};
use std::{cell::Cell, hint::black_box};

const COUNT: u32 = 200_000;
const VALUES: u32 = 80;
const PLAIN: TableDefinition<'_, &[u8], &[u8]> = TableDefinition::new("plain");
const MULTI: MultimapTableDefinition<'_, &[u8], &[u8]> = MultimapTableDefinition::new("multi");

/// The index key of record `n`: spread over all values.
fn index_key(n: u32) -> [u8; 4] {
    (n.wrapping_mul(2_654_435_761) % VALUES).to_be_bytes()
}

fn entry(n: u32) -> [u8; 12] {
    let mut entry = [0; 12];
    entry[..4].copy_from_slice(&index_key(n));
    entry[4..].copy_from_slice(&u64::from(n).to_be_bytes());
    entry
}

fn insert_plain(db: &Database) {
    let mut txn = db.begin_write().unwrap();
    txn.set_durability(Durability::None).unwrap();
    let _ = txn.delete_table(PLAIN).unwrap();
    {
        let mut table = txn.open_table(PLAIN).unwrap();
        for n in 0..COUNT {
            table.insert(&entry(n)[..], &[0; 6][..]).unwrap();
        }
    }
    txn.commit().unwrap();
}

fn insert_multi(db: &Database) {
    let mut txn = db.begin_write().unwrap();
    txn.set_durability(Durability::None).unwrap();
    let _ = txn.delete_multimap_table(MULTI).unwrap();
    {
        let mut table = txn.open_multimap_table(MULTI).unwrap();
        for n in 0..COUNT {
            table.insert(&index_key(n)[..], &u64::from(n).to_be_bytes()[..]).unwrap();
        }
    }
    txn.commit().unwrap();
}

fn main() {
    let dir = tempfile::tempdir().unwrap();
    let plain = Database::create(dir.path().join("plain.redb")).unwrap();
    let multi = Database::create(dir.path().join("multi.redb")).unwrap();
    compare(
        "insert 200,000 entries",
        5,
        vec![
            ("plain table, composite key", Box::new(|| insert_plain(&plain))),
            ("multimap", Box::new(|| insert_multi(&multi))),
        ],
    );
    let (plain, multi) = (plain.begin_read().unwrap(), multi.begin_read().unwrap());
    let plain = plain.open_table(PLAIN).unwrap();
    let multi = multi.open_multimap_table(MULTI).unwrap();
    let (a, b) = (Cell::new(0), Cell::new(0));
    compare(
        "all primary keys of each of 80 index keys",
        11,
        vec![
            (
                "plain table, composite key",
                Box::new(|| {
                    for value in 0..VALUES {
                        let (lower, upper) = (value.to_be_bytes(), (value + 1).to_be_bytes());
                        let rows = plain.range::<&[u8]>(&lower[..]..&upper[..]).unwrap();
                        a.set(rows.map(|row| black_box(row.unwrap().0.value()[4..].len())).sum());
                    }
                }),
            ),
            (
                "multimap",
                Box::new(|| {
                    for value in 0..VALUES {
                        let rows = multi.get(&value.to_be_bytes()[..]).unwrap();
                        b.set(rows.map(|row| black_box(row.unwrap().value().len())).sum());
                    }
                }),
            ),
        ],
    );
    assert_eq!(a.get(), b.get(), "both must find the same keys");
}
