//! Numbers, text, words and what else stands in FlatBuffers in a form of its own: each alone, optional and in a list.

use jiff::{Span, Zoned};
use std::{borrow::Cow, cmp::Reverse};
use storage::StoredRecord;
use tests::{
    flat::{decode, encode, survives_damage},
    flat_field,
    flat_field::{flatc_agrees, packed_by_flatc},
};

flat_field! { truth: bool = "bool", "bool", [false, true] }
flat_field! { u8s: u8 = "ubyte", "ubyte", [0, u8::MAX] }
flat_field! { u16s: u16 = "ushort", "ushort", [0, u16::MAX] }
flat_field! { u32s: u32 = "uint", "uint", [0, u32::MAX] }
flat_field! { u64s: u64 = "ulong", "ulong", [0, u64::MAX] }
flat_field! { i8s: i8 = "byte", "byte", [i8::MIN, -1, i8::MAX] }
flat_field! { i16s: i16 = "short", "short", [i16::MIN, -1, i16::MAX] }
flat_field! { i32s: i32 = "int", "int", [i32::MIN, -1, i32::MAX] }
flat_field! { i64s: i64 = "long", "long", [i64::MIN, -1, i64::MAX] }
flat_field! { f32s: f32 = "float", "float", [0.5, 1e30, -2.0] }
flat_field! { f64s: f64 = "double", "double", [0.5, 1e300, -2.0] }
flat_field! { text: String = "string", "string", ["", "a", "\u{10FFFF}"].map(str::to_owned) }
flat_field! { word: usize = "ulong", "ulong", [1, usize::MAX] }
flat_field! { signed_word: isize = "long", "long", [isize::MIN, isize::MAX] }
flat_field! { reversed: Reverse<u64> = "ulong", "ulong", [Reverse(0), Reverse(u64::MAX)] }
flat_field! { cow_of_bytes: Cow<'static, [u8]> = "[ubyte]", "ListOfU8Wrapper", [Cow::Borrowed(&[1, 255][..])] }
flat_field! { clock: chrono::NaiveTime = "Time", "Time", [chrono::NaiveTime::MIN] }

/// flatc's parser leaves room behind a struct that it reads inside a table, so its bytes are not ours.
#[test]
fn moments_in_a_time_zone_come_back_also_from_flatc() {
    #[derive(StoredRecord, Debug, PartialEq)]
    #[store(codec = "flatbuffers", table = "moments")]
    struct Record {
        #[store(key)]
        id: u32,
        at: Zoned,
        maybe: Option<Zoned>,
        many: Vec<Zoned>,
    }
    let at = |moment: jiff::Timestamp| moment.to_zoned(jiff::tz::TimeZone::UTC);
    let many = vec![at(jiff::Timestamp::MIN), at(jiff::Timestamp::UNIX_EPOCH)];
    let record = Record { id: 1, at: at(jiff::Timestamp::MAX), maybe: Some(many[0].clone()), many };
    let bytes = encode(&record);
    assert_eq!(decode::<Record>(&bytes), record);
    if let Some(packed) = packed_by_flatc(&Record::fbs(), &bytes) {
        assert_eq!(decode::<Record>(&packed), record);
    }
    survives_damage::<Record>(&bytes);
}

/// A span has no equality of its own.
#[test]
fn spans_come_back_and_are_what_flatc_reads() {
    #[derive(StoredRecord)]
    #[store(codec = "flatbuffers", table = "spans")]
    struct Record {
        #[store(key)]
        id: u32,
        span: Span,
        maybe: Option<Span>,
        many: Vec<Span>,
    }
    let span = Span::new().years(-19_998).days(-7).nanoseconds(-i64::MAX);
    let record = Record { id: 1, span, maybe: Some(span), many: vec![Span::new(), span] };
    let bytes = encode(&record);
    let read = decode::<Record>(&bytes);
    let spans = [read.span, read.maybe.unwrap(), read.many[1]];
    assert!(spans.iter().all(|read| read.fieldwise() == span.fieldwise()));
    assert_eq!(read.many[0].fieldwise(), Span::new().fieldwise());
    flatc_agrees(&Record::fbs(), &bytes);
    survives_damage::<Record>(&bytes);
}
