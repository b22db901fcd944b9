//! The text of a schema: `parse(text(s)) == s` for every schema, and no text makes the parser panic or accept what it
//! would write in another way.

use proptest::{
    collection::{btree_map, vec},
    option,
    prelude::{Just, Strategy, any, prop_oneof, proptest},
    sample::select,
    test_runner::Config,
};
use rkyv::{Archive, Deserialize, Serialize};
use schemas::{
    airports::{Airport, Country, Frequency, Navaid, Region, Runway},
    beijing::Reading,
    matrix::{Creature, Everything},
    player::Player,
};
use storage::{
    Storage, StorageError, StoredRecord, StoredType,
    error::SchemaTextReason,
    schema::{
        ArchivedLayout, CodecId, Definition, Description, FieldShape, Generic, IndexShape,
        Presence, RowShape, Scalar, Shape, Shapes, Slot, Standard, Types, VariantShape,
        text::{DEPTH_MAX, TEXT_LEN_MAX},
    },
    table::Row,
};

/// Names of every kind: plain ones, words of the language, and whatever a quote must protect.
fn name() -> impl Strategy<Value = String> {
    let words = [
        "string", "u8", "list", "option", "box", "map", "opaque", "enum", "field", "variant",
        "struct", "unique", "over", "id", "required", "f64", "()", "", " ", "=", "a = b", "\"",
        "\\", "\\u{a}", "x, y", "<", ">", "Color#2", "Größe", "0", "-1", "\n", "index ", "String",
        "u8 ", "é\"\\", "]", "\u{7f}", "\u{2028}",
    ];
    prop_oneof![
        4 => "[a-z][a-z0-9_]{0,7}",
        4 => "[A-Z][A-Za-z0-9_]{0,7}",
        3 => select(words.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn scalar() -> impl Strategy<Value = Scalar> {
    select(Scalar::ALL)
}

fn archived() -> impl Strategy<Value = ArchivedLayout> {
    (any::<usize>(), any::<usize>()).prop_map(|(size, align)| ArchivedLayout { size, align })
}

fn shape() -> impl Strategy<Value = Shape> {
    let leaf = prop_oneof![
        Just(Shape::Unit),
        Just(Shape::Text),
        Just(Shape::Bytes),
        scalar().prop_map(Shape::Scalar),
        scalar().prop_map(Shape::NonZero),
        select(Standard::ALL).prop_map(Shape::Standard),
        name().prop_map(Shape::Named),
        (name(), option::of(archived())).prop_map(|(name, archived)| Shape::Opaque(name, archived)),
    ];
    leaf.prop_recursive(6, 24, 4, |inner| {
        let boxed = || inner.clone().prop_map(Box::new);
        prop_oneof![
            boxed().prop_map(Shape::Option),
            boxed().prop_map(Shape::Boxed),
            boxed().prop_map(Shape::Reverse),
            boxed().prop_map(Shape::List),
            (boxed(), any::<usize>()).prop_map(|(inner, len)| Shape::Array(inner, len)),
            vec(inner.clone(), 1..5).prop_map(Shape::Tuple),
            vec((name(), vec(inner.clone(), 0..3)), 0..4).prop_map(Shape::Choice),
            (boxed(), boxed()).prop_map(|(key, value)| Shape::Map(key, value)),
            (select(Generic::ALL), vec(inner.clone(), 2)).prop_map(|(generic, mut parts)| {
                parts.truncate(generic.arity());
                Shape::Generic(generic, parts)
            }),
        ]
    })
}

fn slot() -> impl Strategy<Value = Slot> {
    let presence = prop_oneof![
        Just(Presence::Required),
        Just(Presence::Optional),
        Just(Presence::Removed),
        option::of(name()).prop_map(Presence::Defaulted),
    ];
    (any::<u16>(), presence).prop_map(|(id, presence)| Slot { id, presence })
}

fn field(slot: impl Strategy<Value = Option<Slot>>) -> impl Strategy<Value = FieldShape> {
    (name(), shape(), slot).prop_map(|(name, shape, slot)| FieldShape { name, shape, slot })
}

fn variants() -> impl Strategy<Value = Vec<VariantShape>> {
    let rest = (option::of(any::<i128>()), vec(field(option::of(slot())), 0..4));
    btree_map(name(), rest, 0..5).prop_map(|variants| {
        let variant = |(name, (number, fields))| VariantShape { name, number, fields };
        variants.into_iter().map(variant).collect()
    })
}

/// A struct, or a table with at least `least` fields.
fn product(least: usize) -> impl Strategy<Value = Definition> {
    prop_oneof![
        vec(field(Just(None)), 0..5).prop_map(Definition::Struct),
        vec(field(slot().prop_map(Some)), least..5).prop_map(Definition::Table),
    ]
}

fn definition() -> impl Strategy<Value = Definition> {
    prop_oneof![
        product(0),
        (option::of(scalar()), variants())
            .prop_map(|(repr, variants)| Definition::Enum { repr, variants }),
        variants().prop_map(Definition::Union),
    ]
}

fn types() -> impl Strategy<Value = Types> {
    let others = btree_map(name(), definition(), 0..5);
    let archived = btree_map(name(), archived(), 0..3);
    (name(), product(1), others, option::of(name()), archived).prop_map(
        |(name, record, others, identifier, archived)| {
            let others = others.into_iter().filter(|(other, _)| *other != name).collect::<Vec<_>>();
            // Of some of the types, and of some that are not there.
            let of_types = others.iter().map(|(other, _)| other).chain([&name]);
            let of_types = of_types.filter(|name| !archived.contains_key(*name));
            let layout = ArchivedLayout { size: 24, align: 8 };
            let of_types: Vec<_> = of_types.map(|name| (name.clone(), layout)).collect();
            Types::new([vec![(name, record)], others].concat(), identifier)
                .with_archived(of_types.into_iter().chain(archived).collect())
        },
    )
}

fn description() -> impl Strategy<Value = Description> {
    let rows = prop_oneof![
        3 => (types(), vec(name(), 0..4))
            .prop_map(|(types, key_fields)| RowShape::Record { types, key_fields }),
        1 => name().prop_map(RowShape::Value),
    ];
    let index = (name(), any::<bool>(), shape(), name())
        .prop_map(|(name, is_unique, key, source)| IndexShape { name, is_unique, key, source });
    (rows, name(), name(), any::<u8>(), shape(), vec(index, 0..4)).prop_map(
        |(rows, codec, format, key_encoding, key, indexes)| Description {
            rows,
            codec,
            format,
            key_encoding,
            key,
            indexes,
        },
    )
}

/// Any text is an error, or a schema whose text it is.
fn assert_is_law_abiding(text: &str) -> bool {
    match Description::parse(text) {
        Ok(description) => {
            assert_eq!(description.text(), text);
            true
        }
        Err(error) => {
            let line = text.split('\n').nth(error.line() - 1).unwrap_or_else(|| panic!("{error}"));
            assert!(error.column() <= line.chars().count() + 1, "{error}\n{text}");
            false
        }
    }
}

proptest! {
    #![proptest_config(Config { cases: 300, failure_persistence: None, ..Config::default() })]

    #[test]
    fn a_text_is_parsed_to_what_it_was_made_from(description in description()) {
        let text = description.text();
        assert_eq!(Description::parse(&text).as_ref(), Ok(&description), "{text}");
        // What seals the values is the text in front of the indexes.
        let layout = Description { indexes: vec![], ..description.clone() };
        assert!(text.starts_with(&layout.text()));
        assert_eq!(layout.layout_fingerprint(), description.layout_fingerprint());
    }

    #[test]
    fn any_text_is_a_schema_or_an_error(text in any::<String>()) {
        assert_is_law_abiding(&text);
    }
}

/// The descriptions of the types that the examples and tests share, of both codecs.
fn descriptions() -> Vec<Description> {
    let storage = Storage::in_memory().unwrap();
    let mut texts = vec![
        Airport::describe(),
        Country::describe(),
        Frequency::describe(),
        Navaid::describe(),
        Region::describe(),
        Runway::describe(),
        Reading::describe(),
        Creature::describe(),
        Everything::describe(),
        Player::describe(),
    ];
    // Tables of pairs, as the file has them.
    storage.new_rkyv_table::<(u64, String), Vec<u8>>("pairs").put((1, "a"), &vec![1]).unwrap();
    let row = storage.backend().get("$catalog", b"pairs", <[u8]>::to_vec).unwrap().unwrap();
    let text = str::from_utf8(&row[..row.len() - 6]).unwrap();
    texts.push(Description::parse(text).unwrap());
    texts
}

#[test]
fn the_schemas_that_are_shared_keep_the_law() {
    for description in descriptions() {
        let text = description.text();
        assert_eq!(Description::parse(&text), Ok(description), "{text}");
    }
}

/// Bytes changed, words moved, lines swapped, doubled and left out: an error, or a schema that has this very text.
#[test]
fn changed_texts_are_schemas_or_errors() {
    let texts: Vec<String> = descriptions().iter().map(Description::text).collect();
    let pieces: Vec<&str> =
        texts.iter().flat_map(|text| text.split_inclusive([' ', '\n'])).collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % u64::try_from(limit.max(1)).unwrap()).unwrap()
    };
    let mut accepted = 0;
    for _ in 0..40_000 {
        let text = &texts[below(texts.len())];
        let mut parts: Vec<String> = match below(3) {
            0 => text.chars().map(String::from).collect(),
            1 => text.split_inclusive(' ').map(str::to_owned).collect(),
            _ => text.split_inclusive('\n').map(str::to_owned).collect(),
        };
        for _ in 0..=below(3) {
            let at = below(parts.len());
            match below(5) {
                0 => drop(parts.remove(at)),
                1 => parts.insert(at, pieces[below(pieces.len())].to_owned()),
                2 => parts[at] = ["\"", "\\", "<", "(", " = ", "\n", "0", "é"][below(8)].to_owned(),
                3 => parts.insert(at, parts[at].clone()),
                _ => {
                    let other = below(parts.len());
                    parts.swap(at, other);
                }
            }
        }
        accepted += u32::from(assert_is_law_abiding(&parts.concat()));
    }
    println!("{accepted} of 40000 are schemas");
    assert!(accepted > 100, "too few: {accepted}");
}

fn reason(text: &str) -> (usize, usize, SchemaTextReason) {
    let error = Description::parse(text).expect_err(text);
    (error.line(), error.column(), error.reason().clone())
}

const HEAD: &str = "value = V\ncodec = rkyv\nformat = f\nkey encoding = 1\n";

#[test]
fn a_mistake_is_found_where_it_is() {
    let expected = |line, column, what: &str| {
        (line, column, SchemaTextReason::Expected { what: what.to_owned() })
    };
    for (text, reason_expected) in [
        ("", expected(1, 1, "`record = ` or `value = `")),
        ("record = airport\n", expected(1, 10, "the name of a type")),
        ("record = A\nkey = u8\n", expected(2, 1, "`codec = `")),
        ("record = A\nfile = x\n", (2, 1, unknown("file"))),
        ("value = V\ncodec = rkyv", expected(2, 13, "the end of the line")),
    ] {
        assert_eq!(reason(text), reason_expected);
    }
    for (tail, reason_expected) in [
        ("key = texts\n", expected(5, 7, "a type")),
        ("key = option<u8\n", expected(5, 16, "`>`")),
        ("key = (u8, )\n", expected(5, 12, "a type")),
        ("key = [u8; x]\n", expected(5, 12, "the length of an array")),
        ("key = [u8; 007]\n", expected(5, 1, "`key = [u8; 7]`")),
        ("key = \"Plain\"\n", expected(5, 1, "`key = Plain`")),
        ("key = opaque<\"a\\x\">\n", expected(5, 16, "a closing quote")),
        ("key = opaque<\"\\u{d800}\">\n", expected(5, 15, "the number of a character")),
        ("key = u8\nkey = u8\n", expected(6, 1, "an index, or the end")),
        ("key = u8\nfuture = 1\n", (6, 1, unknown("future"))),
        ("key = u8\nttl of x = 1 day\nindex i = u8 over x\n", (6, 1, unknown("ttl of x"))),
        ("key = u8\nfuture\n", expected(6, 1, "an index, or the end")),
        ("key = opaque<\"x\"; 1 byte>\n", expected(5, 20, "` bytes, aligned `")),
        ("key = u8\nindex i = u8 of x\n", expected(6, 13, "` over `")),
    ] {
        assert_eq!(reason(&format!("{HEAD}{tail}")), reason_expected);
    }
    let record = HEAD.replace("value = V", "record = R") + "key = u8\nkey fields = \n";
    for (tail, reason_expected) in [
        ("field a = u8, id 0\nfield b = u8\n", expected(8, 13, "`, id `")),
        ("field a = u8\nfield b = u8, id 0\n", expected(8, 13, "the end of the line")),
        ("field a = u8, id 65536\n", expected(7, 18, "the id of a field")),
        ("struct S = ()\nstruct S field a = u8\n", (8, 1, twice("S"))),
        ("struct R = ()\n", (7, 1, twice("R"))),
        ("enum E variant A = 1\nenum E variant A = 2\n", (8, 16, twice("A"))),
        (
            "enum E variant A field a = u8\nenum E variant B = ()\nenum E variant A = 1\n",
            (9, 16, twice("A")),
        ),
        ("archived = 8 bytes, aligned 8\narchived = 8 bytes, aligned 8\n", (8, 1, twice("R"))),
        ("archived = 8 bytes\n", expected(7, 13, "` bytes, aligned `")),
        ("archived S = x bytes, aligned 8\n", expected(7, 14, "the size of an archived type")),
        ("archived S = 8 bytes, aligned 8\nfield a = u8\n", expected(8, 1, "an index, or the end")),
        ("table T field a = u8\n", expected(7, 21, "`, id `")),
    ] {
        assert_eq!(reason(&format!("{record}{tail}")), reason_expected, "{tail}");
    }
}

fn unknown(subject: &str) -> SchemaTextReason {
    SchemaTextReason::UnknownLine { subject: subject.to_owned() }
}

fn twice(name: &str) -> SchemaTextReason {
    SchemaTextReason::Twice { name: name.to_owned() }
}

#[test]
fn depth_and_length_are_bounded() {
    let nested = |depth: usize| {
        let types = "option<".repeat(depth - 1) + "u8" + &">".repeat(depth - 1);
        format!("{HEAD}key = {types}\n")
    };
    assert!(assert_is_law_abiding(&nested(DEPTH_MAX)));
    let too_deep = SchemaTextReason::TooDeep { max: DEPTH_MAX };
    assert_eq!(reason(&nested(DEPTH_MAX + 1)).2, too_deep);
    // No stack is used up, and no memory, by what is opened and never closed.
    for open in ["option<", "(", "[", "map<", "box<(["] {
        assert_eq!(reason(&format!("{HEAD}key = {}", open.repeat(100_000))).2, too_deep);
    }
    let long = |len: usize| format!("value = {}\n", "x".repeat(len - 9));
    assert_eq!(reason(&long(TEXT_LEN_MAX)).0, 2);
    let len = TEXT_LEN_MAX + 1;
    assert_eq!(reason(&long(len)), (1, 1, SchemaTextReason::TooLong { len, max: TEXT_LEN_MAX }));
}

/// Types of the user's that are called as words of the language are.
mod own {
    #![allow(non_camel_case_types, reason = "what is tested")]
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::StoredType;

    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct string {
        pub(crate) list: u32,
    }

    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct Pair {
        pub(crate) a: String,
        pub(crate) b: string,
    }
}

mod swapped {
    use super::own::string;
    use rkyv::{Archive, Deserialize, Serialize};
    use storage::StoredType;

    #[derive(Archive, Serialize, Deserialize, StoredType)]
    pub(crate) struct Pair {
        pub(crate) a: string,
        pub(crate) b: String,
    }
}

#[test]
fn a_type_that_is_called_as_a_word_is_not_taken_for_it() {
    let fields = |types: &Types| match types.root() {
        Some(("Pair", Definition::Struct(fields))) => fields.clone(),
        other => panic!("{other:?}"),
    };
    let (plain, swapped) = (
        Types::of(CodecId::Rkyv, own::Pair::shape),
        Types::of(CodecId::Rkyv, swapped::Pair::shape),
    );
    let texts =
        |types| fields(types).iter().map(|field| field.shape.to_string()).collect::<Vec<_>>();
    assert_eq!(texts(&plain), ["string", "\"string\""]);
    assert_eq!(texts(&swapped), ["\"string\"", "string"]);
    assert_ne!(plain.fingerprint(), swapped.fingerprint());
    let _ = (
        own::Pair { a: String::new(), b: own::string { list: 0 } },
        swapped::Pair { a: own::string { list: 0 }, b: String::new() },
    );
}

/// A type by hand, nested more deeply than a text may say.
#[derive(Archive, Serialize, Deserialize)]
struct Deep(Vec<u8>);

impl StoredType for Deep {
    fn shape(_: &mut Shapes) -> Shape {
        (0..DEPTH_MAX).fold(Shape::Unit, |inner, _| Shape::List(Box::new(inner)))
    }
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "deep")]
struct Nested {
    #[store(key)]
    id: u8,
    deep: Deep,
}

#[test]
fn a_schema_that_could_not_be_read_is_not_written() {
    let storage = Storage::in_memory().unwrap();
    let table = Nested::table(&storage).unwrap();
    match table.put(&Nested { id: 1, deep: Deep(vec![1]) }).unwrap_err() {
        StorageError::SchemaText { table, reason, .. } => {
            assert_eq!(table, "deep");
            assert_eq!(*reason.reason(), SchemaTextReason::TooDeep { max: DEPTH_MAX });
        }
        other => panic!("{other:?}"),
    }
    assert!(storage.backend().get("$catalog", b"deep", |_| ()).unwrap().is_none());
}
