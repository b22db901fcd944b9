//! The row of the number that the next record of a table gets, if its keys are counted: `#[store(key, auto)]`.
//!
//! ```text
//! next id = 8
//! ```

use super::lines::Lines;

const NEXT: &str = "next id = ";
/// The row of a table's numbers.
///
/// *Invariant*: no record was ever given that number or a higher one in a write that is committed. The row stays when
/// the code counts no more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct IdRow {
    pub(super) next: u64,
}

impl Lines for IdRow {
    const WHAT: &'static str = "the number of the next record";
    const STARTS: &'static [&'static str] = &[NEXT];

    fn text(&self) -> String {
        format!("{NEXT}{}\n", self.next)
    }

    fn read(&mut self, line: &str) -> Option<()> {
        self.next = line.strip_prefix(NEXT)?.parse().ok()?;
        Some(())
    }
}
