//! Newtypes, tuple structs and unit structs in FlatBuffers: a newtype is stored as what it holds.

use rkyv::{Archive, Deserialize, Serialize};
use storage::{Predicate as _, StoredKey, StoredRecord, StoredType};
use tests::{
    Scratch,
    flat::{decode, encode, view},
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, StoredType, StoredKey)]
#[store(codec = "flatbuffers")]
struct PostNr(i32);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, StoredType, StoredKey)]
#[store(codec = "flatbuffers")]
struct Name(String);

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Names(Vec<Name>);

/// A newtype of a newtype.
#[derive(Clone, Copy, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Home(PostNr);

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, StoredType)]
#[store(codec = "flatbuffers")]
enum Color {
    Red,
    Blue,
}

#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, StoredType)]
#[store(codec = "flatbuffers")]
struct Paint(Color);

#[derive(Clone, Copy, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Digest([u8; 4]);

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Boxed(Box<Weapon>);

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Weapon {
    damage: i16,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
enum Step {
    Rest,
    Go { to: PostNr },
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Next(Step);

#[derive(Clone, Copy, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Place(f32, f32, PostNr);

/// `fixed` asks for a struct, also of one field.
#[derive(Clone, Copy, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Degrees(f32);

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Pair(String, #[store(default = 7)] u16);

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
struct Nothing;

#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "letters")]
struct Letter {
    #[store(key)]
    post_nr: PostNr,
    #[store(index)]
    name: Name,
    #[store(index)]
    back: Option<PostNr>,
    via: Vec<PostNr>,
    #[store(index)]
    names: Vec<Name>,
    other_names: Names,
    row: [PostNr; 3],
    home: Home,
    #[store(default = Paint(Color::Blue))]
    paint: Paint,
    digest: Digest,
    boxed: Boxed,
    next: Next,
    maybe_next: Option<Next>,
    far: Box<Step>,
    place: Place,
    warm: Degrees,
    pair: Pair,
    pairs: Vec<Pair>,
    nothing: Nothing,
}

/// The same without newtypes.
#[derive(Clone, Debug, PartialEq, StoredRecord)]
#[store(codec = "flatbuffers", table = "letters")]
struct Plain {
    #[store(key)]
    post_nr: i32,
    name: String,
    back: Option<i32>,
    via: Vec<i32>,
    names: Vec<String>,
    other_names: Vec<String>,
    row: [i32; 3],
    home: i32,
    #[store(default = Color::Blue)]
    paint: Color,
    digest: [u8; 4],
    boxed: Weapon,
    next: Step,
    maybe_next: Option<Step>,
    far: Step,
    place: Place,
    warm: Degrees,
    pair: Pair,
    pairs: Vec<Pair>,
    nothing: Nothing,
}

fn letter() -> Letter {
    let name = |text: &str| Name(text.into());
    Letter {
        post_nr: PostNr(-5),
        name: name("Ann"),
        back: Some(PostNr(0)),
        via: vec![PostNr(1), PostNr(2)],
        names: vec![name("Bo"), name("Cy")],
        other_names: Names(vec![name("Di")]),
        row: [PostNr(7), PostNr(8), PostNr(9)],
        home: Home(PostNr(3)),
        paint: Paint(Color::Red),
        digest: Digest(*b"abcd"),
        boxed: Boxed(Box::new(Weapon { damage: 4 })),
        next: Next(Step::Go { to: PostNr(6) }),
        maybe_next: Some(Next(Step::Rest)),
        far: Box::new(Step::Rest),
        place: Place(1.5, -2.5, PostNr(10)),
        warm: Degrees(30.5),
        pair: Pair("left".into(), 7),
        pairs: vec![Pair(String::new(), 0)],
        nothing: Nothing,
    }
}

#[test]
fn a_newtype_has_the_bytes_and_the_schema_of_what_it_holds() {
    let bytes = encode(&letter());
    assert_eq!(decode::<Letter>(&bytes), letter());
    let plain = decode::<Plain>(&bytes);
    assert_eq!(encode(&plain), bytes);
    assert_eq!((plain.post_nr, plain.home, plain.row), (-5, 3, [7, 8, 9]));
    let schema = Letter::fbs();
    assert_eq!(schema.replace("Letter", "Plain"), Plain::fbs());
    for line in [
        "  post_nr:int (id: 0);\n",
        "  back:int = null (id: 2);\n",
        "  via:[int] (id: 3);\n",
        "  paint:Color = Blue (id: 8);\n",
        "table Pair {\n  _0:string (id: 0, required);\n  _1:ushort = 7 (id: 1);\n}",
        "struct Place {\n  _0:float;\n  _1:float;\n  _2:int;\n}",
        "struct Degrees {\n  _0:float;\n}",
        "table Nothing {\n}",
    ] {
        assert!(schema.contains(line), "{line} is not in\n{schema}");
    }
}

#[test]
fn a_view_is_that_of_the_content() {
    let bytes = encode(&letter());
    let view = view::<Letter>(&bytes);
    assert_eq!((view.post_nr(), view.name(), view.back()), (-5, "Ann", Some(0)));
    assert_eq!(view.via().iter().collect::<Vec<_>>(), [1, 2]);
    assert_eq!(view.names().get(1), Some("Cy"));
    assert_eq!(view.boxed().damage(), 4);
    assert_eq!((view.pair()._0(), view.pair()._1()), ("left", 7));
    assert_eq!((view.row(), view.place().2), (letter().row, PostNr(10)));
    let text = format!("{view:?}");
    for part in ["row: [7, 8, 9]", "place: Place { 0: 1.5, 1: -2.5, 2: 10 }", "next: Go { to: 6 }"]
    {
        assert!(text.contains(part), "{part} is not in {text}");
    }
}

#[test]
fn newtypes_are_keys_and_are_projected_filtered_and_indexed() {
    let scratch = Scratch::new();
    let table = Letter::table(&scratch.open()).unwrap();
    let other = Letter { post_nr: PostNr(2), back: None, name: Name("Eve".into()), ..letter() };
    table.put_stream([letter(), other.clone()]).unwrap();
    assert_eq!(table.load(PostNr(2)).unwrap(), Some(other));
    let a = Letter::FIELDS;
    let row = table.project(PostNr(-5), (a.name, a.back, a.via, a.row, a.paint, a.names)).unwrap();
    let Letter { name, back, via, row: of_letter, paint, names, .. } = letter();
    assert_eq!(row, Some((name, back, via, of_letter, paint, names)));
    let row = table.project(PostNr(-5), (a.pair, a.next, a.nothing, a.place)).unwrap();
    let Letter { pair, next, nothing, place, .. } = letter();
    assert_eq!(row, Some((pair, next, nothing, place)));
    let filter = a.name.ge(Name("B".into())).and(a.post_nr.gt(PostNr(0)));
    assert_eq!(table.iter().unwrap().filter(filter).count().unwrap(), 1);
    assert_eq!(table.by(Letter::INDEXES.name).count(Name("Ann".into())).unwrap(), 1);
    assert_eq!(table.by(Letter::INDEXES.back).count(PostNr(0)).unwrap(), 1);
    assert_eq!(table.by(Letter::INDEXES.names).count(Name("Cy".into())).unwrap(), 2);
    assert_eq!(table.verify().unwrap(), []);
}

/// In the format of rkyv a newtype is the struct that it is in Rust.
#[test]
fn a_newtype_may_belong_to_both_codecs() {
    #[derive(Clone, Debug, PartialEq, Archive, Serialize, Deserialize, StoredType)]
    #[store(codec = "rkyv, flatbuffers")]
    struct Both(u32);

    #[derive(Debug, PartialEq, Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "archived")]
    struct Archived {
        #[store(key)]
        id: u8,
        both: Both,
    }

    #[derive(Debug, PartialEq, StoredRecord)]
    #[store(codec = "flatbuffers", table = "flat")]
    struct Flat {
        #[store(key)]
        id: u8,
        both: Both,
    }

    let scratch = Scratch::new();
    let store = scratch.open();
    Archived::table(&store).unwrap().put(&Archived { id: 1, both: Both(2) }).unwrap();
    Flat::table(&store).unwrap().put(&Flat { id: 1, both: Both(2) }).unwrap();
    let project = Archived::table(&store).unwrap().project(1, Archived::FIELDS.both).unwrap();
    assert_eq!(project, Flat::table(&store).unwrap().project(1, Flat::FIELDS.both).unwrap());
}
