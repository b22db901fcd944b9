//! The row of one index: its definition, and how far it is built.
//!
//! ```text
//! index by_year = i32 over year
//! built to = 00000007              if it is not ready; nothing follows the sign before the first row
//! ```

use crate::{
    error::{SchemaTextError, SchemaTextReason},
    key::KeyBuf,
};

/// What the second line is about.
const BUILT_TO: &str = "built to";

/// What the catalogue has of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct IndexRow {
    pub(super) name: String,
    /// The line of its definition.
    pub(super) definition: String,
    pub(super) state: IndexState,
}

/// How far an index is built. Every write keeps its entries right meanwhile, those of rows behind, too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum IndexState {
    /// It has the entries of all rows.
    #[default]
    Ready,
    /// It may lack entries of the rows behind this key; of all rows, if there is none.
    Building(Option<KeyBuf>),
}

impl IndexRow {
    pub(super) fn ready(name: &str, definition: String) -> Self {
        Self { name: name.to_owned(), definition, state: IndexState::Ready }
    }

    /// Whether both are the same index, in whatever state.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        (&self.name, &self.definition) == (&other.name, &other.definition)
    }

    pub(super) fn text(&self) -> String {
        let state = match &self.state {
            IndexState::Ready => String::new(),
            IndexState::Building(None) => format!("{BUILT_TO} =\n"),
            IndexState::Building(Some(key)) => format!("{BUILT_TO} = {}\n", hex(key)),
        };
        format!("{}{state}", self.definition)
    }

    pub(super) fn parse(name: String, text: &str) -> Result<Self, SchemaTextError> {
        let definition = text.split_inclusive('\n').next().unwrap_or_default();
        let state = text.strip_prefix(definition).unwrap_or_default();
        let state = match state.split_once(" =") {
            None if state.is_empty() => IndexState::Ready,
            Some((BUILT_TO, value)) => building(value).ok_or_else(|| {
                unreadable(SchemaTextReason::Expected { what: "a key as hex".to_owned() })
            })?,
            split => {
                let subject = split.map_or(state.trim_end(), |(subject, _)| subject).to_owned();
                return Err(unreadable(SchemaTextReason::UnknownLine { subject }));
            }
        };
        Ok(Self { name, definition: definition.to_owned(), state })
    }
}

/// The error of the second line.
fn unreadable(reason: SchemaTextReason) -> SchemaTextError {
    SchemaTextError { line: 2, column: 1, reason }
}

fn hex(key: &[u8]) -> String {
    let digits = key.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// The state that the text behind the sign says; `None` if it says none.
fn building(value: &str) -> Option<IndexState> {
    let value = value.strip_suffix('\n')?;
    if value.is_empty() {
        return Some(IndexState::Building(None));
    }
    let (mut key, mut digits) = (KeyBuf::new(), value.strip_prefix(' ')?);
    while !digits.is_empty() {
        let (byte, rest) = digits.split_at_checked(2)?;
        key.push(u8::from_str_radix(byte, 16).ok()?);
        digits = rest;
    }
    Some(IndexState::Building(Some(key)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_written() {
        let key = |bytes: &[u8]| IndexState::Building(Some(bytes.into()));
        for state in [IndexState::Ready, IndexState::Building(None), key(b""), key(b"\x00\xffk")] {
            let row = IndexRow { state, ..IndexRow::ready("a", "index a = u8 over a\n".into()) };
            assert_eq!(IndexRow::parse("a".into(), &row.text()), Ok(row));
        }
    }

    #[test]
    fn another_second_line_is_told_from_a_damaged_one() {
        let reason = |state: &str| {
            let text = format!("index a = u8 over a\n{state}");
            IndexRow::parse("a".into(), &text).map_err(|error| error.reason().clone())
        };
        let unknown =
            |subject: &str| Err(SchemaTextReason::UnknownLine { subject: subject.to_owned() });
        assert_eq!(reason("shards = 3\n"), unknown("shards"));
        assert_eq!(reason("frozen\n"), unknown("frozen"));
        for state in ["built to = 0\n", "built to = 0g\n", "built to =00\n", "built to = 00"] {
            let error = reason(state).unwrap_err();
            assert!(matches!(error, SchemaTextReason::Expected { .. }), "{state}: {error}");
        }
    }
}
