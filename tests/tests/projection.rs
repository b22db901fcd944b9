//! Fields read alone: every type, through every door, in filters, and from damaged records.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
#![expect(clippy::float_cmp, clippy::option_option, reason = "what was stored is what is read")]

use rkyv::{Archive, Deserialize, Serialize};
use std::{collections::BTreeMap, fmt::Debug, iter};
use storage::{
    Durability, Predicate, Storage, StorageError, StoredRecord, StoredType, Table, error::Damage,
    project::Projection,
};
use tests::{
    Scratch,
    frame::{BLOCK_LEN, layout_fingerprint, seal},
};

#[derive(Clone, Copy, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
enum Kind {
    Small,
    Large,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
enum Contact {
    Nobody,
    Phone(u64),
    Post { street: String, number: u16 },
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv")]
struct Address {
    city: String,
    zip: Option<u32>,
    position: Position,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv")]
struct Position {
    latitude: f64,
    longitude: f64,
}

#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
struct Line {
    text: String,
    amount: i64,
}

/// A field of every type.
#[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "everything")]
struct Everything {
    #[store(key)]
    id: u64,
    flag: bool,
    letter: char,
    i8_: i8,
    i16_: i16,
    i32_: i32,
    i64_: i64,
    i128_: i128,
    u8_: u8,
    u16_: u16,
    u32_: u32,
    u64_: u64,
    u128_: u128,
    f32_: f32,
    f64_: f64,
    text: String,
    short: String,
    maybe: Option<i32>,
    maybe_text: Option<String>,
    maybe_twice: Option<Option<bool>>,
    numbers: Vec<u32>,
    texts: Vec<String>,
    maybes: Vec<Option<String>>,
    bytes: [u8; 5],
    words: [String; 2],
    kind: Kind,
    maybe_kind: Option<Kind>,
    contact: Contact,
    address: Address,
    lines: Vec<Line>,
    map: BTreeMap<String, u32>,
    filler: String,
}

/// A record whose parts have the lengths that `len` says.
fn everything(id: u64, len: usize) -> Everything {
    let text =
        |start: char| iter::once(start).chain(iter::repeat_n('é', len / 2)).collect::<String>();
    Everything {
        id,
        flag: true,
        letter: '\u{10FFFF}',
        i8_: i8::MIN,
        i16_: -300,
        i32_: i32::MIN,
        i64_: -5_000_000_000,
        i128_: i128::MIN,
        u8_: 255,
        u16_: 0x1234,
        u32_: u32::MAX,
        u64_: 0x0102_0304_0506_0708,
        u128_: u128::MAX - 1,
        f32_: -1.5,
        f64_: f64::MIN_POSITIVE,
        text: text('t'),
        short: "s".to_owned(),
        maybe: Some(-7),
        maybe_text: Some(text('m')),
        maybe_twice: Some(None),
        numbers: (0..u32::try_from(len / 8).unwrap()).collect(),
        texts: vec![text('a'), String::new(), "b".to_owned()],
        maybes: vec![None, Some(text('c'))],
        bytes: *b"\0\xFF\x7F\x80\x01",
        words: ["first".to_owned(), text('w')],
        kind: Kind::Large,
        maybe_kind: Some(Kind::Small),
        contact: Contact::Post { street: text('p'), number: 7 },
        address: Address {
            city: text('y'),
            zip: Some(12_345),
            position: Position { latitude: -33.5, longitude: 151.25 },
        },
        lines: vec![Line { text: text('l'), amount: -1 }],
        map: BTreeMap::from([(text('k'), 1), ("z".to_owned(), 2)]),
        filler: text('f'),
    }
}

fn store_of(
    records: impl IntoIterator<Item = Everything>,
) -> (Scratch, Storage, Table<Everything>) {
    let scratch = Scratch::new();
    let storage = scratch.open();
    let table = Everything::table(&storage).unwrap();
    table.put_stream(records.into_iter().collect::<Vec<_>>()).unwrap();
    (scratch, storage, table)
}

/// A projection, and what it must give.
trait Case {
    /// Reads by `project`: what the record has, or the error.
    fn read(&self, table: &Table<Everything>, record: &Everything) -> storage::Result<()>;

    /// Reads by every door there is.
    fn read_all(&self, table: &Table<Everything>, record: &Everything);

    /// Reads, whatever it gives.
    fn touch(&self, table: &Table<Everything>, id: u64);
}

struct Of<P, F>(P, F);

impl<P, F, T> Case for Of<P, F>
where
    P: Projection<Everything, Owned = T> + Copy,
    F: Fn(&Everything) -> T,
    T: PartialEq + Debug,
{
    fn read(&self, table: &Table<Everything>, record: &Everything) -> storage::Result<()> {
        let found = table.project(record.id, self.0)?;
        assert_eq!(found, Some((self.1)(record)));
        Ok(())
    }

    fn read_all(&self, table: &Table<Everything>, record: &Everything) {
        self.read(table, record).unwrap();
        let expected = Some((self.1)(record));
        assert_eq!(table.project_with(record.id, self.0, P::own).unwrap(), expected);
        let rows = || table.range(record.id..=record.id).unwrap().select(self.0);
        assert_eq!(rows().next().transpose().unwrap(), expected);
        let mut visited = None;
        let visit = rows().for_each_ref(|fields| {
            visited = Some(P::own(fields));
            true
        });
        visit.unwrap();
        assert_eq!(visited, expected);
    }

    fn touch(&self, table: &Table<Everything>, id: u64) {
        drop(format!("{:?}", table.project(id, self.0)));
    }
}

/// `cases!(a, b.c)`: each field alone.
macro_rules! cases {
    ($($($field:ident).+),* $(,)?) => {
        vec![$(Box::new(Of(
            Everything::FIELDS.$($field).+,
            |record: &Everything| record.$($field).+.clone(),
        )) as Box<dyn Case>),*]
    };
}

fn scalars() -> Vec<Box<dyn Case>> {
    cases! {
        id, flag, letter, i8_, i16_, i32_, i64_, i128_, u8_, u16_, u32_, u64_, u128_, f32_, f64_,
        maybe, maybe_twice, bytes, kind, maybe_kind, address.zip, address.position.latitude,
        address.position.longitude,
    }
}

fn all_cases() -> Vec<Box<dyn Case>> {
    let mut all = scalars();
    let others: Vec<Box<dyn Case>> = cases! {
        text, short, maybe_text, numbers, texts, maybes, words, contact, address, address.city,
        address.position, lines, map, filler,
    };
    all.extend(others);
    let f = Everything::FIELDS;
    all.push(Box::new(Of((f.short,), |r: &Everything| (r.short.clone(),))));
    all.push(Box::new(Of((f.text, f.i128_, f.address.city), |r: &Everything| {
        (r.text.clone(), r.i128_, r.address.city.clone())
    })));
    all.push(Box::new(Of(((f.i8_, f.u16_), (f.flag, (f.maybe_text,))), |r: &Everything| {
        ((r.i8_, r.u16_), (r.flag, (r.maybe_text.clone(),)))
    })));
    let twelve = (
        f.id, f.flag, f.letter, f.i8_, f.i16_, f.i32_, f.u8_, f.u16_, f.u32_, f.u64_, f.kind,
        f.text,
    );
    all.push(Box::new(Of(twelve, |r: &Everything| {
        let text = r.text.clone();
        (r.id, r.flag, r.letter, r.i8_, r.i16_, r.i32_, r.u8_, r.u16_, r.u32_, r.u64_, r.kind, text)
    })));
    all
}

#[test]
fn every_field_type_is_read_alone_through_every_door() {
    // Of many lengths, so that values lie at many addresses, in one block and in several.
    let records: Vec<Everything> =
        (0_u64..40).zip((0..).step_by(37)).map(|(id, len)| everything(id, len)).collect();
    let (_scratch, _storage, table) = store_of(records.clone());
    for record in &records {
        assert_eq!(table.load(record.id).unwrap().as_ref(), Some(record));
        for case in all_cases() {
            case.read_all(&table, record);
        }
    }
    assert_eq!(table.project(99, Everything::FIELDS.text).unwrap(), None);
}

#[test]
fn the_other_values_of_options_and_enums_are_read_alone() {
    let mut records = vec![everything(0, 50); 3];
    for (id, record) in (0..).zip(&mut records) {
        record.id = id;
        record.address.zip = None;
        (record.maybe, record.maybe_text, record.maybe_kind) = (None, None, None);
    }
    let [first, second, third] = records.as_mut_slice() else { unreachable!() };
    (first.maybe_twice, first.contact) = (None, Contact::Nobody);
    (second.maybe_twice, second.contact) = (Some(Some(true)), Contact::Phone(u64::MAX));
    (third.numbers, third.texts, third.map) = (vec![], vec![], BTreeMap::new());
    let (_scratch, _storage, table) = store_of(records.clone());
    for record in &records {
        for case in all_cases() {
            case.read_all(&table, record);
        }
    }
}

#[test]
fn text_is_lent_without_a_copy_where_it_is_asked_for() {
    let record = everything(1, 3000);
    let (_scratch, _storage, table) = store_of([record.clone()]);
    let f = Everything::FIELDS;
    let lens = table.project_with(1, (f.text, f.texts, f.maybe_text, f.words), |fields| {
        let (text, texts, maybe, words): (&str, Vec<&str>, Option<&str>, [&str; 2]) = fields;
        (text.len(), texts.len(), maybe.map(str::len), words.map(str::len))
    });
    let words = record.words.each_ref().map(String::len);
    let maybe = record.maybe_text.as_ref().map(String::len);
    assert_eq!(lens.unwrap(), Some((record.text.len(), 3, maybe, words)));
}

/// The numbers of the records for which `predicate` holds, as the store and as `holds` say.
fn assert_filter<P: Predicate<Everything> + Clone>(
    table: &Table<Everything>,
    predicate: P,
    holds: impl Fn(&Everything) -> bool,
) {
    let id = Everything::FIELDS.id;
    let found = table.iter().unwrap().filter(predicate.clone()).select(id);
    let found: Vec<u64> = found.map(Result::unwrap).collect();
    let records = table.iter().unwrap().map(|row| row.unwrap().load().unwrap());
    let expected: Vec<u64> = records.filter(|r| holds(r)).map(|r| r.id).collect();
    assert_eq!(found, expected);
    let opposite = table.iter().unwrap().filter(predicate.not()).count().unwrap();
    assert_eq!(opposite + expected.len() as u64, table.len().unwrap());
}

/// All six comparisons of fields with the values they have and with others.
macro_rules! assert_comparisons {
    ($table:ident: $($($field:ident).+ $values:expr;)*) => {$(
        for value in $values {
            let field = Everything::FIELDS.$($field).+;
            assert_filter(&$table, field.eq(value.to_owned()), |r| r.$($field).+ == value);
            assert_filter(&$table, field.ne(value.to_owned()), |r| r.$($field).+ != value);
            assert_filter(&$table, field.lt(value.to_owned()), |r| r.$($field).+ < value);
            assert_filter(&$table, field.le(value.to_owned()), |r| r.$($field).+ <= value);
            assert_filter(&$table, field.gt(value.to_owned()), |r| r.$($field).+ > value);
            assert_filter(&$table, field.ge(value.to_owned()), |r| r.$($field).+ >= value);
        }
    )*};
}

fn three_kinds() -> [Everything; 3] {
    let mut records = [everything(1, 100), everything(2, 700), everything(3, 0)];
    let [_, second, third] = &mut records;
    (second.flag, second.letter, second.i8_, second.i16_, second.i32_) = (false, 'a', 0, 1, 2);
    (second.i64_, second.i128_, second.u8_, second.u16_) = (3, -4, 5, 6);
    (second.u32_, second.u64_, second.u128_, second.f32_, second.f64_) = (7, 8, 9, 1e9, -0.25);
    (second.short, second.maybe, second.maybe_text) = ("short".into(), None, None);
    (second.address.city, second.address.zip) = ("Ulm".into(), None);
    (third.f32_, third.maybe, third.short) = (f32::INFINITY, Some(8), String::new());
    third.address.position.latitude = f64::NEG_INFINITY;
    records
}

#[test]
fn fields_of_every_comparable_type_filter() {
    let (_scratch, _storage, table) = store_of(three_kinds());
    assert_comparisons! { table:
        id [0, 2, 3];
        flag [true, false];
        letter ['a', 'b', char::MAX];
        i8_ [i8::MIN, -1, 0];
        i16_ [-300, 0, 1];
        i32_ [i32::MIN, 2];
        i64_ [-5_000_000_000, 3];
        i128_ [i128::MIN, -4, 0];
        u8_ [5, 255];
        u16_ [6, 0x1234];
        u32_ [7, u32::MAX];
        u64_ [8, u64::MAX];
        u128_ [9, u128::MAX];
        f32_ [-1.5, 1e9, f32::INFINITY];
        f64_ [-0.25, 0.0];
        short ["", "s", "short"].map(str::to_owned);
        address.position.latitude [-33.5, f64::NEG_INFINITY];
    }
}

#[test]
fn predicates_on_options_and_text_are_what_they_are_in_rust() {
    let (_scratch, _storage, table) = store_of(three_kinds());
    let f = Everything::FIELDS;
    assert_filter(&table, f.maybe.is_none(), |r| r.maybe.is_none());
    assert_filter(&table, f.maybe.is_some(), |r| r.maybe.is_some());
    assert_filter(&table, f.address.zip.is_none(), |r| r.address.zip.is_none());
    // A missing value is neither less nor greater, neither equal nor unequal.
    assert_filter(&table, f.maybe.lt(0), |r| r.maybe.is_some_and(|v| v < 0));
    assert_filter(&table, f.maybe.ge(-7), |r| r.maybe.is_some_and(|v| v >= -7));
    assert_filter(&table, f.maybe.ne(8), |r| r.maybe.is_some_and(|v| v != 8));
    assert_filter(&table, f.maybe_text.starts_with("mé"), |r| {
        r.maybe_text.as_ref().is_some_and(|text| text.starts_with("mé"))
    });
    assert_filter(&table, f.text.starts_with(""), |_| true);
    assert_filter(&table, f.short.starts_with("sh"), |r| r.short.starts_with("sh"));
    assert_filter(&table, f.address.city.eq("Ulm"), |r| r.address.city == "Ulm");
    assert_filter(&table, f.address.city.eq(String::from("Ulm")), |r| r.address.city == "Ulm");
    let both =
        f.flag.eq(true).and(f.maybe.gt(0)).or(f.short.eq("short").and(f.u8_.lt(6).not().not()));
    assert_filter(&table, both, |r| {
        r.flag && r.maybe.is_some_and(|v| v > 0) || r.short == "short" && r.u8_ < 6
    });
}

const TABLE: &str = "everything";

fn stored_bytes(storage: &Storage, id: u64) -> Vec<u8> {
    storage.backend().get(TABLE, &id.to_be_bytes(), <[u8]>::to_vec).unwrap().unwrap()
}

fn store_bytes(storage: &Storage, id: u64, bytes: &[u8]) {
    let write = storage.backend().write_with(Durability::None, |writer| {
        writer.put(&TABLE.into(), &id.to_be_bytes(), bytes).map(drop)
    });
    write.unwrap();
}

fn assert_checksum<T: Debug>(outcome: storage::Result<T>) {
    match outcome {
        Err(StorageError::Corrupt(error)) => {
            assert_eq!((error.table(), error.key()), (TABLE, Some("1")));
            assert_eq!(*error.damage(), Damage::Checksum);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn damage_in_a_long_field_hides_from_the_others_and_not_from_itself() {
    let record = everything(1, 5000);
    let (_scratch, storage, table) = store_of([record.clone()]);
    let mut bytes = stored_bytes(&storage, 1);
    // The middle of the filler, far from the blocks that it shares with other fields.
    let filler = record.filler.as_bytes();
    let start = bytes.windows(filler.len()).position(|window| window == filler).unwrap();
    *bytes.get_mut(start + filler.len() / 2).unwrap() ^= 1;
    store_bytes(&storage, 1, &bytes);

    assert_checksum(table.get(1, |_| ()));
    assert_checksum(table.load(1));
    assert_checksum(table.view(1));
    let f = Everything::FIELDS;
    for outcome in [table.project(1, f.filler), table.project(1, (f.text, f.filler)).map(|_| None)]
    {
        match outcome {
            Err(error) => assert!(error.is_corrupt(), "{error}"),
            Ok(text) => panic!("{text:?}"),
        }
    }
    for case in scalars() {
        case.read_all(&table, &record);
    }
    let text = (f.text, f.short, f.maybe_text, f.address.city);
    let found = table.project(1, text).unwrap().unwrap();
    assert_eq!((found.0, found.1), (record.text, record.short));
    assert_eq!((found.2, found.3), (record.maybe_text, record.address.city.clone()));
    let filtered = table.iter().unwrap().filter(f.address.city.eq(record.address.city));
    assert_eq!(filtered.select(f.id).map(Result::unwrap).collect::<Vec<_>>(), [1]);
    let mut by_filler = table.iter().unwrap().filter(f.filler.eq(""));
    assert!(by_filler.next().unwrap().is_err());
}

#[test]
fn a_projection_of_a_damaged_record_is_right_or_an_error() {
    let record = everything(1, 420);
    let (_scratch, storage, table) = store_of([record.clone()]);
    let good = stored_bytes(&storage, 1);
    assert!((4000..8000).contains(&good.len()), "{} bytes", good.len());
    let cases = all_cases();
    let (mut right, mut refused) = (0, 0);
    for at in 0..good.len() {
        let mut bad = good.clone();
        *bad.get_mut(at).unwrap() ^= 1 << (at % 8);
        store_bytes(&storage, 1, &bad);
        for case in &cases {
            match case.read(&table, &record) {
                Ok(()) => right += 1,
                Err(error) => {
                    assert!(error.is_corrupt(), "byte {at}: {error}");
                    refused += 1;
                }
            }
        }
        assert!(table.get(1, |_| ()).is_err(), "byte {at}");
    }
    assert!(right > 0 && refused > 0, "{right} right, {refused} refused");
}

#[test]
fn a_truncated_record_gives_no_projection() {
    let record = everything(1, 200);
    let (_scratch, storage, table) = store_of([record.clone()]);
    let good = stored_bytes(&storage, 1);
    for len in (0..good.len()).step_by(7) {
        store_bytes(&storage, 1, good.get(..len).unwrap());
        for case in scalars() {
            assert!(case.read(&table, &record).unwrap_err().is_corrupt(), "{len} bytes");
        }
    }
}

#[test]
fn a_lie_with_the_right_checksum_is_an_error_or_some_value_and_never_a_crash() {
    let (_scratch, storage, table) = store_of([everything(1, 0)]);
    let fingerprint = layout_fingerprint(&storage, TABLE);
    let good = stored_bytes(&storage, 1);
    let (body, _) = good.split_last_chunk::<6>().unwrap();
    let sealed = |mut body: Vec<u8>| {
        assert!(body.len() <= BLOCK_LEN);
        seal(TABLE.as_bytes(), fingerprint, &1_u64.to_be_bytes(), 1, &mut body);
        body
    };
    assert_eq!(sealed(body.to_vec()), good, "the seal is the one that the store makes");
    let cases = all_cases();
    for at in 0..body.len() {
        for change in [0x01, 0x80, 0xFF] {
            let mut bad = body.to_vec();
            *bad.get_mut(at).unwrap() ^= change;
            store_bytes(&storage, 1, &sealed(bad));
            for case in &cases {
                case.touch(&table, 1);
            }
            drop(table.load(1));
        }
    }
}
