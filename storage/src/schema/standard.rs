//! Types of the standard library, and of crates that this one knows, that have a name of their own in a schema.

use super::words::words;

words! {
    /// A type that is not this crate's, by what it means.
    Standard {
        /// A span of time in nanoseconds.
        Duration => "duration";
        /// A span of time in nanoseconds, forwards or backwards.
        SignedDuration => "signedduration";
        /// A moment in nanoseconds since 1970.
        Timestamp => "timestamp";
        /// A day and a time of day in no time zone.
        Datetime => "datetime";
        /// A moment in nanoseconds since 1970, and how far the clock that showed it was ahead of UTC.
        OffsetTimestamp => "offsettimestamp";
        /// A moment in nanoseconds since 1970, and the time zone of the clock that showed it.
        Zoned => "zoned";
        /// A day.
        Date => "date";
        /// A time of day in nanoseconds.
        Time => "time";
        /// How many seconds a clock is ahead of UTC.
        Offset => "offset";
        /// An internet address of either version.
        Ip => "ip";
        /// An internet address of version 4.
        Ipv4 => "ipv4";
        /// An internet address of version 6.
        Ipv6 => "ipv6";
        /// An internet address of either version, and a port.
        Socket => "socket";
        /// An internet address of version 4, and a port.
        Socketv4 => "socketv4";
        /// An internet address of version 6, and a port, a flow label and a scope.
        Socketv6 => "socketv6";
        /// UTF-8 text of no owner of its own: what a `Box<str>` points to.
        Str => "str";
        /// A UUID.
        Uuid => "uuid";
        /// A value of any type with serde's traits, as MessagePack.
        Serde => "serde";
        /// A value of any type that is printed and parsed, as its text.
        Text => "text";
    }
}
