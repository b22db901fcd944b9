//! All that the catalogue has of a table, as one text by which the table is made anew in another file.
//!
//! ```text
//! layout 2
//!   record = Note
//!   …                    the text of the layout
//! index by_year
//!   index by_year = i32 over year
//!   layout = 2
//! retired
//!   retired 1 = 00f3ac5d1b2c7788
//! migration
//!   …
//! ids
//!   next id = 8
//! seal name
//!   users
//! ```
//!
//! A rekey that is under way is left out: what has come of it is in a table of its own.

use super::{
    index_row::{IndexRow, IndexState},
    layouts::Layouts,
    lines::{self, Lines as _},
    retired::Retired,
    rows::{self, TableRows},
};
use crate::{
    backend::{ByteReader, ByteWriter},
    error::{DynamicError, Result, SchemaTextError, SchemaTextReason, StorageError},
    schema::{Description, check_table_name},
};

const LAYOUT: &str = "layout ";
const INDEX: &str = "index ";
const RETIRED: &str = "retired";
const MIGRATION: &str = "migration";
const IDS: &str = "ids";
const SEAL_NAME: &str = "seal name";
/// What the lines of a part have before them.
const INDENT: &str = "  ";

type Parsed<T> = Result<T, SchemaTextError>;

/// The definition of `table`; `None` if there is no such table.
pub(crate) fn definition(reader: &dyn ByteReader, table: &str) -> Result<Option<String>> {
    let Some(rows) = TableRows::read(reader, table.as_bytes())? else { return Ok(None) };
    let mut parts: Vec<(String, String)> = Vec::new();
    for (number, text) in rows.layouts.iter() {
        parts.push((format!("{LAYOUT}{number}"), text.to_owned()));
    }
    for index in &rows.indexes {
        parts.push((format!("{INDEX}{}", index.name), index.text()));
    }
    if !rows.layouts.retired.is_empty() {
        parts.push((RETIRED.to_owned(), rows.layouts.retired.text()));
    }
    if let Some(migration) = &rows.migration {
        parts.push((MIGRATION.to_owned(), migration.text()));
    }
    if let Some(ids) = rows.ids {
        parts.push((IDS.to_owned(), ids.text()));
    }
    if let Some(name) = rows.seal_name {
        parts.push((SEAL_NAME.to_owned(), format!("{name}\n")));
    }
    let mut definition = String::new();
    for (head, text) in parts {
        definition.push_str(&head);
        definition.push('\n');
        for line in text.lines() {
            definition.push_str(INDENT);
            definition.push_str(line);
            definition.push('\n');
        }
    }
    Ok(Some(definition))
}

/// Makes the table `name`, which there is not yet, by `text`. It has no rows, and so each of its indexes has all of its
/// entries, but for those that were not built.
pub(crate) fn create(writer: &dyn ByteWriter, name: &str, text: &str) -> Result<(), DynamicError> {
    check_table_name(name)
        .map_err(|reason| StorageError::TableName { name: name.to_owned(), reason })?;
    if TableRows::read(writer, name.as_bytes())?.is_some() {
        return Err(StorageError::TableExists { table: name.to_owned() }.into());
    }
    let mut rows = parse(text).map_err(|reason| DynamicError::Definition {
        table: name.to_owned(),
        reason: Box::new(reason),
    })?;
    for index in &mut rows.indexes {
        if index.state != IndexState::Ready {
            index.state = IndexState::Building(None);
        }
    }
    // Rows are sealed as they were, unless another table has taken the name meanwhile.
    let seal_name = match rows.seal_name.take() {
        Some(seal_name) if !rows::is_taken(writer, &seal_name)? => seal_name,
        _ => rows::new_seal_name(writer, name)?,
    };
    rows.seal_name = (seal_name != name).then_some(seal_name);
    Ok(rows.write(writer, name)?)
}

fn parse(text: &str) -> Parsed<TableRows> {
    let mut rows = TableRows::default();
    let mut lines = text.lines().zip(1..).peekable();
    let mut layouts = Vec::new();
    while let Some((head, line)) = lines.next() {
        let mut part = String::new();
        while let Some((text, _)) = lines.next_if(|(text, _)| text.starts_with(INDENT)) {
            part.push_str(text.strip_prefix(INDENT).unwrap_or(text));
            part.push('\n');
        }
        let placed = |error: SchemaTextError| SchemaTextError {
            line: error.line.saturating_add(line),
            column: error.column.saturating_add(INDENT.len()),
            ..error
        };
        if let Some(number) = head.strip_prefix(LAYOUT) {
            let number: u16 =
                number.parse().map_err(|_| expected(line, "the number of a layout"))?;
            Description::parse(&part).map_err(placed)?;
            layouts.push((number, line, part));
        } else if let Some(name) = head.strip_prefix(INDEX) {
            rows.indexes.push(IndexRow::parse(name.to_owned(), &part).map_err(placed)?);
        } else {
            match head {
                RETIRED => {
                    rows.layouts = Layouts::after(Retired::parse(&part).map_err(placed)?);
                }
                MIGRATION => rows.migration = Some(lines::parse(&part).map_err(placed)?),
                IDS => rows.ids = Some(lines::parse(&part).map_err(placed)?),
                SEAL_NAME => rows.seal_name = Some(part.trim_end().to_owned()),
                head => {
                    let subject = head.to_owned();
                    let reason = SchemaTextReason::UnknownLine { subject };
                    return Err(SchemaTextError { line, column: 1, reason });
                }
            }
        }
    }
    for (number, line, text) in layouts {
        let added = rows.layouts.add(number, text);
        added.map_err(|_| expected(line, "the layouts in the order of their numbers"))?;
    }
    match rows.layouts.is_empty() {
        true => Err(expected(1, "a layout")),
        // The indexes are read with the newest layout.
        false => Description::parse(&rows.text()).map(|_| rows),
    }
}

fn expected(line: usize, what: &str) -> SchemaTextError {
    let reason = SchemaTextReason::Expected { what: what.to_owned() };
    SchemaTextError { line, column: 1, reason }
}
