//! Newtypes, tuple structs and variants that hold anything: flatc accepts their schema, and packs the same bytes.

use super::{flatc, run};
use std::fs;
use storage::{StoredRecord, StoredType};
use tests::flat::encode;

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct PostNr(i32);

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Pair(String, u8);

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
struct Nothing;

#[derive(StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct Point(f32, f64);

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Inner {
    No,
    Text(String),
}

#[derive(StoredType)]
#[store(codec = "flatbuffers")]
enum Value {
    Text(String),
    Count(u64),
    Hash([u8; 4]),
    Many(Vec<String>),
    Maybe(Option<u32>),
    Pair(String, u8),
    Held(Box<Pair>),
    Inner(Inner),
    Point(Point),
    Code(PostNr),
}

#[derive(StoredRecord)]
#[store(codec = "flatbuffers", table = "forms")]
struct Form {
    #[store(key)]
    id: u32,
    code: PostNr,
    codes: Vec<PostNr>,
    pair: Pair,
    nothing: Nothing,
    at: Point,
    value: Value,
}

fn forms() -> impl Iterator<Item = Form> {
    let values = [
        Value::Text("a".into()),
        Value::Count(7),
        Value::Hash(*b"hash"),
        Value::Many(vec!["b".into(), "c".into()]),
        Value::Maybe(Some(0)),
        Value::Maybe(None),
        Value::Pair("d".into(), 3),
        Value::Held(Box::new(Pair("e".into(), 4))),
        Value::Inner(Inner::No),
        Value::Inner(Inner::Text("f".into())),
        Value::Point(Point(0.5, -2.0)),
        Value::Code(PostNr(-1)),
    ];
    (1..).zip(values).map(|(id, value)| Form {
        id,
        code: PostNr(8050),
        codes: vec![PostNr(1), PostNr(2)],
        pair: Pair("p".into(), 1),
        nothing: Nothing,
        at: Point(1.5, 2.5),
        value,
    })
}

#[test]
fn flatc_packs_newtypes_tuples_and_payloads_as_the_derive_does() {
    let Some(flatc) = flatc() else { return };
    let folder = tempfile::tempdir().unwrap();
    storage::codec::write_fbs(folder.path(), &[Form::SCHEMA]).unwrap();
    for language in ["--cpp", "--python", "--ts", "--java", "--csharp", "--rust"] {
        run(&flatc, folder.path(), &[language, "--gen-object-api", "-o", "out", "form.fbs"]);
    }
    for form in forms() {
        let bytes = encode(&form);
        let file = folder.path().join("form.bin");
        fs::write(&file, &bytes).unwrap();
        run(
            &flatc,
            folder.path(),
            &["-t", "--raw-binary", "--strict-json", "form.fbs", "--", "form.bin"],
        );
        fs::remove_file(&file).unwrap();
        run(&flatc, folder.path(), &["-b", "form.fbs", "form.json"]);
        assert_eq!(fs::read(&file).unwrap(), bytes, "{}", form.id);
    }
}
