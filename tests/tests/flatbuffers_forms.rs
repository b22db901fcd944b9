//! Types of fixed width as fields of FlatBuffers records: stored, loaded, viewed, projected, and what the `.fbs` calls
//! them.

use jiff::civil;
use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::{NonZeroI128, NonZeroU16},
    time::{Duration, SystemTime},
};
use storage::StoredRecord as _;
use tests::flat_field;
use uuid::Uuid;

flat_field! { char: char = "uint", "uint", ['a', '\0', char::MAX] }
flat_field! { u128: u128 = "U128", "U128", [0, 1 << 64, u128::MAX] }
flat_field! { i128: i128 = "I128", "I128", [-1, i128::MIN, i128::MAX] }
flat_field! { non_zero: NonZeroU16 = "ushort", "ushort", [NonZeroU16::MIN, NonZeroU16::MAX] }
flat_field! { non_zero_wide: NonZeroI128 = "I128", "I128", [NonZeroI128::MIN] }
flat_field! { id: Uuid = "Uuid", "Uuid", [Uuid::nil(), Uuid::from_u128(1 << 120 | 7)] }
flat_field! { duration: Duration = "Duration", "Duration", [Duration::ZERO, Duration::MAX] }
flat_field! {
    system_time: SystemTime = "Timestamp", "Timestamp",
    [
        SystemTime::UNIX_EPOCH,
        SystemTime::UNIX_EPOCH - Duration::new(1 << 40, 1),
        // The first and the last moment that a file can have.
        SystemTime::UNIX_EPOCH - Duration::from_secs(1 << 63),
        SystemTime::UNIX_EPOCH + Duration::new((1 << 63) - 1, 999_999_999),
    ]
}
flat_field! { ipv4: Ipv4Addr = "Ipv4", "Ipv4", [Ipv4Addr::LOCALHOST, Ipv4Addr::BROADCAST] }
flat_field! { ipv6: Ipv6Addr = "Ipv6", "Ipv6", [Ipv6Addr::LOCALHOST] }
flat_field! { ip: IpAddr = "Ip", "Ip", ["1.2.3.4".parse().unwrap(), "::1".parse().unwrap()] }
flat_field! { socket4: SocketAddrV4 = "SocketV4", "SocketV4", ["1.2.3.4:5".parse().unwrap()] }
flat_field! {
    socket6: SocketAddrV6 = "SocketV6", "SocketV6", [SocketAddrV6::new(Ipv6Addr::LOCALHOST, 1, 2, 3)]
}
flat_field! {
    socket: SocketAddr = "Socket", "Socket",
    ["1.2.3.4:5".parse().unwrap(), SocketAddrV6::new(Ipv6Addr::LOCALHOST, 1, 2, 3).into()]
}
flat_field! {
    jiff_timestamp: jiff::Timestamp = "Timestamp", "Timestamp",
    [jiff::Timestamp::MIN, jiff::Timestamp::MAX, jiff::Timestamp::UNIX_EPOCH]
}
flat_field! {
    jiff_span: jiff::SignedDuration = "SignedDuration", "SignedDuration",
    [jiff::SignedDuration::MIN, jiff::SignedDuration::from_millis(-1)]
}
flat_field! {
    jiff_datetime: civil::DateTime = "DateTime", "DateTime",
    [civil::DateTime::MIN, civil::DateTime::MAX]
}
flat_field! {
    jiff_date: civil::Date = "Date", "Date",
    [civil::Date::MIN, civil::Date::MAX, civil::date(1970, 1, 1)]
}
flat_field! { jiff_time: civil::Time = "Time", "Time", [civil::Time::MIN, civil::Time::MAX] }
flat_field! {
    jiff_offset: jiff::tz::Offset = "UtcOffset", "UtcOffset",
    [jiff::tz::Offset::MIN, jiff::tz::Offset::UTC]
}
flat_field! {
    chrono_utc: chrono::DateTime<chrono::Utc> = "Timestamp", "Timestamp",
    [chrono::DateTime::<chrono::Utc>::MIN_UTC, chrono::DateTime::<chrono::Utc>::MAX_UTC]
}
flat_field! {
    chrono_local: chrono::DateTime<chrono::Local> = "Timestamp", "Timestamp",
    [chrono::DateTime::<chrono::Local>::default()]
}
flat_field! {
    chrono_fixed: chrono::DateTime<chrono::FixedOffset> = "OffsetTimestamp", "OffsetTimestamp",
    [chrono::DateTime::parse_from_rfc3339("2020-02-29T03:04:05.6+02:00").unwrap()]
}
flat_field! {
    chrono_naive: chrono::NaiveDateTime = "DateTime", "DateTime",
    [chrono::NaiveDateTime::MIN, chrono::NaiveDateTime::MAX]
}
flat_field! {
    chrono_date: chrono::NaiveDate = "Date", "Date",
    [chrono::NaiveDate::MIN, chrono::NaiveDate::default()]
}
flat_field! {
    // A leap second.
    chrono_time: chrono::NaiveTime = "Time", "Time",
    [chrono::NaiveTime::from_hms_nano_opt(23, 59, 59, 1_999_999_999).unwrap()]
}
flat_field! {
    chrono_delta: chrono::TimeDelta = "SignedDuration", "SignedDuration",
    [chrono::TimeDelta::MIN, chrono::TimeDelta::MAX, chrono::TimeDelta::nanoseconds(-1)]
}
flat_field! {
    chrono_offset: chrono::FixedOffset = "UtcOffset", "UtcOffset",
    [chrono::FixedOffset::east_opt(-3600).unwrap()]
}
flat_field! {
    time_utc: time::UtcDateTime = "Timestamp", "Timestamp",
    [time::UtcDateTime::MIN, time::UtcDateTime::MAX]
}
flat_field! {
    time_offset: time::OffsetDateTime = "OffsetTimestamp", "OffsetTimestamp",
    [time::OffsetDateTime::UNIX_EPOCH]
}
flat_field! {
    time_primitive: time::PrimitiveDateTime = "DateTime", "DateTime",
    [time::PrimitiveDateTime::MIN, time::PrimitiveDateTime::MAX]
}
flat_field! { time_date: time::Date = "Date", "Date", [time::Date::MIN, time::Date::MAX] }
flat_field! { time_time: time::Time = "Time", "Time", [time::Time::MIDNIGHT, time::Time::MAX] }
flat_field! {
    time_duration: time::Duration = "SignedDuration", "SignedDuration",
    [time::Duration::MIN, time::Duration::MAX]
}
flat_field! {
    time_utc_offset: time::UtcOffset = "UtcOffset", "UtcOffset",
    [time::UtcOffset::from_whole_seconds(-5).unwrap()]
}
flat_field! { array: [u128; 3] = "U128x3", "U128x3", [[0, 1, u128::MAX]] }
flat_field! { array_of_ids: [Uuid; 2] = "Uuidx2", "Uuidx2", [[Uuid::nil(), Uuid::max()]] }
