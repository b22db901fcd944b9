//! Stored forms that were damaged and sealed again: an error or another value, in bounded memory, and no panic.

use super::{
    filled,
    types::{Choice, Everything},
};
use rkyv::{Archive, Deserialize, Serialize};
use semver::Version;
use serde_json::{Value, json};
use storage::{AsSerde, AsText, Storage, StoredRecord, Table};
use tests::frame::{body, layout_fingerprint, seal};

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "values")]
struct Record {
    #[store(key)]
    id: u32,
    #[rkyv(with = AsSerde)]
    json: Value,
    #[rkyv(with = AsSerde)]
    everything: Everything,
    #[rkyv(with = AsText)]
    version: Version,
}

fn record() -> Record {
    let list = vec![Choice::Nothing, Choice::Named { left: 1, right: Some(2) }];
    Record {
        id: 7,
        json: json!({"list": [1, 2.5, "three", null, [[]]], "flag": true}),
        everything: Everything { list, text: "text".into(), ..Everything::empty() },
        version: "1.2.3-alpha.4+build".parse().unwrap(),
    }
}

struct Fixture {
    storage: Storage,
    good: Vec<u8>,
    fingerprint: u64,
}

impl Fixture {
    fn new() -> Self {
        let storage = Storage::in_memory().unwrap();
        filled(&storage, &[record()]);
        let stored = storage.backend().get("values", &7_u32.to_be_bytes(), <[u8]>::to_vec);
        let good = body(&stored.unwrap().unwrap()).to_vec();
        let fingerprint = layout_fingerprint(&storage, "values");
        Self { storage, good, fingerprint }
    }

    /// The table with these bytes in place of its record, sealed as only a hostile writer would.
    fn with(&self, bytes: &[u8]) -> Table<Record> {
        let (key, mut bytes) = (7_u32.to_be_bytes(), bytes.to_vec());
        seal(b"values", self.fingerprint, &key, 1, &mut bytes);
        self.storage.backend().put("values", &key, &bytes).unwrap();
        Record::table(&self.storage).unwrap()
    }
}

#[test]
fn changed_bytes_are_an_error_or_another_value() {
    let fixture = Fixture::new();
    let (mut refused, mut read) = (0, 0);
    for place in 0..fixture.good.len() {
        for value in [0x00, 0x7f, 0x81, 0x92, 0xc0, 0xc1, 0xd9, 0xdd, 0xdf, 0xff] {
            let mut bytes = fixture.good.clone();
            bytes[place] = value;
            let table = fixture.with(&bytes);
            let f = Record::FIELDS;
            let fields = table.project(7, (f.json, f.everything, f.version));
            match (table.load(7), fields) {
                (Ok(Some(loaded)), Ok(Some((json, _, version)))) => {
                    assert_eq!((loaded.json, loaded.version), (json, version));
                    read += 1;
                }
                (Err(error), Err(_)) => {
                    assert!(error.to_string().contains("table `values`, key 7"), "{error}");
                    refused += 1;
                }
                // Other parts of the record may be damaged.
                (Err(_), Ok(_)) => refused += 1,
                (loaded, fields) => panic!("{:?} {:?}", loaded.map(drop), fields.map(drop)),
            }
        }
    }
    assert!(refused > 1000 && read > 500, "{refused} {read}");
}

/// The bytes of the JSON value, in the same room.
fn with_json(fixture: &Fixture, head: &[u8]) -> String {
    let json = rmp_serde::to_vec_named(&record().json).unwrap();
    let place = fixture.good.windows(json.len()).position(|window| window == json).unwrap();
    let mut bytes = fixture.good.clone();
    bytes[place..][..head.len()].copy_from_slice(head);
    fixture.with(&bytes).project(7, Record::FIELDS.json).unwrap_err().to_string()
}

#[test]
fn lengths_beyond_the_bytes_are_not_believed() {
    let fixture = Fixture::new();
    // Text, bytes, lists, maps and extensions of four billion.
    for marker in [0xc6, 0xc9, 0xdb, 0xdd, 0xdf] {
        let error = with_json(&fixture, &[marker, 0xff, 0xff, 0xff, 0xff]);
        assert!(error.contains("table `values`, key 7"), "{error}");
        assert!(error.contains("the bytes end inside a value"), "{error}");
    }
    let error = with_json(&fixture, &[0xc1]);
    assert!(error.contains("no value begins with the byte 0xc1"), "{error}");
    let error = with_json(&fixture, &[0xc0]);
    assert!(error.contains("bytes follow the value"), "{error}");
}
