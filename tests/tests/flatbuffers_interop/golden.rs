//! Values of flatc's own tests, read through tables: scalars that may be missing, and fixed arrays.
//!
//! The bytes are those that flatc makes of `optional_scalars.json` and `arrays_test.golden`; where both flatc and
//! those files are, a test makes them again.

use super::{flatc, run};
use std::{fmt::Debug, fs};
use storage::{StoredType, codec::FlatTable};
use tests::{
    Scratch,
    flat::{encode, try_view},
    shared_data,
};

/// `optional_scalars.json`: what is given there, and nothing else.
const SCALARS: &str = "\
    540000004e554c4c4c004c000700000000000000080009000e0000000000000010001200140000000000000018001c00\
    24000000000000002c00340020000000000000003c0044000a0000000b0000000c000d004c0000000000000400000100\
    010204000000000004000000000000000000000000008040040000000000000000000000000000000000000000000000\
    00000000000000000000000000000000";

/// `arrays_test.golden`.
const ARRAYS: &str = "\
    14000000415252540000000000000600a400040006000000a47045410100000002000000030000000400000005000000\
    060000000700000008000000090000000a0000000b0000000c0000000d0000000e0000000f0000008100000000000000\
    ffffffff0200000000020100000000008877665544332211788899aabbccddee03000000fcffffff0101000000000000\
    788899aabbccddee887766554433221101000000000000000000000000000080ffffffffffffff7f";

fn bytes(hex: &str) -> Vec<u8> {
    let digits = |pair: &[u8]| std::str::from_utf8(pair).unwrap().to_owned();
    hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(&digits(pair), 16).unwrap()).collect()
}

#[derive(Clone, Copy, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
#[repr(i8)]
enum OptionalByte {
    None,
    One,
    Two,
}

/// The table of `optional_scalars.fbs`.
#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", file_identifier = "NULL")]
struct ScalarStuff {
    just_i8: i8,
    maybe_i8: Option<i8>,
    #[store(default = 42)]
    default_i8: i8,
    just_u8: u8,
    maybe_u8: Option<u8>,
    #[store(default = 42)]
    default_u8: u8,
    just_i16: i16,
    maybe_i16: Option<i16>,
    #[store(default = 42)]
    default_i16: i16,
    just_u16: u16,
    maybe_u16: Option<u16>,
    #[store(default = 42)]
    default_u16: u16,
    just_i32: i32,
    maybe_i32: Option<i32>,
    #[store(default = 42)]
    default_i32: i32,
    just_u32: u32,
    maybe_u32: Option<u32>,
    #[store(default = 42)]
    default_u32: u32,
    just_i64: i64,
    maybe_i64: Option<i64>,
    #[store(default = 42)]
    default_i64: i64,
    just_u64: u64,
    maybe_u64: Option<u64>,
    #[store(default = 42)]
    default_u64: u64,
    just_f32: f32,
    maybe_f32: Option<f32>,
    #[store(default = 42.0)]
    default_f32: f32,
    just_f64: f64,
    maybe_f64: Option<f64>,
    #[store(default = 42.0)]
    default_f64: f64,
    just_bool: bool,
    maybe_bool: Option<bool>,
    #[store(default = true)]
    default_bool: bool,
    just_enum: OptionalByte,
    maybe_enum: Option<OptionalByte>,
    #[store(default = OptionalByte::One)]
    default_enum: OptionalByte,
}

/// `optional_scalars_defaults.json`: with what the others stand for.
fn scalars() -> ScalarStuff {
    ScalarStuff {
        just_i8: 4,
        maybe_i8: None,
        default_i8: 42,
        just_u8: 0,
        maybe_u8: Some(0),
        default_u8: 0,
        just_i16: 4,
        maybe_i16: None,
        default_i16: 42,
        just_u16: 0,
        maybe_u16: Some(0),
        default_u16: 0,
        just_i32: 4,
        maybe_i32: None,
        default_i32: 42,
        just_u32: 0,
        maybe_u32: Some(0),
        default_u32: 0,
        just_i64: 4,
        maybe_i64: None,
        default_i64: 42,
        just_u64: 0,
        maybe_u64: Some(0),
        default_u64: 0,
        just_f32: 4.0,
        maybe_f32: None,
        default_f32: 42.0,
        just_f64: 0.0,
        maybe_f64: Some(0.0),
        default_f64: 0.0,
        just_bool: true,
        maybe_bool: None,
        default_bool: false,
        just_enum: OptionalByte::None,
        maybe_enum: Some(OptionalByte::One),
        default_enum: OptionalByte::Two,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers")]
#[repr(i8)]
enum TestEnum {
    A,
    B,
    C,
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct NestedStruct {
    a: [i32; 2],
    b: TestEnum,
    c: [TestEnum; 2],
    d: [i64; 2],
}

#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", fixed)]
struct ArrayStruct {
    a: f32,
    b: [i32; 15],
    c: i8,
    d: [NestedStruct; 2],
    e: i32,
    f: [i64; 2],
}

/// The table of `arrays_test.fbs`.
#[derive(Clone, Debug, PartialEq, StoredType)]
#[store(codec = "flatbuffers", file_identifier = "ARRT")]
struct ArrayTable {
    a: Option<ArrayStruct>,
}

fn arrays() -> ArrayTable {
    use TestEnum::{A, B, C};
    let far = 0x1122_3344_5566_7788;
    ArrayTable {
        a: Some(ArrayStruct {
            a: 12.34,
            b: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
            c: -127,
            d: [
                NestedStruct { a: [-1, 2], b: A, c: [C, B], d: [far, -far] },
                NestedStruct { a: [3, -4], b: B, c: [B, A], d: [-far, far] },
            ],
            e: 1,
            f: [i64::MIN, i64::MAX],
        }),
    }
}

/// The bytes go into a table as they are, and come out as the value; what a field says is asked of the view, too.
fn read_through_a_table<T>(hex: &str, expected: &T)
where
    T: FlatTable + Clone + Debug + PartialEq + Send + Sync,
{
    let scratch = Scratch::new();
    let table = scratch.open().new_flatbuffers_table::<u64, T>("values");
    let golden = bytes(hex);
    table.put_bytes(1, &golden).unwrap();
    assert_eq!(table.load(1).unwrap().as_ref(), Some(expected));
    let viewed = table.get(1, |view| format!("{view:?}")).unwrap().unwrap();
    assert_eq!(viewed, format!("{:?}", try_view::<T>(&encode(expected)).unwrap()));
    table.put(2, expected).unwrap();
    assert_eq!(table.load(2).unwrap().as_ref(), Some(expected));
    for len in 0..golden.len() {
        // The end may be padding; whatever is accepted is the value.
        if let Ok(view) = try_view::<T>(&golden[..len]) {
            assert_eq!(&T::own(view).unwrap(), expected);
        }
    }
}

#[test]
fn scalars_that_may_be_missing_are_read_as_their_json_says() {
    read_through_a_table(SCALARS, &scalars());
    let golden = bytes(SCALARS);
    let view = try_view::<ScalarStuff>(&golden).unwrap();
    assert_eq!((view.maybe_u8(), view.maybe_i8(), view.default_i8()), (Some(0), None, 42));
    assert_eq!((view.default_u64(), view.default_f32(), view.default_bool()), (0, 42.0, false));
    assert_eq!(view.maybe_enum(), Some(OptionalByte::One));
}

#[test]
fn fixed_arrays_are_read_as_their_json_says() {
    read_through_a_table(ARRAYS, &arrays());
    // One field, one order, one layout: the very bytes.
    assert_eq!(encode(&arrays()), bytes(ARRAYS));
}

#[test]
fn flatc_makes_these_bytes_of_its_own_files() {
    let Some(flatc) = flatc() else { return };
    let Some(data) = shared_data("flatbuffers/google/tests") else { return };
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        ("optional_scalars.fbs", "optional_scalars.json", SCALARS, encode(&scalars())),
        ("arrays_test.fbs", "arrays_test.golden", ARRAYS, encode(&arrays())),
    ];
    for (schema, text, golden, ours) in cases {
        fs::copy(data.join(schema), folder.path().join(schema)).unwrap();
        fs::copy(data.join(text), folder.path().join("value.json")).unwrap();
        run(&flatc, folder.path(), &["-b", schema, "value.json"]);
        assert_eq!(fs::read(folder.path().join("value.mon")).unwrap(), bytes(golden), "{text}");
        // flatc reads the same in what the derived type writes.
        let mut texts = [bytes(golden), ours].into_iter().map(|value| {
            fs::write(folder.path().join("value.mon"), value).unwrap();
            let arguments = ["-t", "--strict-json", "--defaults-json", schema, "--", "value.mon"];
            run(&flatc, folder.path(), &arguments);
            fs::read_to_string(folder.path().join("value.json")).unwrap()
        });
        assert_eq!(texts.next(), texts.next(), "{text}");
    }
}
