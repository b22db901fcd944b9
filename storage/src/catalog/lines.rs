//! Rows of the catalogue of which each line says one thing: about work that is under way, or numbers that were given.

use crate::error::{SchemaTextError, SchemaTextReason};

/// A row that is read line by line, in whatever order, and has one text.
pub(super) trait Lines: Default {
    /// What the row is, in errors.
    const WHAT: &'static str;
    /// What its lines begin with.
    const STARTS: &'static [&'static str];

    fn text(&self) -> String;

    /// Takes over what `line` says; `None` if it says nothing.
    fn read(&mut self, line: &str) -> Option<()>;
}

/// The row that says `text`, which is its text to the letter.
pub(super) fn parse<R: Lines>(text: &str) -> Result<R, SchemaTextError> {
    let mut row = R::default();
    for (number, line) in (1..).zip(text.lines()) {
        if row.read(line).is_none() {
            let reason = match R::STARTS.iter().any(|start| line.starts_with(start.trim_end())) {
                true => SchemaTextReason::Expected { what: "how far it has come".to_owned() },
                false => SchemaTextReason::UnknownLine { subject: line.to_owned() },
            };
            return Err(SchemaTextError { line: number, column: 1, reason });
        }
    }
    if row.text() == text {
        return Ok(row);
    }
    let reason = SchemaTextReason::Expected { what: R::WHAT.to_owned() };
    Err(SchemaTextError { line: 1, column: 1, reason })
}
