//! Record types whose older types cannot be what they are said to be.

use std::fmt;

/// A record type whose `#[store(from = ..)]`, or that of one of its older types, cannot be.
#[derive(Debug)]
pub struct OlderTypeError {
    pub(crate) table: String,
    pub(crate) type_name: &'static str,
    pub(crate) reason: OlderTypeReason,
}

/// Why not.
#[derive(Debug)]
pub(crate) enum OlderTypeReason {
    /// One of the older types comes from another of them again.
    Circle { older: &'static str },
    /// The keys differ.
    Key { older: &'static str, older_key: String, key: String },
}

impl OlderTypeError {
    /// The table of the records.
    #[must_use]
    pub fn table(&self) -> &str {
        &self.table
    }

    /// The record type.
    #[must_use]
    pub const fn type_name(&self) -> &'static str {
        self.type_name
    }

    /// The older type.
    #[must_use]
    pub const fn older(&self) -> &'static str {
        match self.reason {
            OlderTypeReason::Circle { older } | OlderTypeReason::Key { older, .. } => older,
        }
    }
}

impl fmt::Display for OlderTypeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, type_name, reason } = self;
        write!(f, "the records `{type_name}` of table `{table}` cannot be made of ")?;
        match reason {
            OlderTypeReason::Circle { older } => write!(
                f,
                "older types that are made of one another: `from` leads to `{older}` twice; remove it from the oldest"
            ),
            OlderTypeReason::Key { older, older_key, key } => write!(
                f,
                "`{older}`, whose key is `{older_key}` and not `{key}`: the key decides where a row lies; remove \
                 `from`, and write the rows under their new keys with \
                 `storage.rekey(|old: {older}| Ok({type_name}::from(old))).run()?` before the table is opened"
            ),
        }
    }
}

impl std::error::Error for OlderTypeError {}
