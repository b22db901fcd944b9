//! Values of a store: damaged bytes are an error, and bytes that were sealed again, as only a hostile writer would,
//! are an error or a value that can be read to its end, written, and read again as the same.
//!
//! Built and run as `flatbuffers` is. An input is a list of edits of a good value: three bytes each, a place and what
//! is put there.

#![no_main]

use fuzz::{frame, undone};
use libfuzzer_sys::fuzz_target;
use rkyv::{Archive, Deserialize, Serialize};
use std::{
    collections::{BTreeMap, HashSet},
    net::{IpAddr, SocketAddr},
    num::NonZeroU16,
    ops::RangeInclusive,
    path::PathBuf,
    sync::{Arc, LazyLock},
    time::{Duration, SystemTime},
};
use storage::{AsStored, AsText, Storage, StorageError};
use uuid::Uuid;

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize)]
enum Choice {
    Nothing,
    Text(String),
    Both { number: Option<Box<i64>>, list: Vec<(u16, String)> },
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize)]
struct Value {
    flag: bool,
    letter: char,
    text: String,
    bytes: Option<Vec<u8>>,
    choices: Vec<Choice>,
    map: BTreeMap<String, u32>,
    foreign: Foreign,
}

/// Types that have another form, and those whose bytes are not all a value of theirs.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize)]
struct Foreign {
    #[rkyv(with = AsStored)]
    word: usize,
    #[rkyv(with = AsStored)]
    path: Option<PathBuf>,
    #[rkyv(with = AsStored)]
    seen: SystemTime,
    #[rkyv(with = AsStored)]
    moments: Vec<(jiff::Timestamp, jiff::civil::Date)>,
    #[rkyv(with = AsStored)]
    zoned: jiff::Zoned,
    #[rkyv(with = AsText)]
    text: SocketAddr,
    result: Result<NonZeroU16, (IpAddr, Duration)>,
    twice: Option<Option<bool>>,
    set: HashSet<Uuid>,
    range: RangeInclusive<i8>,
    shared: Arc<str>,
}

fn foreign() -> Foreign {
    let moment = jiff::Timestamp::UNIX_EPOCH;
    Foreign {
        word: 1 << 40,
        path: Some("a/path/that/is/not/inlined".into()),
        seen: SystemTime::UNIX_EPOCH,
        moments: vec![(jiff::Timestamp::MAX, jiff::civil::Date::MIN)],
        zoned: moment.to_zoned(jiff::tz::TimeZone::UTC),
        text: "[::1]:80".parse().expect("an address"),
        result: Err(([127, 0, 0, 1].into(), Duration::MAX)),
        twice: Some(None),
        set: [Uuid::max(), Uuid::nil()].into(),
        range: -1..=1,
        shared: "shared".into(),
    }
}

struct Fixture {
    storage: Storage,
    body: Vec<u8>,
    layout_fingerprint: u64,
}

const TABLE: &str = "values";
const KEY: [u8; 8] = 7_u64.to_be_bytes();

static FIXTURE: LazyLock<Fixture> = LazyLock::new(|| {
    let storage = Storage::in_memory().expect("a store");
    let both = Choice::Both {
        number: Some(Box::new(-1)),
        list: vec![(1, "one that is not inlined".into()), (2, String::new())],
    };
    let value = Value {
        flag: true,
        letter: 'ß',
        text: "a text that does not fit into its place".into(),
        bytes: Some(vec![7; 20]),
        choices: vec![Choice::Nothing, Choice::Text("text that is far away".into()), both],
        map: [("left".into(), 1), ("right of the left".into(), 2)].into(),
        foreign: foreign(),
    };
    storage.new_rkyv_table(TABLE).put(7_u64, &value).expect("it is written");
    let stored = storage.backend().get(TABLE, &KEY, <[u8]>::to_vec);
    let body = frame::body(&stored.expect("it is read").expect("it is there")).to_vec();
    let layout_fingerprint = frame::layout_fingerprint(&storage, TABLE);
    Fixture { storage, body, layout_fingerprint }
});

fuzz_target!(|data: &[u8]| {
    let fixture = &*FIXTURE;
    let Some((choice, edits)) = data.split_first() else { return };
    let mut value = if choice % 4 == 0 { edits.to_vec() } else { fixture.body.clone() };
    if choice % 4 > 0 {
        for [low, high, with] in edits.as_chunks::<3>().0 {
            let len = value.len();
            value[usize::from(u16::from_le_bytes([*low, *high])) % len] = *with;
        }
    }
    let is_sealed = choice % 2 == 0 || choice % 4 == 1;
    if is_sealed {
        frame::seal(TABLE.as_bytes(), fixture.layout_fingerprint, &KEY, 1, &mut value);
    }
    undone(&fixture.storage, |txn| {
        txn.bytes().put(&TABLE.into(), &KEY, &value).expect("the engine takes any bytes");
        let table = txn.new_rkyv_table::<u64, Value>(TABLE);
        match table.load(7) {
            Ok(found) => {
                assert!(is_sealed, "bytes without a seal were taken for a value");
                let found = found.expect("there is a row");
                table.put(8, &found).expect("what was read can be written");
                assert_eq!(table.load(8).expect("and read"), Some(found));
            }
            // A value that its type does not have is an error of its row.
            Err(StorageError::Decode(_)) => assert!(is_sealed, "bytes without a seal were decoded"),
            Err(error) => assert!(error.is_corrupt(), "{error:?}"),
        }
    });
});
