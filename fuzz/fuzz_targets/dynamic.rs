//! Archives that are read by their schema alone: any bytes are an error or a value, which is written and read again as
//! the same; and what the type's own check takes for a value is one.
//!
//! Built and run as `flatbuffers` is. An input is the choice of a format, and edits of a good archive: three bytes each,
//! a place and what is put there. With the first format the archive is rkyv's own.

#![no_main]

use libfuzzer_sys::fuzz_target;
use rkyv::{Archive, Deserialize, Serialize};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    net::IpAddr,
    num::NonZero,
    ops::Range,
    sync::LazyLock,
    time::Duration,
};
use storage::{Codec, StoredRecord, StoredType, codec::{Rkyv, archive::ArchivedTypes}, schema::Description, table::Row};

#[derive(Debug, Archive, Serialize, Deserialize, StoredType)]
enum Choice {
    Nothing,
    Text(String),
    Both { number: Option<Box<i64>>, list: Vec<(u16, String)> },
}

#[derive(Debug, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "values")]
struct Value {
    #[store(key)]
    id: u64,
    flag: bool,
    letter: char,
    text: String,
    bytes: Option<Vec<u8>>,
    choices: Vec<Choice>,
    map: BTreeMap<String, u32>,
    set: BTreeSet<(u8, u8)>,
    hashed: HashMap<u16, String>,
    empty: Vec<()>,
    ip: IpAddr,
    wait: Duration,
    range: Range<u16>,
    count: NonZero<u32>,
    outcome: Result<Box<str>, [u16; 3]>,
}

fn good() -> Value {
    let both = Choice::Both {
        number: Some(Box::new(-1)),
        list: vec![(1, "one that is not inlined".into()), (2, String::new())],
    };
    Value {
        id: 7,
        flag: true,
        letter: 'ß',
        text: "a text that does not fit into its place".into(),
        bytes: Some(vec![7; 20]),
        choices: vec![Choice::Nothing, Choice::Text("text that is far away".into()), both],
        map: (0..9).map(|number| (format!("key {number}"), number)).collect(),
        set: [(1, 2), (3, 4)].into(),
        hashed: [(1, "one".into()), (2, "the second of several".into())].into(),
        empty: vec![(); 3],
        ip: [1, 2, 3, 4].into(),
        wait: Duration::from_millis(7),
        range: 3..9,
        count: NonZero::new(5).expect("five"),
        outcome: Ok("boxed".into()),
    }
}

const FORMATS: [&str; 4] = [
    "little-endian pointer-32 aligned",
    "big-endian pointer-32 unaligned",
    "little-endian pointer-64 aligned",
    "big-endian pointer-16 aligned",
];

/// The schema in each format, and a good archive of it.
static GOOD: LazyLock<Vec<(Description, Vec<u8>)>> = LazyLock::new(|| {
    let own = Value::describe();
    let mut archive = Vec::new();
    Rkyv::encode(&good(), &mut archive).expect("it is encoded");
    let types = ArchivedTypes::new(&own).expect("a layout");
    let value = types.read(&archive).expect("a value");
    let others = FORMATS[1..].iter().map(|format| {
        let text = own.text();
        let lines = text.lines().filter(|line| !line.starts_with("archived"));
        let lines = lines.map(|line| match line.starts_with("format = ") {
            true => format!("format = rkyv-0.8 {format}\n"),
            false => format!("{line}\n"),
        });
        let description = Description::parse(&lines.collect::<String>()).expect("a schema");
        let mut archive = Vec::new();
        let types = ArchivedTypes::new(&description).expect("a layout");
        types.write(&value, &mut archive).expect("it is written");
        (description, archive)
    });
    let others: Vec<_> = others.collect();
    [vec![(own.clone(), archive)], others].concat()
});

fuzz_target!(|data: &[u8]| {
    let Some((choice, edits)) = data.split_first() else { return };
    let (description, archive) = &GOOD[usize::from(choice % 4)];
    let body = if choice & 0x80 > 0 { edits.to_vec() } else { edited(archive, edits) };
    let types = ArchivedTypes::new(description).expect("a layout");
    let read = types.read(&body);
    if let Ok(value) = &read {
        let mut again = Vec::new();
        types.write(value, &mut again).expect("what was read can be written");
        let value = types.read(&again).expect("and read");
        let mut twice = Vec::new();
        types.write(&value, &mut twice).expect("and written");
        assert_eq!(again, twice);
    }
});

fn edited(archive: &[u8], edits: &[u8]) -> Vec<u8> {
    let mut body = archive.to_vec();
    for [low, high, with] in edits.as_chunks::<3>().0 {
        let len = body.len();
        body[usize::from(u16::from_le_bytes([*low, *high])) % len] = *with;
    }
    body
}
