//! Rows as comma-separated values. Nothing is an empty cell; lists, maps and structs are JSON in theirs.

use super::plain;
use crate::failure::Outcome;
use csv::Writer;
use std::io;
use storage::dynamic::Value;

/// Rows that are written as lines.
pub(crate) struct CsvRows<W: io::Write> {
    writer: Writer<W>,
    is_terminal: bool,
}

impl<W: io::Write> CsvRows<W> {
    /// Lines that go to `to`, which may be a terminal.
    pub(crate) fn new(to: W, is_terminal: bool) -> Self {
        Self { writer: Writer::from_writer(to), is_terminal }
    }

    pub(crate) fn names(&mut self, names: &[String]) -> Outcome<()> {
        self.line(names.to_vec())
    }

    pub(crate) fn row(&mut self, cells: &[Option<Value>]) -> Outcome<()> {
        self.line(cells.iter().map(|cell| cell.as_ref().map(text).unwrap_or_default()).collect())
    }

    fn line(&mut self, cells: Vec<String>) -> Outcome<()> {
        let is_terminal = self.is_terminal;
        // A file gets text as it is; a terminal must not obey it.
        let cells = cells.iter().map(|cell| if is_terminal { plain(cell) } else { cell.clone() });
        Ok(self.writer.write_record(cells).map_err(io_error)?)
    }

    pub(crate) fn finish(mut self) -> Outcome<()> {
        Ok(self.writer.flush()?)
    }
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// A value as its cell has it: text as it is.
pub(crate) fn text(value: &Value) -> String {
    match value {
        Value::Option(None) | Value::Unit => String::new(),
        Value::Option(Some(inner)) => text(inner),
        Value::Text(text) => text.clone(),
        Value::Char(c) => c.to_string(),
        Value::Variant(name, None) => name.to_string(),
        Value::Time(time) => time.to_string(),
        Value::List(_) | Value::Map(_) | Value::Tuple(_) | Value::Struct(_) => value.to_string(),
        other => other.to_string().trim_matches('"').to_owned(),
    }
}
