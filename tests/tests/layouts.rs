//! The layout that is computed from a schema is the one that the compiler has made; and a record of which it is not is
//! not opened, because its schema would not tell it from another.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use rkyv::{
    Archive, Archived, Deserialize, Place, Portable, Serialize, bytecheck::CheckBytes,
    rancor::Fallible,
};
use schemas::{
    airports::{Airport, Country, Frequency, Navaid, Region, Runway},
    beijing::Reading,
    player::Player,
};
use std::{
    collections::{BTreeMap, HashMap},
    thread,
};
use storage::{
    Storage, StorageError, StoredRecord, StoredType,
    codec::RkyvLayout,
    error::{Blame, LayoutError},
    schema::{
        self, ArchivedLayout, CodecId, Definition, Description, FieldShape, RowShape, Shape,
        Shapes, Types,
    },
    table::Row,
};

#[derive(Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv")]
struct Deep {
    a: u8,
    b: i128,
    c: [u16; 3],
    d: (bool, char, Option<f64>),
    e: Nothing,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Nothing;

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Newtype(String);

/// rkyv does not heed the integer.
#[derive(Archive, Serialize, Deserialize, StoredType)]
#[repr(i32)]
enum Gap {
    A = 3,
    B,
    C = 200,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
enum Kind {
    Idle,
    Work { floor: u8, code: String },
    Pair(u64, Option<String>),
    Far(Deep),
    Wide(#[store(opaque = "wide-v1")] HashMap<u8, u128>),
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Generic<T> {
    x: u8,
    t: T,
}

/// Neither the names nor the bounds change a layout, and a niche is only used by what asks for it.
#[derive(Archive, Serialize, Deserialize, StoredType)]
#[rkyv(archived = StoredNamed, resolver = NamedResolving, derive(Debug), attr(doc = "A name."))]
#[repr(C)]
struct Named {
    #[rkyv(attr(doc = "A number."))]
    x: u8,
    #[rkyv(niche)]
    #[store(opaque = "boxed-v1")]
    y: Box<u32>,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "sinks")]
struct Sink {
    #[store(key)]
    id: u64,
    flag: bool,
    short: i16,
    letter: char,
    float: f32,
    unit: (),
    text: String,
    #[expect(clippy::option_option, reason = "an option in an option has a layout of its own")]
    nested: Option<Option<u32>>,
    boxed: Box<Newtype>,
    bytes: Vec<u8>,
    kinds: Vec<Kind>,
    kind: Kind,
    gap: Gap,
    deep: Deep,
    map: BTreeMap<String, Vec<u32>>,
    array: [Option<String>; 3],
    #[store(opaque = "set-v1")]
    set: HashMap<u64, u8>,
    #[store(opaque = "nanos-v1")]
    #[rkyv(with = rkyv::with::AsBox, attr(doc = "Far away."))]
    far: u128,
    one: Generic<u8>,
    two: Generic<Option<i64>>,
    named: Named,
    last: u16,
}

/// The computed layout of `R` is the compiler's, field by field.
fn assert_is_computed<R: StoredRecord + Archive>() {
    let description = R::describe();
    let layout = RkyvLayout::of(&description).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(layout.archived, ArchivedLayout::of::<R::Archived>(), "{}", description.text());
    let places: Vec<_> = R::SCHEMA.fields().iter().map(|field| field.place().offset()).collect();
    assert_eq!(layout.offsets, places, "{}", description.text());
    assert_eq!(Description::parse(&description.text()).as_ref(), Ok(&description));
    R::table(&Storage::in_memory().unwrap()).unwrap();
}

#[test]
fn every_layout_is_computed() {
    assert_is_computed::<Sink>();
    assert_is_computed::<Airport>();
    assert_is_computed::<Country>();
    assert_is_computed::<Frequency>();
    assert_is_computed::<Navaid>();
    assert_is_computed::<Region>();
    assert_is_computed::<Runway>();
    assert_is_computed::<Reading>();
}

#[test]
fn the_text_states_sizes_and_alignments() {
    let text = Sink::describe().text();
    let of = |layout: ArchivedLayout| layout.to_string();
    let expected = [
        format!(
            "field set = opaque<\"set-v1\"; {}>",
            of(ArchivedLayout::of::<Archived<HashMap<u64, u8>>>())
        ),
        format!(
            "field far = opaque<\"nanos-v1\"; {}>",
            of(ArchivedLayout::of::<Archived<Box<u128>>>())
        ),
        format!("archived = {}", of(ArchivedLayout::of::<ArchivedSink>())),
        format!("archived Deep = {}", of(ArchivedLayout::of::<ArchivedDeep>())),
        format!("archived Kind = {}", of(ArchivedLayout::of::<ArchivedKind>())),
        format!("archived Named = {}", of(ArchivedLayout::of::<StoredNamed>())),
        "archived Nothing = 0 bytes, aligned 1".to_owned(),
        "archived Gap = 1 bytes, aligned 1".to_owned(),
    ];
    for line in expected {
        assert!(text.lines().any(|other| other == line), "`{line}` is missing in\n{text}");
    }
    // What has parameters is not known by itself, and what is no archive has none.
    assert!(!text.contains("archived Generic"), "{text}");
    assert!(!Player::describe().text().contains("archived"));
}

/// A type whose archive is written by hand, and is not what its fields make.
#[derive(StoredType)]
struct Wide {
    x: u8,
}

#[derive(Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C, align(4))]
struct StoredWide {
    x: u8,
}

impl Archive for Wide {
    type Archived = StoredWide;
    type Resolver = ();

    fn resolve(&self, (): (), out: Place<StoredWide>) {
        rkyv::munge::munge!(let StoredWide { x } = out);
        self.x.resolve((), x);
    }
}

impl<S: Fallible + ?Sized> Serialize<S> for Wide {
    fn serialize(&self, _: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}

impl<D: Fallible + ?Sized> Deserialize<Wide, D> for StoredWide {
    fn deserialize(&self, _: &mut D) -> Result<Wide, D::Error> {
        Ok(Wide { x: self.x })
    }
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "wides")]
struct Wides {
    #[store(key)]
    id: u64,
    wides: Vec<Wide>,
}

/// A record whose archive is written by hand and has the fields in another order.
#[derive(StoredRecord)]
#[store(codec = "rkyv", table = "swapped")]
struct Swapped {
    #[store(key)]
    a: u32,
    b: u32,
}

#[derive(Portable, CheckBytes)]
#[bytecheck(crate = rkyv::bytecheck)]
#[repr(C)]
struct StoredSwapped {
    b: Archived<u32>,
    a: Archived<u32>,
}

impl Archive for Swapped {
    type Archived = StoredSwapped;
    type Resolver = ();

    fn resolve(&self, (): (), out: Place<StoredSwapped>) {
        rkyv::munge::munge!(let StoredSwapped { b, a } = out);
        self.a.resolve((), a);
        self.b.resolve((), b);
    }
}

impl<S: Fallible + ?Sized> Serialize<S> for Swapped {
    fn serialize(&self, _: &mut S) -> Result<(), S::Error> {
        Ok(())
    }
}

impl<D: Fallible + ?Sized> Deserialize<Swapped, D> for StoredSwapped {
    fn deserialize(&self, _: &mut D) -> Result<Swapped, D::Error> {
        Ok(Swapped { a: self.a.to_native(), b: self.b.to_native() })
    }
}

/// A type by hand, whose shape says less than there is.
#[derive(Archive, Serialize, Deserialize)]
struct Hidden {
    x: u64,
}

impl StoredType for Hidden {
    fn shape(_: &mut Shapes) -> Shape {
        Shape::Scalar(schema::Scalar::U16)
    }
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "hidden")]
struct Hiding {
    #[store(key)]
    id: u64,
    hidden: Hidden,
    last: u8,
}

#[derive(Archive, Serialize, Deserialize, StoredType)]
struct Wrapped<T> {
    #[store(opaque = "list-v1")]
    list: Vec<T>,
}

#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "wrapping")]
struct Wrapping {
    #[store(key)]
    id: u64,
    wrapped: Wrapped<u8>,
}

fn refusal<R: StoredRecord>() -> (LayoutError, String) {
    let storage = Storage::in_memory().unwrap();
    let error = R::table(&storage).map(drop).unwrap_err();
    assert_eq!(error.blame(), Blame::Misuse);
    let text = error.to_string();
    assert!(text.starts_with(&format!("the records of table `{}` ", R::SCHEMA.table())), "{text}");
    // The verbs that open it elsewhere refuse it, too.
    storage.read().unwrap().table::<R>().map(drop).unwrap_err();
    storage.write(|txn| txn.table::<R>().map(drop)).unwrap_err();
    let StorageError::Layout { reason, .. } = error else { panic!("{text}") };
    (*reason, text)
}

#[test]
fn a_layout_that_the_schema_does_not_say_is_refused() {
    let (reason, text) = refusal::<Wides>();
    assert!(
        matches!(&reason, LayoutError::Archived { type_name, .. } if type_name == "Wide"),
        "{text}"
    );
    assert!(text.contains("`Wide` is archived as 4 bytes, aligned 4, "), "{text}");
    assert!(text.contains("by the rules of rkyv its fields make 1 bytes, aligned 1;"), "{text}");
    assert!(text.contains("keep the type in a field with `#[store(opaque ="), "{text}");
    let (reason, text) = refusal::<Hiding>();
    assert!(
        matches!(&reason, LayoutError::Archived { type_name, .. } if type_name == "Hiding"),
        "{text}"
    );
    let (reason, text) = refusal::<Wrapping>();
    assert!(matches!(&reason, LayoutError::Opaque { name, .. } if name == "list-v1"), "{text}");
    let (reason, text) = refusal::<Swapped>();
    assert!(
        matches!(&reason, LayoutError::Offset { field, computed: 0, compiled: 4, .. } if field == "a"),
        "{text}"
    );
}

const FORMAT: &str = "rkyv-0.8 little-endian pointer-32 aligned";

/// A record of one field, and types it may be made of.
fn record(shape: Shape, others: Vec<(String, Definition)>) -> Description {
    let field = FieldShape { name: "a".to_owned(), shape, slot: None };
    let root = vec![("R".to_owned(), Definition::Struct(vec![field]))];
    Description {
        rows: RowShape::Record {
            types: Types::new([root, others].concat(), None),
            key_fields: vec![],
        },
        codec: CodecId::Rkyv.to_string(),
        format: FORMAT.to_owned(),
        key_encoding: 1,
        key: Shape::Unit,
        indexes: vec![],
    }
}

#[test]
fn what_no_type_can_be_is_an_error() {
    let named = |name: &str| Shape::Named(name.to_owned());
    let chain = |len: usize| {
        let link = |at: usize| {
            let shape = if at == len { Shape::Unit } else { named(&format!("T{}", at + 1)) };
            let field = FieldShape { name: "a".to_owned(), shape, slot: None };
            (format!("T{at}"), Definition::Struct(vec![field]))
        };
        record(named("T1"), (1..=len).map(link).collect())
    };
    let byte = || Box::new(Shape::Scalar(schema::Scalar::U8));
    let large = Shape::Array(byte(), usize::MAX);
    // On a thread with half of the usual stack.
    let deep = chain(200);
    let computed = thread::Builder::new()
        .stack_size(1 << 20)
        .spawn(move || RkyvLayout::of(&deep).is_ok())
        .unwrap();
    assert!(computed.join().unwrap());
    for (description, expected) in [
        (
            chain(50_000),
            "types lie more than 256 levels inside one another; put a `Box` between".to_owned(),
        ),
        (record(named("R"), vec![]), "`R` contains itself; put a `Box` between".to_owned()),
        (record(Shape::Option(Box::new(large.clone())), vec![]), LayoutError::TooLarge.to_string()),
        (record(Shape::Array(Box::new(large), 2), vec![]), LayoutError::TooLarge.to_string()),
    ] {
        assert_eq!(RkyvLayout::of(&description).unwrap_err().to_string(), expected);
    }
    for holder in [schema::Generic::Set, schema::Generic::HashSet, schema::Generic::HashMap] {
        let of_itself = Shape::Generic(holder, vec![named("R"); holder.arity()]);
        assert!(RkyvLayout::of(&record(of_itself, vec![])).is_ok(), "it lies elsewhere");
    }
    for shape in [named("X"), Shape::Bytes, Shape::Opaque("x".to_owned(), None)] {
        RkyvLayout::of(&record(shape, vec![])).unwrap_err();
    }
    let aligned = |align| Shape::Opaque("x".to_owned(), Some(ArchivedLayout { size: 1, align }));
    assert!(RkyvLayout::of(&record(aligned(0), vec![])).is_err());
    assert!(RkyvLayout::of(&record(aligned(usize::MAX), vec![])).is_ok());
    let format = "rkyv-0.9 little-endian pointer-32 aligned".to_owned();
    let newer = Description { format, ..record(Shape::Unit, vec![]) };
    assert!(matches!(RkyvLayout::of(&newer), Err(LayoutError::Format { .. })));
}

/// What a shape makes in the formats of `FORMATS`, size and alignment; where there is one, all have it.
const SHAPES: [(&str, &[(usize, usize)]); 34] = [
    ("()", &[(0, 1)]),
    ("bool", &[(1, 1)]),
    ("u16", &[(2, 2), (2, 2), (2, 2), (2, 1)]),
    ("char", &[(4, 4), (4, 4), (4, 4), (4, 1)]),
    ("f64", &[(8, 8), (8, 8), (8, 8), (8, 1)]),
    ("i128", &[(16, 16), (16, 16), (16, 16), (16, 1)]),
    ("nonzero<u32>", &[(4, 4), (4, 4), (4, 4), (4, 1)]),
    ("string", &[(8, 4), (4, 2), (16, 8), (8, 1)]),
    ("list<u64>", &[(8, 4), (4, 2), (16, 8), (8, 1)]),
    ("box<u128>", &[(4, 4), (2, 2), (8, 8), (4, 1)]),
    ("box<str>", &[(8, 4), (4, 2), (16, 8), (8, 1)]),
    ("box<slice<u64>>", &[(8, 4), (4, 2), (16, 8), (8, 1)]),
    ("map<u8, u64>", &[(8, 4), (4, 2), (16, 8), (8, 1)]),
    ("set<u64>", &[(8, 4), (4, 2), (16, 8), (8, 1)]),
    ("hashmap<u8, u64>", &[(12, 4), (6, 2), (24, 8), (12, 1)]),
    ("hashset<u64>", &[(12, 4), (6, 2), (24, 8), (12, 1)]),
    ("indexmap<u8, u64>", &[(16, 4), (8, 2), (32, 8), (16, 1)]),
    ("option<bool>", &[(2, 1)]),
    ("option<u64>", &[(16, 8), (16, 8), (16, 8), (9, 1)]),
    ("option<box<u8>>", &[(8, 4), (4, 2), (16, 8), (5, 1)]),
    ("option<option<u32>>", &[(12, 4), (12, 4), (12, 4), (6, 1)]),
    ("[u16; 3]", &[(6, 2), (6, 2), (6, 2), (6, 1)]),
    ("(u8, u32, u8)", &[(12, 4), (12, 4), (12, 4), (6, 1)]),
    ("result<u8, u64>", &[(16, 8), (16, 8), (16, 8), (9, 1)]),
    ("range<u16>", &[(4, 2), (4, 2), (4, 2), (4, 1)]),
    ("Pair", &[(8, 4), (8, 4), (8, 4), (5, 1)]),
    ("Choice", &[(16, 8), (16, 8), (16, 8), (9, 1)]),
    ("Plain", &[(1, 1)]),
    ("ip", &[(17, 1)]),
    ("socketv4", &[(6, 2), (6, 2), (6, 2), (6, 1)]),
    ("socketv6", &[(28, 4), (28, 4), (28, 4), (26, 1)]),
    ("socket", &[(32, 4), (32, 4), (32, 4), (27, 1)]),
    ("duration", &[(16, 8), (16, 8), (16, 8), (12, 1)]),
    ("opaque<\"x-1\"; 3 bytes, aligned 1>", &[(3, 1)]),
];

const FORMATS: [&str; 4] =
    ["pointer-32 aligned", "pointer-16 aligned", "pointer-64 aligned", "pointer-32 unaligned"];

/// The compiler makes one format only, and files have any.
#[test]
fn every_shape_has_its_layout_in_every_format() {
    for (shape, layouts) in SHAPES {
        for (number, format) in FORMATS.into_iter().enumerate() {
            let (size, align) = layouts[number.min(layouts.len() - 1)];
            let text = format!(
                "record = R\ncodec = rkyv\nformat = rkyv-0.8 little-endian {format}\n\
                 key encoding = 1\nkey = ()\nkey fields = \n\
                 field a = u8\nfield b = {shape}\nfield c = u8\n\
                 struct Pair field x = u8\nstruct Pair field y = u32\n\
                 enum Choice variant A = ()\nenum Choice variant B field 0 = u64\n\
                 enum Plain variant A = ()\nenum Plain variant B = ()\n"
            );
            let description = Description::parse(&text).unwrap();
            let RkyvLayout { archived, offsets, .. } = RkyvLayout::of(&description).unwrap();
            assert_eq!(offsets, [0, align, align + size], "{shape}, {format}");
            let whole = (align + size + 1).next_multiple_of(align);
            assert_eq!((archived.size, archived.align), (whole, align), "{shape}, {format}");
        }
    }
}
