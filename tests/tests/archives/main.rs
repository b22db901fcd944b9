//! Archives without their types: what is read is written again as it was, and what an upcast makes is what a slow
//! edit of the value makes, in every format; damaged bytes are an error or a value, and cost no more than sound ones.

mod pairs;
mod values;

use pairs::{Pair, Pairs, Value};
use rkyv::{Archive, Deserialize, Serialize};
use std::{
    collections::{BTreeSet, HashSet},
    ops::RangeInclusive,
    path::PathBuf,
    rc::Rc,
    time::SystemTime,
};
use storage::{
    AsStored, Codec, StoredRecord,
    codec::{
        Rkyv, RkyvValue,
        archive::{ArchivedTypes, ArchivedValue, Upcast},
    },
    error::ArchiveError,
    schema::{Definition, Description, Hints, RowShape},
    table::Row,
};
use tests::random::{Random, setting};

fn definitions(description: &Description) -> Vec<(String, Definition)> {
    let RowShape::Record { types, .. } = &description.rows else { panic!("a record") };
    types.iter().map(|(name, definition)| (name.to_owned(), definition.clone())).collect()
}

fn some_value(random: &mut Random, description: &Description) -> Value {
    let types = definitions(description);
    values::defined(random, &types, &types[0].1, 6)
}

fn written(types: &ArchivedTypes<'_>, value: &ArchivedValue<'_>) -> Result<Vec<u8>, ArchiveError> {
    let mut archive = Vec::new();
    types.write(value, &mut archive).map(|()| archive)
}

fn upcast_of(seed: u64, Pair { old, new, hints, .. }: &Pair) -> Upcast {
    Upcast::new(old, new, hints)
        .unwrap_or_else(|error| panic!("{seed}: {error}\n{}\n{}", old.text(), new.text()))
}

fn upcast(old: &Description, new: &Description) -> Upcast {
    Upcast::new(old, new, &Hints::new()).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn an_upcast_is_the_edit_of_the_value() {
    let (mut compared, mut identical, mut keeping) = (0, 0, 0);
    for seed in 0..setting("STORAGE_PAIRS", 6000) {
        let (pair, mut random) = Pairs::new(seed, seed % 2 == 1).pair();
        let (old, new) = (&pair.old, &pair.new);
        // The text says it all.
        assert_eq!(Description::parse(&old.text()).as_ref(), Ok(old));
        let upcast = upcast_of(seed, &pair);
        let old_types = ArchivedTypes::new(old).unwrap();
        let new_types = ArchivedTypes::new(new).unwrap();
        identical += u32::from(upcast.is_identity());
        keeping += u32::from(upcast.keeps_pointees());
        for _ in 0..4 {
            let value = some_value(&mut random, old);
            let Ok(before) = written(&old_types, &value) else { continue };
            assert_eq!(old_types.read(&before).as_ref(), Ok(&value), "{seed}");
            let edited = pair.edit.apply(value);
            let mut after = Vec::new();
            match (upcast.run(&before, &mut after), written(&new_types, &edited)) {
                (Ok(()), Ok(expected)) => {
                    let (old, new) = (old.text(), new.text());
                    assert_eq!(
                        new_types.read(&after).as_ref(),
                        Ok(&edited),
                        "{seed}\n{old}\n{new}"
                    );
                    assert_eq!(after, expected, "{seed}\n{old}\n{new}");
                    assert!(!upcast.is_identity() || before == after, "{seed}\n{old}\n{new}");
                    compared += 1;
                }
                // Sixteen bits are not many.
                (Err(ArchiveError::TooLong), Err(ArchiveError::TooLong)) => {}
                (made, expected) => panic!("{seed}: {made:?}, {expected:?}"),
            }
        }
    }
    println!("{compared} values, {identical} identities, {keeping} that keep what is pointed to");
    assert!(compared > 1000 && keeping > 300);
}

/// Every bit of every byte matters to somebody, and to nobody so much that it would panic or run away.
#[test]
fn damaged_bytes_are_an_error_or_a_value() {
    let (mut values, mut errors) = (0, 0);
    let mut longest = 0.0_f64;
    for seed in 0..setting("STORAGE_DAMAGED", 600) {
        let (pair, mut random) = Pairs::new(seed, seed % 2 == 1).pair();
        let upcast = upcast_of(seed, &pair);
        let types = ArchivedTypes::new(&pair.old).unwrap();
        let value = some_value(&mut random, &pair.old);
        let Ok(sound) = written(&types, &value) else { continue };
        let mut out = Vec::new();
        let of_sound = upcast.run(&sound, &mut out).map_or(64, |()| out.len());
        for _ in 0..100 {
            let mut body = sound.clone();
            for _ in 0..=random.below(3) {
                if body.is_empty() {
                    break;
                }
                let at = random.below(body.len());
                match random.below(6) {
                    0 => body.truncate(at),
                    1 => body[at] = random.next() as u8,
                    2 => body[at] = 0xff,
                    3 => body[at] = 0,
                    _ => body[at] ^= 1 << random.below(8),
                }
            }
            out.clear();
            match upcast.run(&body, &mut out) {
                Ok(()) => values += 1,
                Err(_) => errors += 1,
            }
            // So many elements without bytes may become some; and no pointer is followed more than once.
            let share = out.len() as f64 / (sound.len() + of_sound + (1 << 16)) as f64;
            longest = longest.max(share);
            if let Ok(read) = types.read(&body) {
                let again = written(&types, &read).unwrap();
                // Not the values, of which some are no numbers.
                let twice = written(&types, &types.read(&again).unwrap());
                assert_eq!(twice.as_ref(), Ok(&again), "{seed}");
            }
        }
    }
    println!("{values} values, {errors} errors, at most {longest:.1} times as long");
    assert!(values > 1000 && errors > 1000);
    assert!(longest < 40.0, "{longest}");
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "sinks")]
struct Sink {
    #[store(key)]
    id: u64,
    #[rkyv(with = AsStored)]
    when: SystemTime,
    #[rkyv(with = AsStored)]
    path: Option<PathBuf>,
    #[rkyv(with = AsStored)]
    count: usize,
    #[rkyv(with = AsStored)]
    zoned: jiff::Zoned,
    #[rkyv(with = AsStored)]
    day: jiff::civil::Date,
    #[rkyv(with = AsStored)]
    late: chrono::DateTime<chrono::FixedOffset>,
    #[rkyv(with = AsStored)]
    wait: time::Duration,
    uuid: uuid::Uuid,
    letters: HashSet<char>,
    words: BTreeSet<(u8, String)>,
    range: RangeInclusive<i16>,
    shared: Rc<[Option<String>]>,
    huge: [i128; 2],
    empty: (Vec<u64>, BTreeSet<u8>, HashSet<u8>),
    small: smol_str::SmolStr,
    bytes: bytes::Bytes,
    floats: (f32, f64),
}

fn encoded<V: RkyvValue>(value: &V) -> Vec<u8> {
    let mut bytes = Vec::new();
    Rkyv::encode(value, &mut bytes).unwrap();
    bytes
}

#[test]
fn what_rkyv_writes_is_written_again() {
    let description = Sink::describe();
    let types = ArchivedTypes::new(&description).unwrap();
    let mut random = Random::new(5);
    for number in 0..300 {
        let words = |len: usize| (0..len).map(|word| (word as u8, "w".repeat(word % 20)));
        let sink = Sink {
            id: random.next(),
            when: SystemTime::UNIX_EPOCH + std::time::Duration::from_nanos(random.next()),
            path: random.chance(500).then(|| "a/path/that/is/long".into()),
            count: random.below(1 << 40),
            zoned: "2026-02-03T04:05:06+01:00[+01:00]".parse().unwrap(),
            day: jiff::civil::date(2026, 2, 3),
            late: "2026-02-03T04:05:06+01:00".parse().unwrap(),
            wait: time::Duration::seconds(-7),
            uuid: uuid::Uuid::from_u128(random.next().into()),
            letters: ('a'..='z').take(random.below(27)).collect(),
            words: words(number).collect(),
            range: -3..=random.next() as i16,
            // Of nothing, rkyv writes a byte, which no schema says.
            shared: words(1 + random.below(9)).map(|(_, word)| Some(word)).collect(),
            huge: [random.next().into(), -1],
            empty: (vec![], [].into(), [].into()),
            small: "small".into(),
            bytes: vec![1; random.below(40)].into(),
            floats: (1.5, f64::INFINITY),
        };
        let bytes = encoded(&sink);
        let value = types.read(&bytes).unwrap();
        let mut again = Vec::new();
        types.write(&value, &mut again).unwrap();
        assert_eq!(again, bytes, "{value:?}");
    }
}

const HEAD: &str = "record = R\ncodec = rkyv\nformat = rkyv-0.8 little-endian pointer-32 aligned\n\
                    key encoding = 1\nkey = ()\nkey fields = \n";

fn described(lines: &str) -> Description {
    Description::parse(&format!("{HEAD}{lines}")).unwrap()
}

/// What a row makes of its bytes is no more than they are, whatever its pointers say.
#[test]
fn pointers_that_were_forged_multiply_nothing() {
    let old = described("field of = list<list<u8>>\n");
    let new = described("field of = list<list<u16>>\n");
    let (types, upcast) = (ArchivedTypes::new(&old).unwrap(), upcast(&old, &new));
    let long = Value::List(vec![Value::Unsigned(7); 10_000]);
    let lists = [vec![long], vec![Value::List(vec![]); 999]].concat();
    let sound = written(&types, &Value::Product(vec![Value::List(lists)])).unwrap();
    let mut made = Vec::new();
    upcast.run(&sound, &mut made).unwrap();
    assert!(made.len() < 2 * sound.len() + 100);
    // All lists are the first: 10 MB of 18 KB.
    let mut forged = sound.clone();
    let first = sound.len() - 8 - 8000;
    let word = |body: &[u8], at: usize| i32::from_le_bytes(body[at..at + 4].try_into().unwrap());
    let target = first as i32 + word(&sound, first);
    for list in (first..sound.len() - 8).step_by(8) {
        forged[list..list + 4].copy_from_slice(&(target - list as i32).to_le_bytes());
        forged[list + 4..list + 8].copy_from_slice(&10_000_u32.to_le_bytes());
    }
    made.clear();
    assert_eq!(upcast.run(&forged, &mut made), Err(ArchiveError::Shared));
    assert!(made.len() < 2 * sound.len(), "{}", made.len());
    assert_eq!(types.read(&forged), Err(ArchiveError::Shared));
    // Elements without bytes are not bought by the billion.
    let old = described("field of = list<()>\n");
    let new = described("field of = list<box<()>>\n");
    let (types, upcast) = (ArchivedTypes::new(&old).unwrap(), self::upcast(&old, &new));
    let mut body = written(&types, &Value::Product(vec![Value::List(vec![])])).unwrap();
    body[4..8].copy_from_slice(&[0xff; 4]);
    made.clear();
    assert_eq!(upcast.run(&body, &mut made), Err(ArchiveError::Shared));
    assert_eq!(types.read(&body), Err(ArchiveError::Shared));
}

/// The same of texts: each is paid for.
#[test]
fn texts_that_share_bytes_are_refused() {
    let old = described("field of = list<string>\n");
    let new = described("field of = box<list<string>>\n");
    let more = described("field of = list<string>\nfield more = option<u8>\n");
    let (types, keeping) = (ArchivedTypes::new(&old).unwrap(), upcast(&old, &more));
    let upcast = upcast(&old, &new);
    let text = |len| Value::Text("a".repeat(len).into());
    let texts = Value::List(vec![text(1000), text(9), text(9)]);
    let sound = written(&types, &Value::Product(vec![texts])).unwrap();
    let mut made = Vec::new();
    upcast.run(&sound, &mut made).unwrap();
    // All texts are the first.
    let mut forged = sound.clone();
    let first = sound.len() - 8 - 24;
    let offset = i32::from_le_bytes(sound[first + 4..first + 8].try_into().unwrap());
    for text in [8, 16] {
        forged.copy_within(first..first + 4, first + text);
        let offset = offset - text as i32;
        forged[first + text + 4..][..4].copy_from_slice(&offset.to_le_bytes());
    }
    made.clear();
    assert_eq!(upcast.run(&forged, &mut made), Err(ArchiveError::Shared));
    assert_eq!(types.read(&forged), Err(ArchiveError::Shared));
    // Where they are copied with all that the record points to, they are no more than they were; who reads them sees.
    assert!(keeping.keeps_pointees() && !upcast.keeps_pointees());
    made.clear();
    keeping.run(&forged, &mut made).unwrap();
    assert_eq!(made.len(), forged.len() + 4);
    assert_eq!(ArchivedTypes::new(&more).unwrap().read(&made), Err(ArchiveError::Shared));
}

/// What lies behind the end of a short text is nobody's, and goes no further.
#[test]
fn what_is_behind_a_short_text_is_not_copied() {
    let old = described("field of = string\n");
    let new = described("field of = string\nfield more = option<u8>\n");
    let (types, upcast) = (ArchivedTypes::new(&old).unwrap(), upcast(&old, &new));
    assert!(upcast.keeps_pointees());
    let sound = written(&types, &Value::Product(vec![Value::Text("ab".into())])).unwrap();
    let mut forged = sound.clone();
    forged[3..].fill(7);
    let [of_sound, of_forged] = [sound, forged].map(|body| {
        let mut made = Vec::new();
        upcast.run(&body, &mut made).unwrap();
        made
    });
    assert_eq!(of_forged, of_sound);
}

#[test]
fn depth_has_an_end() {
    let tree = described("field next = option<box<R>>\n");
    let more = described("field next = option<box<R>>\nfield more = option<u8>\n");
    let types = ArchivedTypes::new(&tree).unwrap();
    let nested = |depth: usize| {
        let last = Value::Product(vec![Value::Choice(0, vec![])]);
        (0..depth).fold(last, |value, _| {
            Value::Product(vec![Value::Choice(1, vec![Value::Boxed(Box::new(value))])])
        })
    };
    let body = written(&types, &nested(64)).unwrap();
    assert_eq!(types.read(&body), Ok(nested(64)));
    upcast(&tree, &more).run(&body, &mut Vec::new()).unwrap();
    assert_eq!(written(&types, &nested(65)), Err(ArchiveError::TooDeep));
    // A value that contains itself.
    let mut body = written(&types, &nested(1)).unwrap();
    let at = body.len() - 4;
    body[at..].copy_from_slice(&(-4_i32).to_le_bytes());
    assert!(types.read(&body).is_err());
    assert!(upcast(&tree, &more).run(&body, &mut Vec::new()).is_err());
}
