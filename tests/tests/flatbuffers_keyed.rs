//! Maps, sets and types of fixed form in FlatBuffers where they lie: looked up, filtered, and refused where they are
//! not what their type says.

use indexmap::IndexMap;
use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    net::IpAddr,
    num::NonZeroU32,
    time::{Duration, SystemTime},
};
use storage::{FlatbuffersTable, Predicate as _, Storage, StoredRecord, StoredType};
use tests::flat::{decode, encode, try_view, view};
use uuid::Uuid;

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Track {
    title: String,
    seconds: u32,
}

#[derive(StoredRecord, Clone, Debug, Default, PartialEq)]
#[store(codec = "flatbuffers", table = "mixes")]
struct Mix {
    #[store(key)]
    id: u64,
    per_genre: BTreeMap<String, u32>,
    tracks: HashMap<Uuid, Track>,
    by_pair: BTreeMap<(u8, String), Vec<u8>>,
    tags: BTreeSet<String>,
    years: HashSet<i16>,
    urls: IndexMap<String, String>,
    maybe: Option<BTreeMap<u8, u8>>,
}

fn mix() -> Mix {
    let track = |title: &str| Track { title: title.into(), seconds: 9 };
    Mix {
        id: 1,
        per_genre: ["jazz", "ambient", "folk"].map(|genre| (genre.to_owned(), 3)).into(),
        tracks: (0..50).map(|n| (Uuid::from_u128((n << 64) | (50 - n)), track("t"))).collect(),
        by_pair: [((1, "b".to_owned()), vec![1]), ((1, "a".to_owned()), vec![2])].into(),
        tags: ["b", "a", ""].map(str::to_owned).into(),
        years: (-300..300).step_by(7).collect(),
        urls: ["z", "a"].map(|url| (url.to_owned(), url.repeat(2))).into(),
        maybe: Some([(7, 8)].into()),
    }
}

#[test]
fn a_map_is_looked_up_where_it_lies() {
    let bytes = encode(&mix());
    assert_eq!(decode::<Mix>(&bytes), mix());
    let view = view::<Mix>(&bytes);
    assert_eq!((view.per_genre().len(), view.per_genre().get("jazz")), (3, Some(3)));
    assert_eq!((view.per_genre().get("j"), view.per_genre().get("k")), (None, None));
    assert!(view.per_genre().contains_key("ambient") && !view.per_genre().contains_key(""));
    assert!(view.per_genre().iter().map(|(genre, _)| genre).eq(["ambient", "folk", "jazz"]));
    for n in 0..50 {
        let track = view.tracks().get(Uuid::from_u128((n << 64) | (50 - n))).unwrap();
        assert_eq!((track.title(), track.seconds()), ("t", 9));
    }
    assert!(view.tracks().get(Uuid::max()).is_none());
    let pair = view.by_pair().get((1, "b")).map(|list| list.to_vec().unwrap());
    assert_eq!((pair, view.by_pair().get((2, "a")).is_none()), (Some(vec![1]), true));
    for year in -400..400 {
        assert_eq!(view.years().contains(year), mix().years.contains(&year), "{year}");
    }
    assert!(view.tags().contains("") && !view.tags().contains("c"));
    assert!(view.urls().iter().eq([("z", "zz"), ("a", "aa")]));
    assert_eq!(view.maybe().and_then(|map| map.get(7)), Some(8));
    let empty = encode(&Mix::default());
    let empty = self::view::<Mix>(&empty);
    assert!(empty.per_genre().is_empty() && empty.per_genre().get("").is_none());
    assert!(empty.tags().is_empty() && !empty.tags().contains("") && empty.maybe().is_none());
    let text = format!("{view:?}");
    let part = r#"per_genre: {"ambient": 3, "folk": 3, "jazz": 3}"#;
    assert!(text.contains(part) && text.contains(r#"tags: ["", "a", "b"]"#), "{text}");
}

#[test]
fn maps_and_sets_are_filtered() {
    let storage = Storage::in_memory().unwrap();
    let table = Mix::table(&storage).unwrap();
    table.put(&mix()).unwrap();
    table.put(&Mix { id: 2, ..Mix::default() }).unwrap();
    let f = Mix::FIELDS;
    let found = [
        table.iter().unwrap().filter(f.per_genre.contains_key("jazz")).count().unwrap(),
        table.iter().unwrap().filter(f.per_genre.len().ge(3)).count().unwrap(),
        table.iter().unwrap().filter(f.tags.contains("a".to_owned())).count().unwrap(),
        table.iter().unwrap().filter(f.years.contains(1).not()).count().unwrap(),
        table.iter().unwrap().filter(f.urls.is_empty()).count().unwrap(),
        table.iter().unwrap().filter(f.maybe.contains_key(7)).count().unwrap(),
        table.iter().unwrap().filter(f.per_genre.get("jazz").eq(3)).count().unwrap(),
        table.iter().unwrap().filter(f.maybe.get(7).gt(7)).count().unwrap(),
    ];
    assert_eq!(found, [1; 8]);
    let id = mix().id;
    let found = table.project(id, (f.per_genre.get("folk"), f.per_genre.get("x"), f.maybe.get(7)));
    assert_eq!(found.unwrap(), Some((Some(3), None, Some(8))));
}

/// `bytes` with `old`, which they have once, as `new`.
fn with(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let places: Vec<_> = (0..bytes.len()).filter(|at| bytes[*at..].starts_with(old)).collect();
    assert_eq!(places.len(), 1, "{old:?} in {bytes:?}");
    [&bytes[..places[0]], new, &bytes[places[0] + old.len()..]].concat()
}

/// What opening `bytes` as a value of a table reports.
fn refusal<T: storage::codec::FlatTable<View<'static>: Copy>>(bytes: &[u8]) -> String {
    try_view::<T>(bytes).map(drop).unwrap_err().to_string()
}

#[test]
fn a_map_out_of_order_or_with_a_key_twice_is_refused() {
    let map = |keys: [&str; 2]| Mix {
        per_genre: keys.map(|key| (key.to_owned(), 1)).into(),
        tags: keys.map(|key| format!("tag {key}")).into(),
        ..Mix::default()
    };
    let bytes = encode(&map(["aaaa", "bbbb"]));
    for (old, new, field) in [
        ("\0bbbb\0", "\0aaaa\0", "per_genre"),
        ("\0aaaa\0", "\0cccc\0", "per_genre"),
        ("tag bbbb", "tag aaaa", "tags"),
        ("tag aaaa", "tag cccc", "tags"),
    ] {
        let error = refusal::<Mix>(&with(&bytes, old.as_bytes(), new.as_bytes()));
        let expected = format!("`{field}`: the entries of a map or set are not in the order of");
        assert!(error.contains(&expected), "{old} {new}: {error}");
    }
}

/// An `IndexMap` is in no order that a verifier could compare, so a key that comes twice is found by who makes the map.
#[test]
fn no_entry_of_a_map_in_its_own_order_is_lost_unnoticed() {
    let urls = [("first".to_owned(), "x".to_owned()), ("other".to_owned(), "y".to_owned())];
    let bytes = encode(&Mix { urls: urls.into(), ..Mix::default() });
    let bytes = with(&bytes, b"other", b"first");
    let storage = Storage::in_memory().unwrap();
    let table: FlatbuffersTable<u64, Mix> = storage.new_flatbuffers_table("raw");
    table.put_bytes(7, &bytes).unwrap();
    let shown =
        table.get(7, |view| view.urls().iter().map(|(_, url)| url.to_owned()).collect::<Vec<_>>());
    assert_eq!(shown.unwrap().unwrap(), ["x", "y"]);
    let error = table.load(7).unwrap_err().to_string();
    assert!(
        error.contains("raw") && error.contains('7') && error.contains("`urls`: two keys"),
        "{error}"
    );
}

/// A key whose own order is not that of what is stored.
#[derive(StoredType, Clone, Debug, PartialEq, Eq, Hash)]
#[store(codec = "flatbuffers")]
struct Backwards(u8);

impl Ord for Backwards {
    fn cmp(&self, other: &Self) -> Ordering {
        other.0.cmp(&self.0)
    }
}

impl PartialOrd for Backwards {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A key that is more than what is stored of it.
#[derive(StoredType, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[store(codec = "flatbuffers", fixed)]
struct Partly {
    stored: u8,
    #[store(skip)]
    other: u8,
}

#[derive(StoredRecord, Clone, Debug, Default, PartialEq)]
#[store(codec = "flatbuffers", table = "strange")]
struct Strange {
    #[store(key)]
    id: u64,
    backwards: BTreeMap<Backwards, u8>,
    partly: BTreeSet<Partly>,
}

#[test]
fn the_order_is_that_of_what_is_stored() {
    let backwards: BTreeMap<_, _> = (0..9).map(|n| (Backwards(n), n)).collect();
    let value = Strange { backwards, ..Strange::default() };
    let bytes = encode(&value);
    assert_eq!(decode::<Strange>(&bytes), value);
    let view = view::<Strange>(&bytes);
    assert!(view.backwards().iter().map(|(key, _)| key).eq(0..9));
    assert!((0..9).all(|n| view.backwards().get(n) == Some(n)));
}

#[test]
fn keys_that_are_one_when_they_are_stored_are_refused_unwritten() {
    let storage = Storage::in_memory().unwrap();
    let table = Strange::table(&storage).unwrap();
    let partly = |other| Partly { stored: 1, other };
    let value = Strange { id: 1, partly: [partly(0), partly(1)].into(), ..Strange::default() };
    let error = table.put(&value).unwrap_err().to_string();
    assert!(
        error.contains("strange")
            && error.contains("`partly`")
            && error.contains("a key is there twice"),
        "{error}"
    );
    assert_eq!(table.len().unwrap(), 0);
}

#[derive(StoredRecord, Clone, Debug)]
#[store(codec = "flatbuffers", table = "forms")]
struct Forms {
    #[store(key)]
    id: u64,
    letter: char,
    many: Vec<char>,
    count: NonZeroU32,
    span: Duration,
    ip: IpAddr,
    at: Option<jiff::Timestamp>,
    #[store(default = 'x')]
    sign: char,
    moment: jiff::Zoned,
    age: jiff::Span,
}

fn forms() -> Forms {
    Forms {
        id: 1,
        letter: '\u{10fff0}',
        many: vec!['\u{10fff1}'],
        count: NonZeroU32::new(0x1234_5678).unwrap(),
        span: Duration::new(0x1111_1111_2222, 0x0345_6789),
        ip: "1.2.3.4".parse().unwrap(),
        at: Some(jiff::Timestamp::new(5, 0x0455_6677).unwrap()),
        sign: 'x',
        moment: "2020-02-29T01:02:03.5[Europe/Berlin]".parse().unwrap(),
        age: jiff::Span::new().years(-3).days(-2),
    }
}

#[test]
fn a_form_that_is_no_value_is_refused_with_its_field() {
    let bytes = encode(&forms());
    assert_eq!(encode(&decode::<Forms>(&bytes)), bytes);
    assert!(Forms::fbs().contains("  sign:uint = 120 (id: 7);"), "{}", Forms::fbs());
    let second = 1_000_000_000_u32.to_le_bytes();
    for (old, new, field) in [
        (&0x10_fff0_u32.to_le_bytes(), 0xd800_u32.to_le_bytes(), "letter"),
        (&0x10_fff1_u32.to_le_bytes(), 0x11_0000_u32.to_le_bytes(), "many"),
        (&0x1234_5678_u32.to_le_bytes(), [0; 4], "count"),
        (&0x0345_6789_u32.to_le_bytes(), second, "span"),
        (&0x0455_6677_u32.to_le_bytes(), second, "at"),
        (&[4, 1, 2, 3], [5, 1, 2, 3], "ip"),
    ] {
        let error = refusal::<Forms>(&with(&bytes, old, &new));
        let expected = format!("`{field}`: the value is out of the range of its type");
        assert!(error.contains(&expected), "{field}: {error}");
    }
    // What version 4 does not have.
    let error = refusal::<Forms>(&with(&bytes, &[4, 1, 2, 3, 4, 0], &[4, 1, 2, 3, 4, 9]));
    assert!(error.contains("`ip`: the value is out of the range"), "{error}");
}

#[test]
fn a_time_zone_that_is_not_known_is_an_error_of_its_row() {
    let bytes =
        with(&encode(&forms()), b"Europe/Berlin", b"Europe/Nowhere"[..13].try_into().unwrap());
    let storage = Storage::in_memory().unwrap();
    let table: FlatbuffersTable<u64, Forms> = storage.new_flatbuffers_table("raw");
    table.put_bytes(7, &bytes).unwrap();
    let zone = table.get(7, |view| view.moment().1.to_owned()).unwrap();
    assert_eq!(zone.as_deref(), Some("Europe/Nowher"));
    let error = table.load(7).unwrap_err().to_string();
    assert!(
        error.contains("raw")
            && error.contains('7')
            && error.contains("`moment`: the stored time zone"),
        "{error}"
    );
}

#[test]
fn a_time_too_far_from_1970_is_refused_unwritten() {
    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "times")]
    struct Record {
        #[store(key)]
        id: u64,
        times: Vec<SystemTime>,
    }
    let Some(far) = SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(i64::MAX as u64)) else {
        return;
    };
    let storage = Storage::in_memory().unwrap();
    let table = Record::table(&storage).unwrap();
    table.put(&Record { id: 1, times: vec![far] }).unwrap();
    assert_eq!(table.load(1).unwrap().unwrap().times, [far]);
}
