//! Rows on stdout: as a table, JSON or CSV.

mod csv;
mod out;
mod records;
mod table;

pub(crate) use self::{
    csv::CsvRows,
    out::{Out, bytes, plain},
    table::{Cell, grid, shown},
};
use self::{records::records, table::fits};
use crate::{
    failure::Outcome,
    select::{Columns, Selected},
};
use clap::ValueEnum;
use std::io::Write as _;
use storage::dynamic::{DynamicError, DynamicRow, Value};

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// A table that fits the terminal
    Table,
    /// One array
    Json,
    /// One object a line
    Jsonl,
    /// Comma-separated values with a line of names
    Csv,
}

/// How many rows are laid out as one table.
const PAGE_LEN: usize = 200;

/// Writes up to `limit` of `rows`: how many they were.
pub(crate) fn rows(
    out: &mut Out,
    format: Format,
    columns: &Columns,
    rows: &mut Selected,
    limit: u64,
) -> Outcome<u64> {
    match format {
        Format::Table => table_rows(out, columns, rows, limit),
        Format::Json => {
            let mut is_first = true;
            let count = each(
                rows,
                limit,
                |row| columns.value(row),
                |value| {
                    let before = if is_first { "[\n" } else { ",\n" };
                    is_first = false;
                    write!(out, "{before}{value:#}")?;
                    Ok(())
                },
            )?;
            writeln!(out, "{}", if is_first { "[]" } else { "\n]" })?;
            Ok(count)
        }
        Format::Jsonl => each(
            rows,
            limit,
            |row| columns.value(row),
            |value| {
                writeln!(out, "{value}")?;
                Ok(())
            },
        ),
        Format::Csv => {
            let is_terminal = out.is_terminal();
            let mut csv = CsvRows::new(out, is_terminal);
            csv.names(&columns.names)?;
            let count = each(rows, limit, |row| columns.cells(row), |cells| csv.row(&cells))?;
            csv.finish()?;
            Ok(count)
        }
    }
}

/// Calls `write` with what `read` makes of each row, up to `limit`. A row that cannot be read is left out.
fn each<T>(
    rows: &mut Selected,
    limit: u64,
    read: impl Fn(&DynamicRow) -> Result<T, DynamicError>,
    mut write: impl FnMut(T) -> Outcome<()>,
) -> Outcome<u64> {
    let mut count = 0_u64;
    while count < limit {
        let Some(row) = rows.next()? else { break };
        match read(&row) {
            Ok(made) => {
                write(made)?;
                count = count.saturating_add(1);
            }
            Err(error) => rows.skip(error)?,
        }
    }
    Ok(count)
}

fn table_rows(out: &mut Out, columns: &Columns, rows: &mut Selected, limit: u64) -> Outcome<u64> {
    let mut page: Vec<Vec<Option<Value>>> = Vec::new();
    let mut print = |page: &mut Vec<Vec<Option<Value>>>| -> Outcome<()> {
        let lines = match fits(&columns.names, page, out.width()) {
            true => {
                let cells = |row: &Vec<Option<Value>>| {
                    row.iter().map(|cell| Cell::of(cell.as_ref())).collect()
                };
                grid(&columns.names, page.iter().map(cells).collect(), out.width())
            }
            false => records(&columns.names, page, out.width()),
        };
        page.clear();
        writeln!(out, "{lines}")?;
        Ok(())
    };
    let count = each(
        rows,
        limit,
        |row| columns.cells(row),
        |cells| {
            page.push(cells);
            if page.len() == PAGE_LEN { print(&mut page) } else { Ok(()) }
        },
    )?;
    if !page.is_empty() {
        print(&mut page)?;
    }
    Ok(count)
}
