//! The bytes of keys, as files hold them. A change here is a new version of the key encoding.

#![expect(clippy::indexing_slicing, clippy::unwrap_used, reason = "a test fails by panicking")]

use std::{
    fmt::{Debug, Write},
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    num::NonZero,
    str::FromStr,
    time::Duration,
};
use storage::key::{
    ENCODING_VERSION, Key, KeyBuf, KeyError, KeyReader, Lookup, Place, Reverse, decode, describe,
    encode,
};

#[test]
fn this_is_version_1() {
    assert_eq!(ENCODING_VERSION, 1);
}

/// `type, name: value => bytes;` or, where the bytes differ when another part follows,
/// `type, name: value => last part | inner part;`
macro_rules! golden {
    ($($ty:ty, $name:literal: $($key:expr => $last:literal $(| $inner:literal)?),+;)*) => {
        $(
            assert_eq!(describe::<$ty>(), $name);
            $(golden::<$ty>(&$key, $last, [$last, $($inner)?].last().unwrap());)+
        )*
    };
}

fn golden<K: Key + Debug>(key: &impl Lookup<K>, last: &str, inner: &str) {
    for (place, golden) in [(Place::Last, last), (Place::Inner, inner)] {
        let mut bytes = KeyBuf::new();
        key.encode(&mut bytes, place);
        assert_eq!(hex(&bytes), golden, "{}, {place:?}", describe::<K>());

        let mut input = KeyReader::new(&bytes);
        let decoded = K::from_ref(K::decode(&mut input, place).unwrap());
        assert_eq!(hex(&bytes_at(&decoded, place)), golden, "{decoded:?}");
        assert_eq!(input.finish(), Ok(()));
    }
}

fn bytes_at<K: Key>(key: &K, place: Place) -> KeyBuf {
    let mut bytes = KeyBuf::new();
    Lookup::<K>::encode(key, &mut bytes, place);
    bytes
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn unhex(text: &str) -> Vec<u8> {
    let digit = |digit: u8| u8::try_from(char::from(digit).to_digit(16).unwrap()).unwrap();
    text.as_bytes().chunks_exact(2).map(|pair| digit(pair[0]) << 4 | digit(pair[1])).collect()
}

#[test]
fn numbers() {
    golden! {
        u8, "u8": 0 => "00", 7 => "07", 255 => "ff";
        u16, "u16": 258 => "0102";
        u32, "u32": 1 => "00000001";
        u64, "u64": 1 => "0000000000000001", u64::MAX => "ffffffffffffffff";
        u128, "u128": u128::MAX => "ffffffffffffffffffffffffffffffff";
        i8, "i8": i8::MIN => "00", -1 => "7f", 0 => "80", i8::MAX => "ff";
        i16, "i16": -2 => "7ffe";
        i32, "i32": -1 => "7fffffff", 1 => "80000001";
        i64, "i64": i64::MIN => "0000000000000000", -1 => "7fffffffffffffff";
        i128, "i128": 0 => "80000000000000000000000000000000";
        NonZero<u16>, "nonzero<u16>": NonZero::new(1).unwrap() => "0001";
        NonZero<i32>, "nonzero<i32>": NonZero::new(-1).unwrap() => "7fffffff";
        bool, "bool": false => "00", true => "01";
        char, "char": 'é' => "000000e9", char::MAX => "0010ffff";
        f32, "f32": -1.0 => "407fffff", -0.0 => "7fffffff", 0.0 => "80000000", 1.0 => "bf800000";
        f64, "f64":
            f64::from_bits(0xFFF8_0000_0000_0000) => "0007ffffffffffff",
            f64::NEG_INFINITY => "000fffffffffffff",
            -1.0 => "400fffffffffffff",
            -0.0 => "7fffffffffffffff",
            0.0 => "8000000000000000",
            1.0 => "bff0000000000000",
            f64::INFINITY => "fff0000000000000",
            f64::from_bits(0x7FF8_0000_0000_0000) => "fff8000000000000";
    }
}

#[test]
fn text_and_bytes() {
    golden! {
        String, "string":
            "" => "" | "0000",
            "GB" => "4742" | "47420000",
            "a\0b" => "610062" | "6100ff620000",
            "\0" => "00" | "00ff0000",
            "中" => "e4b8ad" | "e4b8ad0000";
        Vec<u8>, "bytes":
            [] => "" | "0000",
            [0x00, 0xFF] => "00ff" | "00ffff0000",
            [0xFF, 0x00, 0x00] => "ff0000" | "ff00ff00ff0000";
        [u8; 4], "[u8; 4]": [0, 1, 0xFE, 0xFF] => "0001feff";
    }
}

#[test]
fn composites() {
    golden! {
        Option<u8>, "option<u8>": None::<u8> => "00", Some(1) => "0101";
        Option<String>, "option<string>": None::<&str> => "00", Some("a") => "0161" | "01610000";
        Option<Option<bool>>, "option<option<bool>>": Some(None::<bool>) => "0100";
        [u16; 2], "[u16; 2]": [1, 2] => "00010002";
        [String; 2], "[string; 2]": ["a", "b"] => "61000062" | "610000620000";
        (String,), "(string)": ("a",) => "61" | "610000";
        (String, u32), "(string, u32)": ("GB", 7) => "4742000000000007";
        (u32, String), "(u32, string)": (7, "GB") => "000000074742" | "0000000747420000";
        ((u8, String), String), "((u8, string), string)":
            ((1, "a"), "b") => "0161000062" | "01610000620000";
        (String, (u8, String)), "(string, (u8, string))":
            ("a", (1, "b")) => "6100000162" | "61000001620000";
        Reverse<u16>, "reverse<u16>": Reverse(1) => "fffe";
        Reverse<String>, "reverse<string>":
            Reverse("") => "ffff",
            Reverse("a") => "9effff",
            Reverse("\0") => "ff00ffff";
        Reverse<Option<i8>>, "reverse<option<i8>>":
            Reverse(Some(0)) => "fe7f", Reverse(None::<i8>) => "ff";
        (Reverse<u8>, String), "(reverse<u8>, string)":
            (Reverse(1), "a") => "fe61" | "fe610000";
        (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, String),
            "(u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, string)":
            (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, "a") => "0102030405060708090a0b61"
                | "0102030405060708090a0b610000";
    }
}

#[test]
fn addresses_and_moments() {
    use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
    use jiff::{Timestamp, civil};

    let leap = DateTime::<Utc>::from_timestamp(1_483_228_799, 1_500_000_000).unwrap();
    golden! {
        Ipv4Addr, "ipv4": Ipv4Addr::LOCALHOST => "7f000001";
        Ipv6Addr, "ipv6": Ipv6Addr::LOCALHOST => "00000000000000000000000000000001";
        IpAddr, "ip":
            IpAddr::V4(Ipv4Addr::LOCALHOST) => "047f000001",
            IpAddr::V6(Ipv6Addr::LOCALHOST) => "0600000000000000000000000000000001";
        uuid::Uuid, "uuid":
            uuid::Uuid::from_str("67e55044-10b1-426f-9247-bb680e5fe0c8").unwrap()
                => "67e5504410b1426f9247bb680e5fe0c8";
        Duration, "duration": Duration::from_millis(1_500) => "00000000000000011dcd6500";
        Timestamp, "timestamp":
            Timestamp::constant(0, -1) => "7fffffffffffffff3b9ac9ff",
            Timestamp::UNIX_EPOCH => "800000000000000000000000",
            Timestamp::constant(946_684_800, 1) => "80000000386d438000000001";
        DateTime<Utc>, "timestamp":
            DateTime::from_timestamp_nanos(-1) => "7fffffffffffffff3b9ac9ff",
            DateTime::<Utc>::UNIX_EPOCH => "800000000000000000000000",
            leap => "800000005868467f59682f00";
        NaiveDateTime, "datetime":
            DateTime::from_timestamp_nanos(-1).naive_utc() => "7fffffffffffffff3b9ac9ff";
        civil::Date, "date":
            civil::date(1969, 12, 31) => "7fffffff",
            civil::date(1970, 1, 1) => "80000000",
            civil::date(2000, 1, 1) => "80002acd";
        NaiveDate, "date":
            NaiveDate::from_ymd_opt(1969, 12, 31).unwrap() => "7fffffff",
            NaiveDate::from_ymd_opt(2000, 1, 1).unwrap() => "80002acd";
        DateTime<FixedOffset>, "offsettimestamp":
            leap.with_timezone(&FixedOffset::east_opt(-3600).unwrap()) => "800000005868467f59682f007ffff1f0";
        time::OffsetDateTime, "offsettimestamp":
            time::OffsetDateTime::UNIX_EPOCH.to_offset(time::UtcOffset::from_hms(1, 0, 0).unwrap())
                => "80000000000000000000000080000e10";
        time::UtcDateTime, "timestamp":
            time::UtcDateTime::UNIX_EPOCH - time::Duration::NANOSECOND => "7fffffffffffffff3b9ac9ff";
        civil::DateTime, "datetime":
            civil::date(1970, 1, 1).at(0, 0, 0, 1) => "800000000000000000000001";
        time::Date, "date": time::UtcDateTime::UNIX_EPOCH.date() => "80000000";
        civil::Time, "time": civil::time(1, 0, 0, 1) => "00000e1000000001";
        time::Time, "time": time::Time::from_hms_nano(1, 0, 0, 1).unwrap() => "00000e1000000001";
        NaiveTime, "time": NaiveTime::from_hms_opt(23, 59, 59).unwrap() => "0001517f00000000";
        jiff::SignedDuration, "signedduration":
            jiff::SignedDuration::new(-1, -1) => "7fffffffffffffff7fffffff",
            jiff::SignedDuration::MIN => "000000000000000044653601";
        TimeDelta, "signedduration": TimeDelta::milliseconds(-500) => "800000000000000062329b00";
        time::Duration, "signedduration": time::Duration::new(1, 1) => "800000000000000180000001";
        jiff::tz::Offset, "offset": jiff::tz::Offset::from_hours(1).unwrap() => "80000e10";
        FixedOffset, "offset": FixedOffset::east_opt(-1).unwrap() => "7fffffff";
        time::UtcOffset, "offset": time::UtcOffset::UTC => "80000000";
    }
}

#[test]
fn every_form_of_text_and_bytes_has_the_same_bytes() {
    use std::{borrow::Cow, rc::Rc, sync::Arc};
    let text: [&dyn Lookup<String>; 7] = [
        &"a",
        &String::from("a"),
        &&String::from("a"),
        &Cow::Borrowed("a"),
        &Box::<str>::from("a"),
        &Rc::<str>::from("a"),
        &Arc::<str>::from("a"),
    ];
    assert!(text.iter().all(|key| *encode::<String>(*key) == *b"a"));
    let bytes: [&dyn Lookup<Vec<u8>>; 6] = [
        b"a",
        &&b"a"[..],
        &vec![b'a'],
        &Cow::Borrowed(&b"a"[..]),
        &Box::<[u8]>::from(*b"a"),
        &b"a",
    ];
    assert!(bytes.iter().all(|key| *encode::<Vec<u8>>(*key) == *b"a"));
}

#[test]
fn bytes_that_are_no_key_are_refused() {
    let invalid = |expected| KeyError::Invalid { expected };
    refused::<u32>("000001", KeyError::Truncated);
    refused::<u32>("0000000001", KeyError::TrailingBytes { count: 1 });
    refused::<bool>("02", invalid("bool"));
    refused::<char>("0000d800", invalid("char"));
    refused::<char>("00110000", invalid("char"));
    refused::<NonZero<u8>>("00", invalid("nonzero<u8>"));
    refused::<NonZero<i8>>("80", invalid("nonzero<i8>"));
    refused::<String>("ff", KeyError::NotUtf8);
    refused::<String>("eda080", KeyError::NotUtf8);
    refused::<(String, u8)>("61000101", KeyError::BadEscape);
    refused::<(String, u8)>("61", KeyError::Truncated);
    refused::<(String, u8)>("6100", KeyError::Truncated);
    refused::<(String, u8)>("610000", KeyError::Truncated);
    refused::<(String, u8)>("ff000001", KeyError::NotUtf8);
    refused::<(String, u8)>("ff00ff000001", KeyError::NotUtf8);
    refused::<(Vec<u8>, u8)>("00fe", KeyError::BadEscape);
    refused::<Option<u8>>("", KeyError::Truncated);
    refused::<Option<u8>>("02", invalid("option"));
    refused::<Option<u8>>("0001", KeyError::TrailingBytes { count: 1 });
    refused::<[u8; 2]>("01", KeyError::Truncated);
    refused::<Reverse<u16>>("ff", KeyError::Truncated);
    refused::<Reverse<bool>>("fd", invalid("bool"));
    refused::<Reverse<String>>("9e", KeyError::Truncated);
    refused::<Reverse<String>>("9effff00", KeyError::TrailingBytes { count: 1 });
    refused::<IpAddr>("057f000001", invalid("ip"));
    refused::<Duration>("00000000000000003b9aca00", invalid("duration"));
    refused::<uuid::Uuid>("00", KeyError::Truncated);
    refused::<jiff::Timestamp>("80000000000000003b9aca00", invalid("timestamp"));
    refused::<jiff::Timestamp>("ffffffffffffffff00000000", invalid("timestamp"));
    refused::<jiff::civil::Date>("ffffffff", invalid("date"));
    refused::<jiff::civil::Date>("00000000", invalid("date"));
    refused::<chrono::NaiveDate>("00000000", invalid("date"));
    refused::<chrono::NaiveDateTime>("800000000000000077359400", invalid("datetime"));
    refused::<chrono::DateTime<chrono::Utc>>("000000000000000000000000", invalid("timestamp"));
    refused::<chrono::DateTime<chrono::FixedOffset>>(
        "80000000000000000000000080015180",
        invalid("offsettimestamp"),
    );
    refused::<time::OffsetDateTime>("80000000000000000000000080016da0", invalid("offsettimestamp"));
    refused::<time::OffsetDateTime>("80000000000000003b9aca0080000000", invalid("offsettimestamp"));
    refused::<time::OffsetDateTime>("ffffffffffffffff0000000080000001", invalid("offsettimestamp"));
    refused::<time::UtcDateTime>("80000000000000003b9aca00", invalid("timestamp"));
    refused::<time::PrimitiveDateTime>("ffffffffffffffff00000000", invalid("datetime"));
    refused::<jiff::civil::DateTime>("ffffffffffffffff00000000", invalid("datetime"));
    refused::<time::Date>("ffffffff", invalid("date"));
    refused::<jiff::civil::Time>("0001518000000000", invalid("time"));
    refused::<jiff::civil::Time>("ffffffff00000000", invalid("time"));
    refused::<time::Time>("0001518000000000", invalid("time"));
    refused::<time::Time>("000000003b9aca00", invalid("time"));
    refused::<chrono::NaiveTime>("0001518000000000", invalid("time"));
    refused::<chrono::NaiveTime>("0000000077359400", invalid("time"));
    // A second of nanoseconds, and signs that differ.
    for bytes in
        ["8000000000000000bb9aca00", "80000000000000017fffffff", "7fffffffffffffff80000001"]
    {
        refused::<jiff::SignedDuration>(bytes, invalid("signedduration"));
        refused::<chrono::TimeDelta>(bytes, invalid("signedduration"));
        refused::<time::Duration>(bytes, invalid("signedduration"));
    }
    refused::<chrono::TimeDelta>("ffffffffffffffff80000000", invalid("signedduration"));
    refused::<jiff::tz::Offset>("80016da0", invalid("offset"));
    refused::<time::UtcOffset>("00000000", invalid("offset"));
    refused::<chrono::FixedOffset>("80015180", invalid("offset"));
}

fn refused<K: Key>(bytes: &str, error: KeyError) {
    let decoded = decode::<K>(&unhex(bytes)).map(|key| format!("{key:?}"));
    assert_eq!(decoded, Err(error), "{} from {bytes}", describe::<K>());
}

/// Integers of every length that `FoundationDB`'s tuple layer has an encoding for, in its order.
#[test]
fn integers_of_foundationdb_keep_their_order() {
    let Some(path) = tests::shared_data("keyorder/fdb_int_vectors.tsv") else { return };
    let table = std::fs::read_to_string(path).unwrap();
    let rows: Vec<_> = table.lines().skip(1).map(|row| row.split_once('\t').unwrap()).collect();
    assert_eq!(rows.len(), 32);
    assert!(rows.is_sorted_by_key(|(_, bytes)| *bytes));

    let counts = [
        in_order::<i16>(&rows),
        in_order::<i32>(&rows),
        in_order::<i64>(&rows),
        in_order::<i128>(&rows),
        in_order::<u16>(&rows),
        in_order::<u32>(&rows),
        in_order::<u64>(&rows),
        in_order::<u128>(&rows),
    ];
    assert_eq!(counts, [11, 15, 20, 31, 6, 7, 11, 14]);
}

/// How many of the values `K` has; they sort strictly.
fn in_order<K: Key + FromStr>(rows: &[(&str, &str)]) -> usize {
    let keys = rows.iter().filter_map(|(value, _)| value.parse::<K>().ok());
    let keys: Vec<_> = keys.map(|key| encode::<K>(&key)).collect();
    assert!(keys.is_sorted_by(|a, b| a < b), "{}", describe::<K>());
    keys.len()
}
