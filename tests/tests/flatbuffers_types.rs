//! Types of others as fields of FlatBuffers records: stored, loaded, viewed, projected, and what the `.fbs` calls them.

use smallvec::SmallVec;
use smol_str::SmolStr;
use std::{
    borrow::Cow, collections::VecDeque, fs, path::PathBuf, process::Command, rc::Rc, sync::Arc,
};
use storage::{Storage, StoredRecord, StoredType};
use tests::flat::encode;

/// Where flatc is, it accepts the schema, and packs the same bytes from its own text of them.
fn flatc_agrees(schema: &str, bytes: &[u8]) {
    let flatc = std::env::var_os("STORAGE_FLATC").unwrap_or_else(|| "flatc".into());
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("s.fbs"), schema).unwrap();
    fs::write(folder.path().join("v.bin"), bytes).unwrap();
    for arguments in [
        &["-t", "--raw-binary", "--strict-json", "s.fbs", "--", "v.bin"][..],
        &["-b", "s.fbs", "v.json"][..],
    ] {
        let mut command = Command::new(&flatc);
        let Ok(output) = command.args(arguments).current_dir(folder.path()).output() else {
            assert!(std::env::var("STORAGE_REQUIRE_FLATC").as_deref() != Ok("1"), "no flatc");
            return;
        };
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}\n{schema}");
    }
    assert_eq!(fs::read(folder.path().join("v.bin")).unwrap(), bytes, "{schema}");
}

/// A type that is stored, loaded and projected; the type of its field in the `.fbs`, and of a list of it.
macro_rules! field {
    ($name:ident: $ty:ty = $fbs:literal, $list:literal, $values:expr) => {
        #[test]
        fn $name() {
            #[derive(StoredRecord, Clone, Debug, PartialEq)]
            #[store(codec = "flatbuffers", table = "values")]
            struct Record {
                #[store(key)]
                id: u32,
                value: $ty,
                maybe: Option<$ty>,
                many: Vec<$ty>,
                last: u8,
            }
            let values: Vec<$ty> = $values.into();
            let record = |(id, value): (u32, &$ty)| Record {
                id,
                value: value.clone(),
                maybe: (id % 2 == 1).then(|| value.clone()),
                many: values.clone(),
                last: 7,
            };
            let records: Vec<_> = (1..).zip(&values).map(record).collect();
            let storage = Storage::in_memory().unwrap();
            let table = Record::table(&storage).unwrap();
            let f = Record::FIELDS;
            for record in &records {
                assert!(!table.put(record).unwrap());
                let loaded = table.load(record.id).unwrap();
                assert_eq!(loaded.as_ref(), Some(record));
                let value = table.project(record.id, f.value).unwrap();
                assert_eq!(value.as_ref(), Some(&record.value));
                let maybe = table.project(record.id, f.maybe).unwrap();
                assert_eq!(maybe.as_ref(), Some(&record.maybe));
                let many = table.project(record.id, f.many).unwrap();
                assert_eq!(many.as_ref(), Some(&record.many));
                let len = table.get(record.id, |view| view.many().len()).unwrap();
                assert_eq!(len, Some(record.many.len()));
            }
            assert!(table.verify().unwrap().is_empty());
            let fbs = Record::fbs();
            let value = format!("  value:{} (id: 1", $fbs);
            let many = format!("  many:[{}] (id: ", $list);
            assert!(fbs.contains(&value) && fbs.contains(&many), "{fbs}");
            for record in &records {
                flatc_agrees(&fbs, &encode(record));
            }
        }
    };
}

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

field! { boxed_text: Box<str> = "string", "string", ["".into(), "é".repeat(4_000).into()] }
field! { rc_text: Rc<str> = "string", "string", ["a".into()] }
field! { arc_text: Arc<str> = "string", "string", ["a".into(), "\0".into()] }
field! { cow: Cow<'static, str> = "string", "string", ["lent".into(), "owned".to_owned().into()] }
field! { smol: SmolStr = "string", "string", ["a".into(), "x".repeat(99).into()] }
field! { path: PathBuf = "string", "string", ["a/b".into(), "ü".into()] }
field! { boxed_number: Box<u64> = "ulong", "ulong", [Box::new(7)] }
field! { rc: Rc<i8> = "byte", "byte", [Rc::new(-7)] }
field! { arc: Arc<Weapon> = "Weapon", "Weapon", [Arc::new(weapon())] }
field! { boxed_union: Box<Action> = "Action", "ActionWrapper", [Box::new(Action::Rest)] }
field! { boxed_list: Box<Vec<u16>> = "[ushort]", "ListOfU16Wrapper", [Box::new(vec![1])] }
field! { boxed_slice: Box<[u16]> = "[ushort]", "ListOfU16Wrapper", [vec![1, 2].into()] }
field! { rc_slice: Rc<[u16]> = "[ushort]", "ListOfU16Wrapper", [[1, 2].into()] }
field! { arc_slice: Arc<[Weapon]> = "[Weapon]", "ListOfWeaponWrapper", [[weapon()].into()] }
field! { deque: VecDeque<u8> = "[ubyte]", "ListOfU8Wrapper", [VecDeque::from([3, 1])] }
field! {
    smallvec: SmallVec<[u32; 2]> = "[uint]", "ListOfU32Wrapper",
    [(0..1).collect::<SmallVec<_>>(), (0..9).collect()]
}
field! { bytes: bytes::Bytes = "[ubyte]", "ListOfU8Wrapper", [bytes::Bytes::from(vec![0, 255])] }
field! {
    lists: Vec<Vec<f32>> = "[ListOfF32Wrapper]", "ListOfListOfF32Wrapper",
    [vec![vec![1.5], vec![2.5, -0.5]]]
}
field! {
    lists_of_texts: Vec<Vec<String>> = "[ListOfStringWrapper]", "ListOfListOfStringWrapper",
    [vec![vec!["a".to_owned(), "b".to_owned()]], vec![vec![String::new()]]]
}
field! {
    unions: Vec<Action> = "[ActionWrapper]", "ListOfActionWrapper",
    [vec![Action::Rest, Action::Go { to: vec![1] }]]
}
field! {
    options: Vec<Option<u8>> = "[OptionOfU8Wrapper]", "ListOfOptionOfU8Wrapper",
    [vec![None, Some(0), Some(255)]]
}
field! {
    newtypes_of_options: Vec<Maybe> = "[OptionOfU8Wrapper]", "ListOfOptionOfU8Wrapper",
    [vec![Maybe(None), Maybe(Some(0))]]
}
field! {
    options_of_tables: Vec<Option<Weapon>> = "[OptionOfWeaponWrapper]",
    "ListOfOptionOfWeaponWrapper", [vec![None, Some(weapon())]]
}
field! {
    option_of_option: Option<Option<bool>> = "OptionOfBoolWrapper",
    "OptionOfOptionOfBoolWrapper", [None, Some(None), Some(Some(true))]
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
    assert!(error.to_string().contains("not UTF-8"), "{error}");
    assert_eq!(table.len().unwrap(), 0);
    table.put(&Record { id: 2, paths: vec!["a".into()] }).unwrap();
}
