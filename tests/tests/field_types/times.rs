//! Moments, days, times of day, spans and offsets of the crates for them, with the values near their bounds.

use super::*;
use jiff::civil;

adapted_key! {
    jiff_timestamp: jiff::Timestamp = "timestamp",
    [jiff::Timestamp::MIN, jiff::Timestamp::UNIX_EPOCH, jiff::Timestamp::MAX]
}
adapted_key! {
    jiff_datetime: civil::DateTime = "datetime",
    [
        civil::DateTime::MIN,
        civil::datetime(1969, 12, 31, 23, 59, 59, 999_999_999),
        civil::date(2024, 2, 29).at(0, 0, 0, 1),
        civil::DateTime::MAX,
    ]
}
adapted_key! {
    jiff_date: civil::Date = "date",
    [civil::Date::MIN, civil::date(2024, 2, 29), civil::Date::MAX]
}
adapted_key! {
    jiff_time: civil::Time = "time",
    [civil::Time::MIN, civil::time(12, 0, 0, 1), civil::Time::MAX]
}
adapted_key! {
    jiff_duration: jiff::SignedDuration = "signedduration",
    [
        jiff::SignedDuration::MIN,
        jiff::SignedDuration::new(-1, -1),
        jiff::SignedDuration::new(0, -1),
        jiff::SignedDuration::ZERO,
        jiff::SignedDuration::MAX,
    ]
}
adapted_key! {
    jiff_offset: jiff::tz::Offset = "offset",
    [jiff::tz::Offset::MIN, jiff::tz::Offset::UTC, jiff::tz::Offset::MAX]
}

adapted_key! {
    chrono_moment: chrono::DateTime<chrono::Utc> = "timestamp",
    [
        chrono::DateTime::<chrono::Utc>::MIN_UTC,
        chrono::DateTime::UNIX_EPOCH,
        leap_second().and_utc(),
        chrono::DateTime::<chrono::Utc>::MAX_UTC,
    ]
}
adapted_key! {
    chrono_local: chrono::DateTime<chrono::Local> = "timestamp",
    [
        chrono::DateTime::UNIX_EPOCH.with_timezone(&chrono::Local),
        leap_second().and_utc().with_timezone(&chrono::Local),
    ]
}
adapted_key! {
    chrono_offset_moment: chrono::DateTime<chrono::FixedOffset> = "offsettimestamp",
    [
        chrono::DateTime::UNIX_EPOCH.with_timezone(&east(-86_399)),
        leap_second().and_utc().with_timezone(&east(20_700)),
        leap_second().and_utc().with_timezone(&east(0)) + chrono::TimeDelta::nanoseconds(1),
    ]
}
adapted_key! {
    chrono_datetime: chrono::NaiveDateTime = "datetime",
    [chrono::NaiveDateTime::MIN, leap_second(), chrono::NaiveDateTime::MAX]
}
adapted_key! {
    chrono_date: chrono::NaiveDate = "date",
    [chrono::NaiveDate::MIN, chrono::NaiveDate::from_ymd_opt(2024, 2, 29).unwrap(), chrono::NaiveDate::MAX]
}
adapted_key! {
    chrono_time: chrono::NaiveTime = "time",
    [
        chrono::NaiveTime::MIN,
        chrono::NaiveTime::from_hms_nano_opt(12, 0, 0, 999_999_999).unwrap(),
        leap_second().time(),
    ]
}
adapted_key! {
    chrono_duration: chrono::TimeDelta = "signedduration",
    [
        chrono::TimeDelta::MIN,
        chrono::TimeDelta::nanoseconds(-1_000_000_001),
        chrono::TimeDelta::nanoseconds(-1),
        chrono::TimeDelta::zero(),
        chrono::TimeDelta::MAX,
    ]
}
// It has no order in `chrono`, and so no filter.
key! {
    #[rkyv(with = AsStored)]
    chrono_offset: chrono::FixedOffset = "offset",
    [east(-86_399), east(0), east(86_399)]
}

adapted_key! {
    time_moment: time::UtcDateTime = "timestamp",
    [time::UtcDateTime::MIN, time::UtcDateTime::UNIX_EPOCH, time::UtcDateTime::MAX]
}
adapted_key! {
    time_offset_moment: time::OffsetDateTime = "offsettimestamp",
    [
        // The moment is before the first of the years that `time` has; the clock is not.
        time::PrimitiveDateTime::MIN.assume_offset(ahead(93_599)),
        leap_day().assume_offset(ahead(-19_815)),
        time::PrimitiveDateTime::MAX.assume_offset(ahead(-93_599)),
    ]
}
adapted_key! {
    time_datetime: time::PrimitiveDateTime = "datetime",
    [time::PrimitiveDateTime::MIN, leap_day(), time::PrimitiveDateTime::MAX]
}
adapted_key! {
    time_date: time::Date = "date",
    [time::Date::MIN, leap_day().date(), time::Date::MAX]
}
adapted_key! {
    time_time: time::Time = "time",
    [time::Time::MIDNIGHT, leap_day().time(), time::Time::MAX]
}
adapted_key! {
    time_duration: time::Duration = "signedduration",
    [
        time::Duration::MIN,
        time::Duration::new(-1, -1),
        time::Duration::nanoseconds(-1),
        time::Duration::ZERO,
        time::Duration::MAX,
    ]
}
adapted_key! {
    time_offset: time::UtcOffset = "offset",
    [ahead(-93_599), ahead(0), ahead(93_599)]
}

adapted! { zoned: jiff::Zoned = "zoned", [zoned("Europe/Berlin"), zoned("UTC") + jiff::SignedDuration::new(0, 1)] }
fn leap_second() -> chrono::NaiveDateTime {
    let day = chrono::NaiveDate::from_ymd_opt(2016, 12, 31).unwrap();
    day.and_hms_nano_opt(23, 59, 59, 1_999_999_998).unwrap()
}

fn east(seconds: i32) -> chrono::FixedOffset {
    chrono::FixedOffset::east_opt(seconds).unwrap()
}

fn ahead(seconds: i32) -> time::UtcOffset {
    time::UtcOffset::from_whole_seconds(seconds).unwrap()
}

fn leap_day() -> time::PrimitiveDateTime {
    let day = time::Date::from_calendar_date(2024, time::Month::February, 29).unwrap();
    time::PrimitiveDateTime::new(day, time::Time::from_hms_nano(23, 59, 58, 999_999_999).unwrap())
}

fn zoned(zone: &str) -> jiff::Zoned {
    jiff::Timestamp::UNIX_EPOCH.in_tz(zone).unwrap()
}

/// Moments of different clocks are equal where they are one moment: what they show says more.
#[test]
fn offsets_zones_and_the_units_of_spans_come_back() {
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "clocks")]
    struct Clock {
        #[store(key)]
        #[rkyv(with = AsStored)]
        chrono: chrono::DateTime<chrono::FixedOffset>,
        #[rkyv(with = AsStored)]
        time: time::OffsetDateTime,
        #[rkyv(with = AsStored)]
        zone: jiff::Zoned,
        #[rkyv(with = AsStored)]
        span: jiff::Span,
    }
    let berlin = zoned("Europe/Berlin");
    let offset = jiff::tz::Offset::from_seconds(-19_815).unwrap().to_time_zone();
    let spans = [
        jiff::Span::new(),
        jiff::Span::new().years(-19_998).nanoseconds(i64::MAX),
        jiff::Span::new().months(239_976).weeks(1_043_497).days(7_304_484).hours(175_307_616),
        jiff::Span::new().minutes(7).seconds(9).milliseconds(1).microseconds(5),
    ];
    let zones =
        [berlin.clone(), berlin.with_time_zone(offset), zoned("UTC"), zoned("Asia/Kolkata")];
    let clock = |((ahead, zone), span): ((i32, &jiff::Zoned), &jiff::Span)| Clock {
        chrono: chrono::DateTime::UNIX_EPOCH.with_timezone(&east(ahead)),
        time: leap_day().assume_offset(self::ahead(ahead)),
        zone: zone.clone(),
        span: *span,
    };
    let clocks: Vec<_> =
        [-7, 0, 3600, 3601].into_iter().zip(&zones).zip(&spans).map(clock).collect();
    let storage = Storage::in_memory().unwrap();
    let table = filled(&storage, &clocks);
    for (row, clock) in table.iter().unwrap().zip(&clocks) {
        let loaded = row.unwrap().load().unwrap();
        assert_eq!(loaded.chrono.offset(), clock.chrono.offset());
        assert_eq!((loaded.time, loaded.time.offset()), (clock.time, clock.time.offset()));
        assert_eq!((&loaded.zone, loaded.zone.time_zone()), (&clock.zone, clock.zone.time_zone()));
        assert_eq!(loaded.span.fieldwise(), clock.span.fieldwise());
        let span = table.project(clock.chrono, Clock::FIELDS.span).unwrap().unwrap();
        assert_eq!(span.fieldwise(), clock.span.fieldwise());
    }
}

#[test]
fn a_time_zone_that_is_not_known_comes_back() {
    #[derive(Archive, Serialize, Deserialize, StoredRecord)]
    #[store(codec = "rkyv", table = "zones")]
    struct Record {
        #[store(key)]
        id: u32,
        #[rkyv(with = AsStored)]
        at: jiff::Zoned,
    }
    let zone = jiff::tz::TimeZone::unknown();
    let storage = Storage::in_memory().unwrap();
    let table = Record::table(&storage).unwrap();
    let at = jiff::Timestamp::UNIX_EPOCH.to_zoned(zone);
    table.put(&Record { id: 1, at: at.clone() }).unwrap();
    assert_eq!(table.load(1).unwrap().unwrap().at.time_zone(), at.time_zone());
}

/// Several libraries have one form for a type, and not the same values: what one stores, another must refuse.
macro_rules! refused {
    ($name:ident: $wide:ty, $good:expr, $bad:expr => $narrow:ty) => {
        mod $name {
            use super::*;

            mod wide {
                use super::*;

                #[derive(Archive, Serialize, Deserialize, StoredRecord)]
                #[store(codec = "rkyv", table = "wide")]
                pub(super) struct Record {
                    #[store(key)]
                    pub id: u32,
                    #[rkyv(with = AsStored)]
                    pub value: $wide,
                    #[rkyv(with = AsStored)]
                    pub maybe: Option<$wide>,
                }
            }

            #[derive(Archive, Serialize, Deserialize, StoredRecord)]
            #[store(codec = "rkyv", table = "wide")]
            struct Record {
                #[store(key)]
                id: u32,
                #[rkyv(with = AsStored)]
                value: $narrow,
                #[rkyv(with = AsStored)]
                maybe: Option<$narrow>,
            }

            #[test]
            fn what_the_type_lacks_is_an_error_of_its_row() {
                let storage = Storage::in_memory().unwrap();
                let table = wide::Record::table(&storage).unwrap();
                let (good, bad): ($wide, $wide) = ($good, $bad);
                table.put(&wide::Record { id: 1, value: good, maybe: None }).unwrap();
                table.put(&wide::Record { id: 2, value: bad, maybe: Some(bad) }).unwrap();
                let table = Record::table(&storage).unwrap();
                let f = Record::FIELDS;
                let good = table.load(1).unwrap().unwrap();
                assert!(good.maybe.is_none());
                assert!(table.project(1, f.value).unwrap() == Some(good.value));
                let held = || table.iter().unwrap().nth(1).unwrap().unwrap();
                for (field, error) in [
                    ("value", table.load(2).map(|_| ()).unwrap_err()),
                    ("value", table.project(2, f.value).map(|_| ()).unwrap_err()),
                    ("maybe", table.project(2, f.maybe).map(|_| ()).unwrap_err()),
                    (
                        "value",
                        table.iter().unwrap().filter(f.value.ne(good.value)).count().unwrap_err(),
                    ),
                ] {
                    let error = error.to_string();
                    let reason = "cannot make an owned value: its type refuses:";
                    let place = format!("table `wide`, key 2: {reason} `{field}`: ");
                    assert!(error.starts_with(&place), "{error}");
                    assert!(error.contains("out of the range of `"), "{error}");
                    assert!(error.contains(concat!(stringify!($narrow), "`")), "{error}");
                }
                let error = held().load().map(|_| ()).unwrap_err().to_string();
                assert!(error.contains("refuses: `value`: "), "{error}");
            }
        }
    };
}

refused! {
    moment: chrono::DateTime<chrono::Utc>,
    chrono::DateTime::UNIX_EPOCH, chrono::DateTime::<chrono::Utc>::MAX_UTC
        => jiff::Timestamp
}
refused! {
    early_moment: chrono::DateTime<chrono::Utc>,
    chrono::DateTime::UNIX_EPOCH, chrono::DateTime::<chrono::Utc>::MIN_UTC
        => time::UtcDateTime
}
refused! { leap: chrono::NaiveDateTime, chrono::NaiveDateTime::default(), leap_second() => civil::DateTime }
refused! {
    datetime: chrono::NaiveDateTime,
    chrono::NaiveDateTime::default(), chrono::NaiveDateTime::MIN
        => time::PrimitiveDateTime
}
refused! { day: chrono::NaiveDate, chrono::NaiveDate::default(), chrono::NaiveDate::MAX => civil::Date }
refused! { early_day: chrono::NaiveDate, chrono::NaiveDate::default(), chrono::NaiveDate::MIN => time::Date }
refused! { time_of_day: chrono::NaiveTime, chrono::NaiveTime::MIN, leap_second().time() => civil::Time }
refused! { leap_time: chrono::NaiveTime, chrono::NaiveTime::MIN, leap_second().time() => time::Time }
refused! { duration: time::Duration, time::Duration::ZERO, time::Duration::MIN => chrono::TimeDelta }
refused! {
    offset_moment: time::OffsetDateTime, leap_day().assume_utc(), leap_day().assume_offset(ahead(-86_400))
        => chrono::DateTime<chrono::FixedOffset>
}
refused! {
    clock: chrono::DateTime<chrono::FixedOffset>,
    leap_second().and_utc().with_timezone(&east(0)) - chrono::TimeDelta::seconds(2),
    chrono::NaiveDateTime::MAX.and_utc().fixed_offset() => time::OffsetDateTime
}
