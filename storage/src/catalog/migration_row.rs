//! The row of a migration that is under way: to which layout, how far it has come, and whether it was disturbed.
//!
//! ```text
//! migration to = 3
//! seen = 12000
//! rewritten = 11500
//! others wrote                     if rows of another layout may have been written behind the key below
//! migrated to = 00000007           if a first batch was written
//! ```

use super::{
    hex::{from_hex, to_hex},
    lines::Lines,
};
use crate::key::KeyBuf;

/// What the lines are about.
const TO: &str = "migration to = ";
const SEEN: &str = "seen = ";
const REWRITTEN: &str = "rewritten = ";
const DISTURBED: &str = "others wrote";
const CURSOR: &str = "migrated to = ";

/// How far a migration has come.
///
/// *Invariant*: unless it was disturbed, all rows up to the cursor have the layout that it goes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MigrationRow {
    /// The number of the layout that rows get.
    pub(super) to: u16,
    /// How many rows it has come to since it began at the first,
    pub(crate) seen: u64,
    /// and how many it has written.
    pub(crate) rewritten: u64,
    /// Whether a program of another layout has written to the table meanwhile.
    pub(super) is_disturbed: bool,
    /// The key of the last row it has come to.
    pub(crate) cursor: Option<KeyBuf>,
}

impl Lines for MigrationRow {
    const WHAT: &'static str = "a migration";
    const STARTS: &'static [&'static str] = &[TO, SEEN, REWRITTEN, DISTURBED, CURSOR];

    fn text(&self) -> String {
        let Self { to, seen, rewritten, is_disturbed, cursor } = self;
        let disturbed = if *is_disturbed { format!("{DISTURBED}\n") } else { String::new() };
        let cursor = cursor.as_ref().map(|key| format!("{CURSOR}{}\n", to_hex(key)));
        let cursor = cursor.unwrap_or_default();
        format!("{TO}{to}\n{SEEN}{seen}\n{REWRITTEN}{rewritten}\n{disturbed}{cursor}")
    }

    fn read(&mut self, line: &str) -> Option<()> {
        if let Some(number) = line.strip_prefix(TO) {
            self.to = number.parse().ok()?;
        } else if let Some(count) = line.strip_prefix(SEEN) {
            self.seen = count.parse().ok()?;
        } else if let Some(count) = line.strip_prefix(REWRITTEN) {
            self.rewritten = count.parse().ok()?;
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
                let cursor = cursor.map(KeyBuf::from);
                let row = MigrationRow { to: 3, seen: 7, rewritten: 5, is_disturbed, cursor };
                assert_eq!(parse(&row.text()), Ok(row));
            }
        }
    }

    #[test]
    fn other_lines_are_told_from_damaged_ones() {
        let good = MigrationRow { to: 3, ..MigrationRow::default() }.text();
        for (text, is_unknown) in [
            (format!("{good}shards = 3\n"), true),
            (format!("{good}migrated to = 0\n"), false),
            (format!("{good}migrated to = 0G\n"), false),
            (format!("{good}others wrote it\n"), false),
            (format!("{good}{good}"), false),
            (good.replace("to = 3", "to = 03"), false),
            (good.replace("to = 3", "to = 70000"), false),
            (good.trim_end().to_owned(), false),
            (String::new(), false),
        ] {
            let error = parse::<MigrationRow>(&text).unwrap_err();
            let found = matches!(error.reason(), SchemaTextReason::UnknownLine { .. });
            assert_eq!(found, is_unknown, "{text:?}");
        }
    }
}
