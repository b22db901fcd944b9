//! Types of others as fields of FlatBuffers records: stored, loaded, viewed, projected, and what the `.fbs` calls them.

use arrayvec::ArrayVec;
use smallvec::SmallVec;
use smol_str::SmolStr;
use std::{borrow::Cow, collections::VecDeque, num::NonZero, path::PathBuf, rc::Rc, sync::Arc};
use storage::{Storage, StoredRecord, StoredType};
use tests::{
    flat::{encode, try_view},
    flat_field,
};

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Weapon {
    name: Arc<str>,
    damage: i16,
}

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
enum Action {
    Rest,
    Go { to: Vec<u8> },
}

#[derive(StoredType, Clone, Debug, PartialEq)]
#[store(codec = "flatbuffers")]
struct Maybe(Option<u8>);

fn weapon() -> Weapon {
    Weapon { name: "axe".into(), damage: -1 }
}

flat_field! { boxed_text: Box<str> = "string", "string", ["".into(), "é".repeat(4_000).into()] }
flat_field! { rc_text: Rc<str> = "string", "string", ["a".into()] }
flat_field! { arc_text: Arc<str> = "string", "string", ["a".into(), "\0".into()] }
flat_field! { cow: Cow<'static, str> = "string", "string", ["lent".into(), "owned".to_owned().into()] }
flat_field! { smol: SmolStr = "string", "string", ["a".into(), "x".repeat(99).into()] }
flat_field! { path: PathBuf = "string", "string", ["a/b".into(), "ü".into()] }
flat_field! { boxed_number: Box<u64> = "ulong", "ulong", [Box::new(7)] }
flat_field! { rc: Rc<i8> = "byte", "byte", [Rc::new(-7)] }
flat_field! { arc: Arc<Weapon> = "Weapon", "Weapon", [Arc::new(weapon())] }
flat_field! { boxed_union: Box<Action> = "Action", "ActionWrapper", [Box::new(Action::Rest)] }
flat_field! { boxed_list: Box<Vec<u16>> = "[ushort]", "ListOfU16Wrapper", [Box::new(vec![1])] }
flat_field! { boxed_slice: Box<[u16]> = "[ushort]", "ListOfU16Wrapper", [vec![1, 2].into()] }
flat_field! { rc_slice: Rc<[u16]> = "[ushort]", "ListOfU16Wrapper", [[1, 2].into()] }
flat_field! { arc_slice: Arc<[Weapon]> = "[Weapon]", "ListOfWeaponWrapper", [[weapon()].into()] }
flat_field! { cow_list: Cow<'static, [u16]> = "[ushort]", "ListOfU16Wrapper", [vec![1, 2].into()] }
flat_field! { deque: VecDeque<u8> = "[ubyte]", "ListOfU8Wrapper", [VecDeque::from([3, 1])] }
flat_field! {
    smallvec: SmallVec<[u32; 2]> = "[uint]", "ListOfU32Wrapper",
    [(0..1).collect::<SmallVec<_>>(), (0..9).collect()]
}
flat_field! { bytes: bytes::Bytes = "[ubyte]", "ListOfU8Wrapper", [bytes::Bytes::from(vec![0, 255])] }
flat_field! {
    lists: Vec<Vec<f32>> = "[ListOfF32Wrapper]", "ListOfListOfF32Wrapper",
    [vec![vec![1.5], vec![2.5, -0.5]]]
}
flat_field! {
    lists_of_texts: Vec<Vec<String>> = "[ListOfStringWrapper]", "ListOfListOfStringWrapper",
    [vec![vec!["a".to_owned(), "b".to_owned()]], vec![vec![String::new()]]]
}
flat_field! {
    unions: Vec<Action> = "[ActionWrapper]", "ListOfActionWrapper",
    [vec![Action::Rest, Action::Go { to: vec![1] }]]
}
flat_field! {
    options: Vec<Option<u8>> = "[OptionOfU8Wrapper]", "ListOfOptionOfU8Wrapper",
    [vec![None, Some(0), Some(255)]]
}
flat_field! {
    newtypes_of_options: Vec<Maybe> = "[OptionOfU8Wrapper]", "ListOfOptionOfU8Wrapper",
    [vec![Maybe(None), Maybe(Some(0))]]
}
flat_field! {
    options_of_tables: Vec<Option<Weapon>> = "[OptionOfWeaponWrapper]",
    "ListOfOptionOfWeaponWrapper", [vec![None, Some(weapon())]]
}
flat_field! {
    option_of_option: Option<Option<bool>> = "OptionOfBoolWrapper",
    "OptionOfOptionOfBoolWrapper", [None, Some(None), Some(Some(true))]
}

flat_field! {
    array_of_texts: [String; 3] = "[string]", "Stringx3Wrapper",
    [["a".to_owned(), String::new(), "c".to_owned()]]
}
flat_field! {
    array_of_options: [Option<u32>; 4] = "[OptionOfU32Wrapper]", "OptionOfU32x4Wrapper",
    [[None, Some(0), Some(u32::MAX), None]]
}
flat_field! {
    array_of_arrays: [[f32; 3]; 2] = "[F32x3]", "F32x3x2Wrapper", [[[0.5, -1.5, f32::MAX], [0.0; 3]]]
}
flat_field! {
    array_of_tables: [Weapon; 1] = "[Weapon]", "Weaponx1Wrapper", [[weapon()]]
}
flat_field! {
    array_of_tuples: [(u8, i8); 2] = "[TupleOfU8AndI8]", "TupleOfU8AndI8x2Wrapper", [[(1, -1), (0, 0)]]
}
flat_field! {
    array_of_lists: [Vec<u8>; 2] = "[ListOfU8Wrapper]", "ListOfU8x2Wrapper", [[vec![], vec![1]]]
}
flat_field! { array_of_nothing: [String; 0] = "[string]", "Stringx0Wrapper", [[]] }
flat_field! {
    array_of_unions: [Action; 2] = "[ActionWrapper]", "Actionx2Wrapper",
    [[Action::Rest, Action::Go { to: vec![1] }]]
}
flat_field! { few: ArrayVec<u8, 4> = "[ubyte]", "ListOfU8Wrapper", [ArrayVec::from_iter([1, 2])] }
flat_field! {
    word: NonZero<usize> = "ulong", "ulong", [NonZero::<usize>::MIN, NonZero::<usize>::MAX]
}

/// As many elements as the type says, whatever another program has written.
#[test]
fn a_list_of_another_length_than_its_type_is_refused() {
    #[derive(StoredType)]
    #[store(codec = "flatbuffers")]
    struct Any {
        names: Vec<String>,
    }
    #[derive(StoredType, Debug)]
    #[store(codec = "flatbuffers")]
    struct Three {
        names: [String; 3],
    }
    #[derive(StoredType, Debug)]
    #[store(codec = "flatbuffers")]
    struct UpToThree {
        names: ArrayVec<String, 3>,
    }
    let any = |count| encode(&Any { names: vec!["a".to_owned(); count] });
    let wrong = "`names`: the list has more or fewer elements than its type allows";
    for count in 0..6 {
        let bytes = any(count);
        let exact = try_view::<Three>(&bytes).map(|view| view.names().len());
        let bounded = try_view::<UpToThree>(&bytes).map(|view| view.names().len());
        assert_eq!(exact.is_ok(), count == 3, "{exact:?}");
        assert_eq!(bounded.is_ok(), count <= 3, "{bounded:?}");
        for error in exact.err().into_iter().chain(bounded.err()) {
            assert!(error.to_string().contains(wrong), "{error}");
        }
    }
    let line = "  /// Always 3 elements.\n  names:[string] (id: 0, required);\n";
    assert!(Three::fbs().contains(line), "{}", Three::fbs());
}

#[test]
fn elements_without_a_list_form_are_read_in_place() {
    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "values")]
    struct Record {
        #[store(key)]
        id: u32,
        rows: Vec<Vec<String>>,
        maybe: Vec<Option<u8>>,
    }
    let storage = Storage::in_memory().unwrap();
    let table = Record::table(&storage).unwrap();
    let rows = vec![vec![], vec!["a".to_owned(), "b".to_owned()]];
    table.put(&Record { id: 1, rows, maybe: vec![None, Some(0)] }).unwrap();
    let found = table.get(1, |view| {
        let cell = view.rows().get(1).and_then(|row| row.get(1)).map(str::to_owned);
        let maybe: Vec<Option<u8>> = view.maybe().iter().collect();
        (cell, maybe, format!("{:?}", view.rows()))
    });
    let expected = (Some("b".to_owned()), vec![None, Some(0)], r#"[[], ["a", "b"]]"#.to_owned());
    assert_eq!(found.unwrap(), Some(expected));
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_is_refused() {
    use std::os::unix::ffi::OsStringExt as _;
    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "values")]
    struct Record {
        #[store(key)]
        id: u32,
        paths: Vec<PathBuf>,
    }
    let storage = Storage::in_memory().unwrap();
    let table = Record::table(&storage).unwrap();
    let path = std::ffi::OsString::from_vec(vec![b'a', 0xff]);
    let error = table.put(&Record { id: 1, paths: vec![path.into()] }).unwrap_err();
    let text = error.to_string();
    assert!(text.starts_with("cannot write key 1 of table `values`: "), "{text}");
    assert!(text.contains("`paths`: the text is not UTF-8"), "{text}");
    assert_eq!(table.len().unwrap(), 0);
    table.put(&Record { id: 2, paths: vec!["a".into()] }).unwrap();
}
