//! The row of a table whose records are being written under other keys: into which table, how far that has come, and
//! whether others have written meanwhile.
//!
//! ```text
//! rekey into = users
//! seen = 12000
//! others wrote                     if rows may have changed that were written under their new keys already
//! rekeyed to = 00000007            if a first batch was written
//! ```

use super::{
    hex::{from_hex, to_hex},
    lines::Lines,
};
use crate::key::KeyBuf;

/// What the lines are about.
const INTO: &str = "rekey into = ";
const SEEN: &str = "seen = ";
const DISTURBED: &str = "others wrote";
const CURSOR: &str = "rekeyed to = ";

/// How far a rekey has come.
///
/// *Invariant*: unless it was disturbed, the hidden table has a record for each row up to the cursor, and no other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RekeyRow {
    /// The name that the table of the new keys will have.
    pub(super) into: String,
    /// How many rows it has come to.
    pub(crate) seen: u64,
    /// Whether something was written to the table since it began.
    pub(super) is_disturbed: bool,
    /// The key of the last row it has come to.
    pub(crate) cursor: Option<KeyBuf>,
}

impl Lines for RekeyRow {
    const WHAT: &'static str = "a rekey";
    const STARTS: &'static [&'static str] = &[INTO, SEEN, DISTURBED, CURSOR];

    fn text(&self) -> String {
        let Self { into, seen, is_disturbed, cursor } = self;
        let disturbed = if *is_disturbed { format!("{DISTURBED}\n") } else { String::new() };
        let cursor = cursor.as_ref().map(|key| format!("{CURSOR}{}\n", to_hex(key)));
        format!("{INTO}{into}\n{SEEN}{seen}\n{disturbed}{}", cursor.unwrap_or_default())
    }

    fn read(&mut self, line: &str) -> Option<()> {
        if let Some(table) = line.strip_prefix(INTO) {
            table.clone_into(&mut self.into);
        } else if let Some(count) = line.strip_prefix(SEEN) {
            self.seen = count.parse().ok()?;
        } else if let Some(digits) = line.strip_prefix(CURSOR) {
            self.cursor = Some(from_hex(digits)?);
        } else if line == DISTURBED {
            self.is_disturbed = true;
        } else {
            return None;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{catalog::lines::parse, error::SchemaTextReason};

    #[test]
    fn a_row_is_read_as_it_was_written() {
        for is_disturbed in [false, true] {
            for cursor in [None, Some(b"".as_slice()), Some(b"\x00\xffk")] {
                let (into, cursor) = ("my users".to_owned(), cursor.map(KeyBuf::from));
                let row = RekeyRow { into, seen: 7, is_disturbed, cursor };
                assert_eq!(parse(&row.text()), Ok(row));
            }
        }
    }

    #[test]
    fn other_lines_are_told_from_damaged_ones() {
        let good = RekeyRow { into: "users".to_owned(), ..RekeyRow::default() }.text();
        for (text, is_unknown) in [
            (format!("{good}shards = 3\n"), true),
            (format!("{good}rekeyed to = 0\n"), false),
            (format!("{good}others wrote it\n"), false),
            (format!("{good}{good}"), false),
            (good.replace("seen = 0", "seen = 00"), false),
            (good.trim_end().to_owned(), false),
            (String::new(), false),
        ] {
            let error = parse::<RekeyRow>(&text).unwrap_err();
            let found = matches!(error.reason(), SchemaTextReason::UnknownLine { .. });
            assert_eq!(found, is_unknown, "{text:?}");
        }
    }
}
