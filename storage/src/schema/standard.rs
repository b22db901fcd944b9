//! Types of the standard library, and of crates that this one knows, that have a name of their own in a schema.

use std::fmt;

macro_rules! standard {
    ($($(#[$doc:meta])* $variant:ident => $name:literal;)*) => {
        /// A type that is not this crate's, by what it means.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum Standard {
            $($(#[$doc])* $variant,)*
        }

        impl Standard {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The one whose name is `word`.
            pub(super) fn called(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|named| named.name() == word)
            }

            /// Its name in a schema.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)*
                }
            }
        }
    };
}
standard! {
    /// A span of time in nanoseconds.
    Duration => "duration";
    /// A moment in nanoseconds since 1970.
    Timestamp => "timestamp";
    /// A day and a time of day in no time zone.
    Datetime => "datetime";
    /// A day.
    Date => "date";
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
}

impl fmt::Display for Standard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
