//! Types of the standard library, and of crates for time and identifiers, in the language of FlatBuffers: structs whose
//! fields are named after what they count.

use crate::schema::{Scalar, Shape, Standard};

/// A type of fixed width that has no name in the schema of Rust.
pub(in super::super) struct Known {
    pub(super) name: &'static str,
    /// What it means.
    pub(super) doc: &'static str,
    pub(in super::super) fields: Vec<(&'static str, Shape)>,
}

const SECONDS: &str = "seconds";
const NANOSECONDS: &str = "nanoseconds";
const IP: &str = "ip";
const PORT: &str = "port";

/// The struct of a type of this name.
pub(in super::super) fn standard(standard: Standard) -> Option<Known> {
    let scalar = Shape::Scalar;
    let nanoseconds = (NANOSECONDS, scalar(Scalar::U32));
    let moment = || vec![(SECONDS, scalar(Scalar::I64)), (NANOSECONDS, scalar(Scalar::U32))];
    let known = |name, doc, fields| Some(Known { name, doc, fields });
    match standard {
        Standard::Duration => {
            known("Duration", "A span of time.", vec![(SECONDS, scalar(Scalar::U64)), nanoseconds])
        }
        Standard::SignedDuration => known(
            "SignedDuration",
            "A span of time, forwards or backwards: both numbers have the same sign.",
            vec![(SECONDS, scalar(Scalar::I64)), (NANOSECONDS, scalar(Scalar::I32))],
        ),
        Standard::Timestamp => known(
            "Timestamp",
            "A moment: whole seconds since 1970-01-01T00:00:00Z, rounded down, and the nanoseconds after them.",
            moment(),
        ),
        Standard::Datetime => known(
            "DateTime",
            "A day and a time of day in no time zone: as a timestamp whose clock is in UTC.",
            moment(),
        ),
        Standard::OffsetTimestamp => known(
            "OffsetTimestamp",
            "A moment as in a timestamp, and how many seconds the clock that showed it was ahead of UTC.",
            [moment(), vec![("offset_seconds", scalar(Scalar::I32))]].concat(),
        ),
        Standard::Date => known(
            "Date",
            "A day, as the number of days since 1970-01-01.",
            vec![("days", scalar(Scalar::I32))],
        ),
        Standard::Time => known(
            "Time",
            "A time of day, since midnight.",
            vec![(SECONDS, scalar(Scalar::U32)), nanoseconds],
        ),
        Standard::Offset => known(
            "UtcOffset",
            "How many seconds a clock is ahead of UTC.",
            vec![(SECONDS, scalar(Scalar::I32))],
        ),
        Standard::Uuid => {
            known("Uuid", "A UUID, in the order in which it is printed.", bytes("bytes", 16))
        }
        Standard::Zoned | Standard::Str => None,
        ip_or_socket => address(ip_or_socket),
    }
}

fn address(standard: Standard) -> Option<Known> {
    let port = (PORT, Shape::Scalar(Scalar::U16));
    let of_v6 = || ["flow_info", "scope_id"].map(|name| (name, Shape::Scalar(Scalar::U32)));
    let ip = |standard| (IP, Shape::Standard(standard));
    let known = |name, doc, fields| Some(Known { name, doc, fields });
    match standard {
        Standard::Ipv4 => known("Ipv4", "An internet address of version 4.", bytes("octets", 4)),
        Standard::Ipv6 => known("Ipv6", "An internet address of version 6.", bytes("octets", 16)),
        Standard::Ip => known(
            "Ip",
            "An internet address of version 4 or 6; one of version 4 has four octets, and zeros behind them.",
            [vec![("version", Shape::Scalar(Scalar::U8))], bytes("octets", 16)].concat(),
        ),
        Standard::Socketv4 => {
            known("SocketV4", "An address and a port.", vec![ip(Standard::Ipv4), port])
        }
        Standard::Socketv6 => known(
            "SocketV6",
            "An address and a port.",
            [vec![ip(Standard::Ipv6), port], of_v6().into()].concat(),
        ),
        Standard::Socket => known(
            "Socket",
            "An address and a port; with version 4, the last two numbers are zero.",
            [vec![ip(Standard::Ip), port], of_v6().into()].concat(),
        ),
        _ => None,
    }
}

/// The struct of an integer that is wider than those of FlatBuffers.
pub(super) fn wide(scalar: Scalar) -> Option<Known> {
    let doc = "An integer of 128 bits, in two halves.";
    let halves = |high| vec![("low", Shape::Scalar(Scalar::U64)), ("high", Shape::Scalar(high))];
    match scalar {
        Scalar::U128 => Some(Known { name: "U128", doc, fields: halves(Scalar::U64) }),
        Scalar::I128 => Some(Known { name: "I128", doc, fields: halves(Scalar::I64) }),
        _ => None,
    }
}

fn bytes(name: &'static str, len: usize) -> Vec<(&'static str, Shape)> {
    vec![(name, Shape::Array(Box::new(Shape::Scalar(Scalar::U8)), len))]
}
