//! Real FlatBuffers of other programs, read through tables of derived types.

#![expect(clippy::approx_constant, reason = "a default of the schema")]

use std::{fs, path::Path};
use storage::{StorageError, StoredType};
use tests::{
    Scratch,
    flat::{decode, encode, try_view},
    shared_data,
};

#[derive(Clone, Copy, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
enum GeometryType {
    Unknown,
    Point,
    LineString,
    Polygon,
    MultiPoint,
    MultiLineString,
    MultiPolygon,
}

/// A feature of `feature.fbs`.
#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Feature {
    geometry: Option<Geometry>,
    properties: Vec<u8>,
    columns: Option<Vec<Column>>,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Geometry {
    ends: Option<Vec<u32>>,
    xy: Option<Vec<f64>>,
    z: Option<Vec<f64>>,
    m: Option<Vec<f64>>,
    t: Option<Vec<f64>>,
    tm: Option<Vec<u64>>,
    kind: GeometryType,
    parts: Option<Vec<Geometry>>,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Column {
    name: String,
    kind: u8,
    title: Option<String>,
    description: Option<String>,
    #[store(default = -1)]
    width: i32,
}

fn u32_at(bytes: &[u8], at: usize) -> usize {
    u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize
}

/// The features of a file: behind the magic number, the header and the index, each with its length before it.
fn features(file: &[u8]) -> Vec<&[u8]> {
    let header_len = u32_at(file, 8);
    let header = &file[12..12 + header_len];
    // `features_count` and `index_node_size` are the fields 8 and 9 of the header.
    let root = u32_at(header, 0);
    let vtable = root - u32_at(header, root);
    let field = |id: usize| {
        let len = usize::from(u16::from_le_bytes(header[vtable..vtable + 2].try_into().unwrap()));
        let at = vtable + 4 + 2 * id;
        let offset = if 4 + 2 * id < len { &header[at..at + 2] } else { &[0, 0][..] };
        Some(usize::from(u16::from_le_bytes(offset.try_into().unwrap()))).filter(|o| *o > 0)
    };
    let count = field(8).map_or(0, |o| u32_at(header, root + o));
    let node_size = field(9).map_or(16, |o| usize::from(header[root + o]));
    let mut nodes = 0;
    if node_size > 0 && count > 0 {
        let mut level = count;
        nodes = count;
        while level > 1 || nodes == count {
            level = level.div_ceil(node_size);
            nodes += level;
        }
    }
    let mut at = 12 + header_len + nodes * 40;
    let mut features = Vec::new();
    while at < file.len() {
        let len = u32_at(file, at);
        features.push(&file[at + 4..at + 4 + len]);
        at += 4 + len;
    }
    assert_eq!(at, file.len());
    features
}

/// The text of a property: the number of its column in two bytes, its length in four, itself; and what follows.
fn property(properties: &[u8]) -> (&str, &[u8]) {
    let (text, rest) = properties[6..].split_at(u32_at(properties, 2));
    (std::str::from_utf8(text).unwrap(), rest)
}

/// The first number of coordinates nested in any depth.
fn first_number(value: &serde_json::Value) -> f64 {
    value.as_f64().unwrap_or_else(|| first_number(&value[0]))
}

#[test]
fn features_of_flatgeobuf_are_read_with_the_right_values() {
    let Some(folder) = shared_data("flatbuffers/flatgeobuf") else { return };
    let scratch = Scratch::new();
    let storage = scratch.open();
    let files = [
        ("countries", 179),
        ("topp_states", 49),
        ("countries_nogeo", 179),
        ("alldatatypes", 1),
        ("unknown_feature_count", 1),
        ("empty", 0),
    ];
    for (file, count) in files {
        let table = storage.new_flatbuffers_table::<u64, Feature>(file);
        let bytes = fs::read(folder.join(format!("{file}.fgb"))).unwrap();
        let features = features(&bytes);
        assert_eq!(features.len(), count, "{file}");
        for (number, feature) in (0..).zip(&features) {
            table.put_bytes(number, feature).unwrap();
        }
        for number in 0..count as u64 {
            // Written again, it is the same value.
            let feature = table.load(number).unwrap().unwrap();
            assert_eq!(decode::<Feature>(&encode(&feature)), feature);
        }
    }
    let text = fs::read_to_string(folder.join("countries.geojson")).unwrap();
    let expected: serde_json::Value = serde_json::from_str(&text).unwrap();
    let table = storage.new_flatbuffers_table::<u64, Feature>("countries");
    let mut found: Vec<(String, f64)> = table
        .scan(|_, feature| {
            let geometry = feature.geometry().unwrap();
            let parts = geometry.parts().map(|parts| parts.get(0).unwrap());
            let xy = geometry.xy().or_else(|| parts.unwrap().xy()).unwrap();
            let (_id, rest) = property(feature.properties().as_bytes());
            let (name, _) = property(rest);
            Some((name.to_owned(), xy.get(0).unwrap()))
        })
        .unwrap();
    let features = expected["features"].as_array().unwrap();
    let of = |feature: &serde_json::Value| {
        let name = feature["properties"]["name"].as_str().unwrap().to_owned();
        (name, first_number(&feature["geometry"]["coordinates"]))
    };
    let mut expected: Vec<(String, f64)> = features.iter().map(of).collect();
    let by_name = |a: &(String, f64), b: &(String, f64)| a.partial_cmp(b).unwrap();
    found.sort_by(by_name);
    expected.sort_by(by_name);
    assert_eq!(found, expected);
}

#[derive(Clone, Copy, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
#[repr(i8)]
enum Food {
    None,
    Apple,
    Banana,
    Kiwi,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Baz {
    #[store(default = Food::Banana)]
    meal: Food,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Bar {
    #[store(default = 3.14)]
    a: f64,
    #[store(default = 1.68)]
    b: f32,
    c: Option<Baz>,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
enum BarBaz {
    Bar(Bar),
    Baz(Baz),
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Tolerance {
    width: u8,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Dimension {
    values: [i32; 3],
    tolerances: [Tolerance; 3],
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Building {
    floors: i32,
    doors: i32,
    windows: i32,
    dimensions: Dimension,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Location {
    latitude: f64,
    longitude: f64,
}

/// The table of `annotated_binary.fbs`; what a derive has no form for is passed over: vectors of unions, and unions of
/// structs.
#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", file_identifier = "ANNO")]
#[expect(clippy::duplicated_attributes, reason = "several fields are passed over")]
#[store(removed(id = 19, name = "foobars_type", ty = "Vec<u8>"))]
#[store(removed(id = 20, name = "foobars", ty = "Vec<u8>"))]
#[store(removed(id = 21, name = "measurement_type", ty = "u8"))]
#[store(removed(id = 22, name = "measurement", ty = "u8"))]
#[store(removed(id = 23, name = "anything_type", ty = "u8"))]
#[store(removed(id = 24, name = "anything", ty = "u8"))]
struct Foo {
    counter: i32,
    healthy: bool,
    #[store(default = 99)]
    level: i64,
    #[store(default = Food::Apple)]
    meal: Food,
    bar: Option<Bar>,
    home: Option<Building>,
    name: Option<String>,
    bars: Option<Vec<Bar>>,
    bar_baz: Option<BarBaz>,
    accounts: Option<Vec<u16>>,
    bob: Option<String>,
    alice: Option<String>,
    maybe_i32: Option<i32>,
    #[store(default = 42)]
    default_i32: i32,
    just_i32: i32,
    names: Option<Vec<String>>,
    points_of_interest: Option<Vec<Location>>,
    #[store(default = 98.6)]
    temperature: f32,
    teetotaler: Option<Bar>,
    charlie: Option<String>,
}

#[test]
fn the_annotated_buffer_is_read_and_its_22_corruptions_never_panic() {
    let Some(folder) = shared_data("flatbuffers/google/tests/annotated_binary") else { return };
    let bytes = fs::read(folder.join("annotated_binary.bin")).unwrap();
    let foo: Foo = decode(&bytes);
    let text = fs::read_to_string(folder.join("annotated_binary.json")).unwrap_or_default();
    assert_eq!(
        (foo.counter, foo.healthy, foo.level, foo.meal),
        (1234, true, 99, Food::Banana),
        "{text}"
    );
    assert_eq!(
        foo.home.as_ref().map(|home| (home.doors, home.dimensions.values)),
        Some((2, [10, 12, 20]))
    );
    assert_eq!(foo.charlie.as_deref(), Some("alice"));
    let Some(BarBaz::Baz(_) | BarBaz::Bar(_)) = foo.bar_baz else { panic!("{foo:?}") };
    let scratch = Scratch::new();
    let table = scratch.open().new_flatbuffers_table::<u64, Foo>("foos");
    let (mut tried, mut refused) = (0, 0);
    for entry in fs::read_dir(folder.join("tests")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "bin") {
            continue;
        }
        tried += 1;
        match table.put_bytes(tried, &fs::read(&path).unwrap()) {
            Ok(_) => drop(table.load(tried).unwrap().unwrap()),
            Err(StorageError::Serialization(_)) => refused += 1,
            Err(other) => panic!("{}: {other:?}", name(&path)),
        }
    }
    assert_eq!(tried, 22);
    assert!(refused >= 10, "{refused} of {tried}");
}

fn name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

mod v1 {
    //! `evolution_v1.fbs`, without what v2 changed the type of.

    use storage::StoredType;

    #[derive(Clone, Debug, PartialEq, StoredType)]
    #[store(codec = "flatbuffers")]
    pub(crate) struct TableA {
        pub(crate) a: f32,
        pub(crate) b: i32,
    }

    #[derive(Clone, Debug, PartialEq, StoredType)]
    #[store(codec = "flatbuffers")]
    pub(crate) enum Union {
        TableA(TableA),
    }

    #[derive(Clone, Debug, PartialEq, StoredType)]
    #[store(codec = "flatbuffers")]
    pub(crate) struct Root {
        pub(crate) a: i32,
        pub(crate) b: bool,
        pub(crate) c: Option<Union>,
        pub(crate) e: Option<TableA>,
        pub(crate) g: Vec<i32>,
        #[store(default = 1234)]
        pub(crate) i: i32,
    }
}

mod v2 {
    //! `evolution_v2.fbs` likewise: a field swapped, one removed, some added.

    use storage::StoredType;

    #[derive(Clone, Debug, PartialEq, StoredType)]
    #[store(codec = "flatbuffers")]
    pub(crate) struct TableA {
        #[store(id = 1)]
        pub(crate) b: i32,
        #[store(id = 0)]
        pub(crate) a: f32,
        #[store(id = 2)]
        pub(crate) c: Option<String>,
    }

    #[derive(Clone, Debug, PartialEq, StoredType)]
    #[store(codec = "flatbuffers")]
    pub(crate) enum Union {
        TableA(TableA),
        TableC { a: f64 },
    }

    #[derive(Clone, Debug, PartialEq, StoredType)]
    #[store(codec = "flatbuffers", removed(id = 0, name = "a", ty = "i32"))]
    pub(crate) struct Root {
        pub(crate) b: bool,
        pub(crate) c: Option<Union>,
        pub(crate) e: Option<TableA>,
        pub(crate) g: Vec<i32>,
        #[store(default = 1234)]
        pub(crate) i: i32,
        pub(crate) k: Option<TableA>,
        #[store(default = 56)]
        pub(crate) l: u8,
    }
}

#[test]
fn two_versions_of_a_schema_read_each_other() {
    let a = v1::TableA { a: 1.5, b: 2 };
    let union = Some(v1::Union::TableA(a.clone()));
    let old = v1::Root { a: 7, b: true, c: union, e: Some(a), g: vec![1, 2], i: 1234 };
    let read: v2::Root = decode(&encode(&old));
    let a = v2::TableA { a: 1.5, b: 2, c: None };
    let union = Some(v2::Union::TableA(a.clone()));
    let new =
        v2::Root { b: true, c: union, e: Some(a.clone()), g: vec![1, 2], i: 1234, k: None, l: 56 };
    assert_eq!(read, new);
    let read: v1::Root = decode(&encode(&v2::Root { k: Some(a), l: 1, ..new.clone() }));
    assert_eq!(read, v1::Root { a: 0, ..old });
    // A variant that the old version does not have is refused, not misread.
    let unknown = v2::Root { c: Some(v2::Union::TableC { a: 1.0 }), ..new };
    let error = try_view::<v1::Root>(&encode(&unknown)).unwrap_err().to_string();
    assert!(error.contains("`c`: unknown enum variant"), "{error}");
}
