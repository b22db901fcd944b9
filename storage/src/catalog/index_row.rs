//! The row of one index: its definition, who has made its entries, and how far it is built.
//!
//! ```text
//! index by_year = i32 over year
//! layout = 2                       the number of the layout whose code has made the entries, if it is not 1
//! built to = 00000007              if it is not ready; nothing follows the sign before the first row
//! ```

use super::{
    hex::{from_hex, to_hex},
    layouts::FIRST_LAYOUT,
};
use crate::{
    error::{SchemaTextError, SchemaTextReason},
    key::KeyBuf,
};

/// What the lines behind the definition are about.
const LAYOUT: &str = "layout";
const BUILT_TO: &str = "built to";

/// What the catalogue has of an index.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct IndexRow {
    pub(super) name: String,
    /// The line of its definition.
    pub(super) definition: String,
    /// The number of the layout that the code which has made its entries declares.
    pub(super) layout: u16,
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
        let (name, state) = (name.to_owned(), IndexState::Ready);
        Self { name, definition, layout: FIRST_LAYOUT, state }
    }

    /// Whether both are the same index, in whatever state.
    pub(super) fn is_of(&self, other: &Self) -> bool {
        (&self.name, &self.definition) == (&other.name, &other.definition)
    }

    pub(super) fn text(&self) -> String {
        let layout = match self.layout {
            FIRST_LAYOUT => String::new(),
            number => format!("{LAYOUT} = {number}\n"),
        };
        let state = match &self.state {
            IndexState::Ready => String::new(),
            IndexState::Building(None) => format!("{BUILT_TO} =\n"),
            IndexState::Building(Some(key)) => format!("{BUILT_TO} = {}\n", to_hex(key)),
        };
        format!("{}{layout}{state}", self.definition)
    }

    pub(super) fn parse(name: String, text: &str) -> Result<Self, SchemaTextError> {
        let mut lines = text.split_inclusive('\n');
        let mut row = Self::ready(&name, lines.next().unwrap_or_default().to_owned());
        for (number, line) in (2..).zip(lines) {
            let (subject, value) =
                line.split_once(" =").unwrap_or_else(|| (line.trim_end(), "no value"));
            let expected = |what: &str| {
                unreadable(number, SchemaTextReason::Expected { what: what.to_owned() })
            };
            match subject {
                LAYOUT if number == 2 => {
                    row.layout = layout(value).ok_or_else(|| expected("a number above 1"))?;
                }
                BUILT_TO if row.state == IndexState::Ready => {
                    row.state = building(value).ok_or_else(|| expected("a key as hex"))?;
                }
                LAYOUT | BUILT_TO => return Err(expected("the end")),
                subject => {
                    let subject = subject.to_owned();
                    return Err(unreadable(number, SchemaTextReason::UnknownLine { subject }));
                }
            }
        }
        Ok(row)
    }
}

/// The error of a line behind the first.
fn unreadable(line: usize, reason: SchemaTextReason) -> SchemaTextError {
    SchemaTextError { line, column: 1, reason }
}

/// The number that the text behind the sign says; `None` if it says none.
fn layout(value: &str) -> Option<u16> {
    let number = value.strip_suffix('\n')?.strip_prefix(' ')?;
    number
        .parse()
        .ok()
        .filter(|parsed: &u16| *parsed > FIRST_LAYOUT && parsed.to_string() == number)
}

/// The state that the text behind the sign says; `None` if it says none.
fn building(value: &str) -> Option<IndexState> {
    let value = value.strip_suffix('\n')?;
    if value.is_empty() {
        return Some(IndexState::Building(None));
    }
    Some(IndexState::Building(Some(from_hex(value.strip_prefix(' ')?)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_read_as_it_was_written() {
        let key = |bytes: &[u8]| IndexState::Building(Some(bytes.into()));
        for state in [IndexState::Ready, IndexState::Building(None), key(b""), key(b"\x00\xffk")] {
            for layout in [1, 2, 300] {
                let row = IndexRow::ready("a", "index a = u8 over a\n".into());
                let row = IndexRow { layout, state: state.clone(), ..row };
                assert_eq!(IndexRow::parse("a".into(), &row.text()), Ok(row));
            }
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
        for state in [
            "layout = 1\n",
            "layout = 02\n",
            "layout = +2\n",
            "layout = 70000\n",
            "layout = 2\nlayout = 2\n",
            "built to =\nlayout = 2\n",
            "built to =\nbuilt to =\n",
            "built to = 0\n",
            "built to = 0g\n",
            "built to =00\n",
            "built to = 00",
        ] {
            let error = reason(state).unwrap_err();
            assert!(matches!(error, SchemaTextReason::Expected { .. }), "{state}: {error}");
        }
    }
}
