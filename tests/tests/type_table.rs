//! The table of types: what each type that is not the program's own can be, asked of the compiler.
//!
//! The guide's page of it is held against this table, and no type has a hole: what is a key is an index key and a
//! field, and what is a field has a form in rkyv. `BLESS=1 cargo test -p tests --test type_table` writes the page.

use std::{
    any,
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    env, fs,
    marker::PhantomData,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::NonZero,
    ops::{Range, RangeFrom, RangeInclusive, RangeTo, RangeToInclusive},
    path::{Path, PathBuf},
    rc::Rc,
    sync::Arc,
    time::{Duration, SystemTime},
};
use storage::{
    __private::{
        Adapted, RkyvField, Shapes,
        flat::{FlatField, FlatType},
    },
    Key, StoredType,
    index::Indexed,
    key::Reverse,
    project::{Comparable, Counted, Equatable, Missing, Text},
    schema::{CodecId, FieldType},
};

/// The types that rkyv's derives take and the store does not.
const DROPPED: [&str; 3] = ["usize", "isize", "NonZero<usize>"];

/// What a type can be.
struct Row {
    name: &'static str,
    read_as: Option<&'static str>,
    is_key: bool,
    is_indexed: bool,
    /// As it is, and with `AsStored`.
    rkyv: [bool; 2],
    fbs: Option<String>,
    schema: Option<String>,
    asked: Asked,
}

/// What predicates can ask of a field.
struct Asked {
    /// Whether the type itself has `PartialEq` and `PartialOrd`, and whether a field of it is compared so.
    equal: [bool; 2],
    ordered: [bool; 2],
    is_text: bool,
    is_counted: bool,
    may_be_missing: bool,
}

/// A table in FlatBuffers with a field of any type.
#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Holder<T> {
    value: T,
}

/// A constant of its own goes before one of a trait: each says whether the type has what its bounds ask for.
struct Probe<T>(PhantomData<T>);

#[allow(dead_code, reason = "what all types of the table have")]
trait Nothing {
    const READ_AS: Option<fn() -> &'static str> = None;
    const SCHEMA: Option<fn() -> String> = None;
    const KEY: bool = false;
    const INDEXED: bool = false;
    const PLAIN: bool = false;
    const ADAPTED: bool = false;
    const FBS: Option<fn() -> String> = None;
    const EQ: bool = false;
    const ORD: bool = false;
    const EQUAL: bool = false;
    const INNER_EQUAL: bool = false;
    const INMOST_EQUAL: bool = false;
    const ORDERED: bool = false;
    const INNER_ORDERED: bool = false;
    const INMOST_ORDERED: bool = false;
    const TEXT: bool = false;
    const COUNTED: bool = false;
    const MISSING: bool = false;
}

impl<T> Nothing for Probe<T> {}

impl<T: FieldType> Probe<T> {
    const READ_AS: Option<fn() -> &'static str> =
        Some(|| any::type_name::<<T as FieldType>::View<'static>>());
    const SCHEMA: Option<fn() -> String> =
        Some(|| T::shape(&mut Shapes::new(CodecId::Flatbuffers)).to_string());
}

impl<T: Key> Probe<T> {
    const KEY: bool = true;
}

impl<T: Indexed> Probe<T> {
    const INDEXED: bool = true;
}

impl<T: RkyvField> Probe<T> {
    const PLAIN: bool = true;
}

impl<T> Probe<T>
where
    Adapted<T>: RkyvField,
{
    const ADAPTED: bool = true;
}

impl<T: FlatField + FlatType + StoredType> Probe<T> {
    const FBS: Option<fn() -> String> = Some(Holder::<T>::fbs);
}

impl<T: PartialEq> Probe<T> {
    const EQ: bool = true;
}

impl<T: PartialOrd> Probe<T> {
    const ORD: bool = true;
}

/// What is asked of a field of type `T` that is read as a `View`.
macro_rules! asked {
    ($([$($generics:tt)*] $ty:ty: $bound:path => $name:ident;)*) => {$(
        impl<$($generics)*> Probe<$ty>
        where
            $ty: FieldType,
            <$ty as FieldType>::View<'static>: $bound,
        {
            const $name: bool = true;
        }
    )*};
}
asked! {
    [T] T: Equatable<T> => EQUAL;
    [T] Option<T>: Equatable<T> => INNER_EQUAL;
    [T] Option<Option<T>>: Equatable<T> => INMOST_EQUAL;
    [T] T: Comparable<T> => ORDERED;
    [T] Option<T>: Comparable<T> => INNER_ORDERED;
    [T] Option<Option<T>>: Comparable<T> => INMOST_ORDERED;
    [T] T: Text => TEXT;
    [T] T: Counted => COUNTED;
    [T] T: Missing => MISSING;
}

macro_rules! table {
    ($($ty:ty),* $(,)?) => {
        fn table() -> Vec<Row> {
            vec![$(Row {
                name: stringify!($ty),
                read_as: Probe::<$ty>::READ_AS.map(|read_as| read_as()),
                is_key: Probe::<$ty>::KEY,
                is_indexed: Probe::<$ty>::INDEXED,
                rkyv: [Probe::<$ty>::PLAIN, Probe::<$ty>::ADAPTED],
                fbs: Probe::<$ty>::FBS.map(|fbs| fbs_type(&fbs())),
                asked: Asked {
                    equal: [
                        Probe::<$ty>::EQ,
                        Probe::<$ty>::EQUAL || Probe::<$ty>::INNER_EQUAL || Probe::<$ty>::INMOST_EQUAL,
                    ],
                    ordered: [
                        Probe::<$ty>::ORD,
                        Probe::<$ty>::ORDERED || Probe::<$ty>::INNER_ORDERED || Probe::<$ty>::INMOST_ORDERED,
                    ],
                    is_text: Probe::<$ty>::TEXT,
                    is_counted: Probe::<$ty>::COUNTED,
                    may_be_missing: Probe::<$ty>::MISSING,
                },
                schema: Probe::<$ty>::SCHEMA.map(|schema| schema()),
            }),*]
        }
    };
}
table! {
    bool, char, u8, u16, u32, u64, u128, i8, i16, i32, i64, i128, f32, f64, usize, isize, (),
    NonZero<u8>, NonZero<i64>, NonZero<usize>,
    String, Box<str>, Rc<str>, Arc<str>, Cow<'static, str>, Cow<'static, [u8]>, smol_str::SmolStr, PathBuf,
    Option<u64>, Option<String>, Option<Option<bool>>, Result<u64, String>,
    Vec<u8>, Vec<String>, Vec<Vec<f32>>, [u8; 16], [String; 2], VecDeque<u8>, Box<[u16]>, Rc<[u16]>, Arc<[u16]>,
    smallvec::SmallVec<[u32; 2]>, arrayvec::ArrayVec<u8, 4>, bytes::Bytes,
    (u8,), (u64, String), Box<u64>, Rc<u64>, Arc<u64>, Reverse<u64>,
    BTreeSet<String>, HashSet<u32>, indexmap::IndexSet<u8>,
    BTreeMap<u8, i8>, HashMap<String, f64>, indexmap::IndexMap<String, u8>,
    Range<u64>, RangeInclusive<i64>, RangeFrom<u8>, RangeTo<u8>, RangeToInclusive<u8>,
    IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6, uuid::Uuid,
    Duration, SystemTime,
    jiff::Timestamp, jiff::Zoned, jiff::civil::DateTime, jiff::civil::Date, jiff::civil::Time,
    jiff::SignedDuration, jiff::Span, jiff::tz::Offset,
    chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Local>, chrono::DateTime<chrono::FixedOffset>,
    chrono::NaiveDateTime, chrono::NaiveDate, chrono::NaiveTime, chrono::TimeDelta, chrono::FixedOffset,
    time::UtcDateTime, time::OffsetDateTime, time::PrimitiveDateTime, time::Date, time::Time,
    time::Duration, time::UtcOffset,
}

#[test]
fn no_type_has_a_hole() {
    let mut holes = Vec::new();
    for Row { name, read_as, is_key, is_indexed, rkyv: [plain, adapted], fbs, schema, asked } in
        table()
    {
        let is_field = read_as.is_some() && schema.is_some();
        let checks = [
            (is_key && !is_indexed, "is a key and no index key"),
            (is_key && !is_field && !adapted, "is a key and no field"),
            (!plain && !adapted, "is a field and has no form in rkyv"),
            (fbs.is_none(), "is a field and has no form in FlatBuffers"),
            (
                asked.equal == [true, false],
                "has `PartialEq`, and a field of it is not compared by `eq`",
            ),
            (
                asked.ordered == [true, false],
                "has `PartialOrd`, and a field of it is not compared by `lt`",
            ),
        ];
        let found = checks.into_iter().filter(|(is_hole, _)| *is_hole);
        holes.extend(found.map(|(_, hole)| format!("`{name}` {hole}")));
    }
    assert!(holes.is_empty(), "{}", holes.join("\n"));
}

#[test]
fn the_guide_has_this_table() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../storage/src/guide/types.md");
    let page = fs::read_to_string(&path).unwrap_or_default();
    let start = page.find("| type |").unwrap();
    let end = page[start..].find("\n\n").map_or(page.len(), |len| start + len + 1);
    let rows: String = table().iter().map(row).collect();
    let table = format!("{HEAD}{rows}");
    if env::var_os("BLESS").is_some() {
        fs::write(&path, format!("{}{table}{}", &page[..start], &page[end..])).unwrap();
        return;
    }
    assert_eq!(&page[start..end], table, "BLESS=1 writes the page");
}

/// Each type, or the same with other parameters, is in the suite of each codec: stored, loaded and projected, in the
/// schema and the `.fbs`, packed by flatc, and damaged in every byte.
#[test]
fn every_type_has_its_suites() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let read = |files: &[&str]| -> String {
        files.iter().map(|file| fs::read_to_string(tests.join(file)).unwrap()).collect()
    };
    let rkyv = read(&[
        "field_types.rs",
        "field_types/adapted.rs",
        "field_types/composed.rs",
        "field_types/plain.rs",
        "field_types/times.rs",
    ]);
    let flatbuffers = read(&[
        "flatbuffers_types.rs",
        "flatbuffers_forms.rs",
        "flatbuffers_compounds.rs",
        "flatbuffers_plain.rs",
    ]);
    let mut missing = Vec::new();
    for (codec, text) in [("rkyv", rkyv), ("FlatBuffers", flatbuffers)] {
        let cases = text.split(['{', '\n']).filter_map(|line| {
            let (_, case) = line.split_once(": ")?;
            case.split_once(" = \"").map(|(ty, _)| form(ty))
        });
        let mut cases: BTreeSet<String> = cases.collect();
        // With tests of their own.
        cases.extend(["Reverse", "Span", "Zoned"].map(str::to_owned));
        let types = table().into_iter().map(|row| row.name);
        missing.extend(
            types.filter(|ty| !cases.contains(&form(ty))).map(|ty| format!("`{ty}` in {codec}")),
        );
    }
    assert!(missing.is_empty(), "no suite has {}", missing.join(", "));
}

/// A type without modules and parameters: `DateTime<Utc>`, for which both are one, as it is.
fn form(ty: &str) -> String {
    let plain = plain(&ty.replace(char::is_whitespace, ""));
    let is_same = plain.starts_with("DateTime<") || plain.contains("str") || plain.contains("<[");
    match plain.as_bytes() {
        _ if is_same => plain.replace("u16", "u8").replace("Weapon", "u8"),
        [b'(', b')'] => plain,
        [b'(', ..] => "a tuple".to_owned(),
        [b'[', ..] => "an array".to_owned(),
        _ => {
            let name = plain.split('<').next().unwrap_or_default().to_owned();
            if name.starts_with("NonZero") { "NonZero".to_owned() } else { name }
        }
    }
}

const HEAD: &str = "\
| type | read alone as | asked by | key and index key | with rkyv | in the `.fbs` | in the schema |
|---|---|---|---|---|---|---|
";

fn row(row: &Row) -> String {
    let Row { name, read_as, is_key, is_indexed, rkyv, fbs, schema, asked } = row;
    let code = |text: &str| format!("`{text}`");
    let read_as = read_as.map_or_else(|| code(name), |read_as| code(&plain(read_as)));
    let key = match (is_key, is_indexed) {
        (true, _) => "yes",
        (false, true) => "an index key for each element",
        (false, false) => "",
    };
    // rkyv keeps half of a word, with which no table is opened.
    let is_dropped = DROPPED.contains(name);
    let rkyv = match if is_dropped { &[false, true] } else { rkyv } {
        [true, _] => "as it is",
        [false, true] => "`with = AsStored`",
        [false, false] => "",
    };
    let fbs = fbs.as_deref().map(code).unwrap_or_default();
    let schema = schema.as_deref().map(code).unwrap_or_default();
    let asked = asked.methods();
    format!("| `{name}` | {read_as} | {asked} | {key} | {rkyv} | {fbs} | {schema} |\n")
}

impl Asked {
    fn methods(&self) -> String {
        let all = [
            (self.equal[1], "`eq`"),
            (self.ordered[1], "`lt`"),
            (self.is_text, "`starts_with`"),
            (self.is_counted, "`len`"),
            (self.may_be_missing, "`is_none`"),
        ];
        let methods: Vec<_> = all.iter().filter(|(has, _)| *has).map(|(_, name)| *name).collect();
        methods.join(", ")
    }
}

/// The type of the field `value` in the schema of a [`Holder`].
fn fbs_type(fbs: &str) -> String {
    let (_, holder) = fbs.split_once("table Holder").unwrap();
    let field = holder.lines().find_map(|line| line.trim_start().strip_prefix("value:"));
    let ty = field.and_then(|field| field.split([' ', ';']).next());
    ty.unwrap_or("nothing").to_owned()
}

/// A type's name without the modules it lies in.
fn plain(full: &str) -> String {
    let mut plain = String::new();
    let mut segment = String::new();
    for c in full.chars() {
        match c {
            ':' => segment.clear(),
            c if c.is_alphanumeric() || c == '_' => segment.push(c),
            c => {
                plain.push_str(&segment);
                segment.clear();
                plain.push(c);
            }
        }
    }
    plain + &segment
}
