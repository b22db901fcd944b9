//! One type as a field of a FlatBuffers record: stored, loaded, viewed, projected, in the `.fbs`, and packed by flatc.

use std::{fs, process::Command};

/// Where flatc is, it accepts the schema, and packs the same bytes from its own text of them.
pub fn flatc_agrees(schema: &str, bytes: &[u8]) {
    if let Some(packed) = packed_by_flatc(schema, bytes) {
        assert_eq!(packed, bytes, "{schema}");
    }
}

/// What flatc packs from its own text of `bytes`; nothing where there is no flatc.
#[must_use]
pub fn packed_by_flatc(schema: &str, bytes: &[u8]) -> Option<Vec<u8>> {
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
            return None;
        };
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}\n{schema}");
    }
    Some(fs::read(folder.path().join("v.bin")).unwrap())
}

/// A type that is stored, loaded and projected; the type of its field in the `.fbs`, and of a list of it.
#[macro_export]
macro_rules! flat_field {
    ($name:ident: $ty:ty = $fbs:literal, $list:literal, $values:expr) => {
        #[test]
        fn $name() {
            #[derive(::storage::StoredRecord, Clone, Debug, PartialEq)]
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
            let storage = ::storage::Storage::in_memory().unwrap();
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
            $crate::dynamic::rows_are_values(&storage, "values");
            let fbs = Record::fbs();
            let value = format!("  value:{} (id: 1", $fbs);
            let many = format!("  many:[{}] (id: ", $list);
            assert!(fbs.contains(&value) && fbs.contains(&many), "{fbs}");
            for record in &records {
                let bytes = $crate::flat::encode(record);
                $crate::flat_field::flatc_agrees(&fbs, &bytes);
                $crate::flat::survives_damage::<Record>(&bytes);
            }
        }
    };
}
