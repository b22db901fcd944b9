//! `storage export`.

use super::folder::{BODY, DEFINITION, KEY, LAYOUT, ROWS, cannot_write, file_name};
use crate::{
    failure::Outcome,
    file::File,
    print::{CsvRows, Out},
    select::{Columns, Selected, Selection},
};
use clap::{Args, ValueEnum};
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    fs,
    io::{BufWriter, Write},
    path::PathBuf,
};
use storage::dynamic::{DynamicError, DynamicRow, DynamicTable, Value};

/// Writes tables to a folder: rows as JSON lines or CSV, and their layouts beside them as text.
///
/// Of JSON lines, `storage import` makes a file with the same rows. A row whose fields do not say all of its bytes ends
/// with these, as `$body`.
#[derive(Args, Debug)]
pub(crate) struct Export {
    /// The file
    file: PathBuf,
    /// The folder, which is made if it is missing
    folder: PathBuf,
    /// Only these tables
    #[arg(long = "table", value_name = "TABLE")]
    tables: Vec<String>,
    /// How rows are written. With jsonl, a row of a table with several layouts ends with the number of its own
    #[arg(long, value_enum, default_value_t = Kind::Jsonl)]
    format: Kind,
    /// Read rows of older layouts as rows of the newest, where the schema alone says how
    #[arg(long)]
    upcast: bool,
    /// Replace files that are there
    #[arg(long)]
    force: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Jsonl,
    Csv,
}

impl Export {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let names = match self.tables.is_empty() {
            false => self.tables.clone(),
            true => file.state.tables()?.into_iter().map(|table| table.name).collect(),
        };
        fs::create_dir_all(&self.folder).map_err(|error| cannot_write(&self.folder, &error))?;
        let mut damaged = 0_u64;
        for name in names {
            let selection = Selection { upcast: self.upcast, ..Selection::default() };
            let table = selection.prepared(file.table(&name)?)?;
            let mut rows = selection.rows(&table)?;
            let count = self.table(&table, &mut rows)?;
            damaged = damaged.saturating_add(rows.damaged);
            writeln!(out, "{}: {count} rows", crate::print::plain(&name))?;
        }
        Ok(super::after_damage(damaged))
    }

    fn table(&self, table: &DynamicTable, rows: &mut Selected) -> Outcome<u64> {
        let stem = file_name(table.name());
        let layouts: Vec<_> = table.layouts().collect();
        for layout in &layouts {
            let number =
                if layouts.len() > 1 { format!(".{}", layout.number) } else { String::new() };
            self.write(&format!("{stem}{number}.schema.txt"), |to| {
                Ok(to.write_all(layout.text.as_bytes())?)
            })?;
        }
        if self.format == Kind::Jsonl && !self.upcast {
            let definition = table.definition()?;
            self.write(&format!("{stem}{DEFINITION}"), |to| {
                Ok(to.write_all(definition.as_bytes())?)
            })?;
        }
        let bar = ProgressBar::new(table.len()?);
        let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_message(crate::print::plain(table.name()));
        let columns = Columns::new(table, None)?;
        let has_layouts = layouts.len() > 1 && !self.upcast;
        let mut count = 0_u64;
        match self.format {
            Kind::Jsonl => self.write(&format!("{stem}{ROWS}"), |to| {
                let read = |row: &DynamicRow| match self.upcast {
                    true => columns.value(row),
                    false => line(table, &columns, row, has_layouts),
                };
                count = each(rows, &bar, read, |line| Ok(writeln!(to, "{line}")?))?;
                Ok(())
            }),
            Kind::Csv => self.write(&format!("{stem}.csv"), |to| {
                let mut csv = CsvRows::new(to, false);
                csv.names(&columns.names)?;
                count = each(rows, &bar, |row| columns.cells(row), |cells| csv.row(&cells))?;
                csv.finish()
            }),
        }?;
        bar.finish_and_clear();
        Ok(count)
    }

    /// Makes the file `name` in the folder, and fills it.
    fn write(
        &self,
        name: &str,
        fill: impl FnOnce(&mut BufWriter<fs::File>) -> Outcome<()>,
    ) -> Outcome<()> {
        let path = self.folder.join(name);
        let mut options = fs::File::options();
        options.write(true).truncate(true);
        let made = if self.force {
            options.create(true).open(&path)
        } else {
            options.create_new(true).open(&path)
        };
        let mut to = BufWriter::new(made.map_err(|error| cannot_write(&path, &error))?);
        fill(&mut to)?;
        to.flush().map_err(|error| cannot_write(&path, &error))
    }
}

/// Calls `write` with what `read` makes of each row: how many they were. A row that cannot be read is left out.
fn each<T>(
    rows: &mut Selected,
    bar: &ProgressBar,
    read: impl Fn(&DynamicRow) -> Result<T, DynamicError>,
    mut write: impl FnMut(T) -> Outcome<()>,
) -> Outcome<u64> {
    let mut count = 0_u64;
    while let Some(row) = rows.next()? {
        bar.inc(1);
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

/// A row as an object. It has what else there is to say, so that a file can be made of it that has the same bytes.
fn line(
    table: &DynamicTable,
    columns: &Columns,
    row: &DynamicRow,
    has_layouts: bool,
) -> Result<Value, DynamicError> {
    let mut value = columns.value(row)?;
    let is_said = table.is_pair() || {
        let read = Value::parse(&value.to_string()).ok();
        let encoded = read.and_then(|value| table.encode(row.layout(), &value).ok());
        encoded.as_deref() == Some(row.body())
    };
    if !is_said || has_layouts {
        let mut fields = match value {
            Value::Struct(fields) => fields,
            _ => Vec::new(),
        };
        if has_layouts {
            fields.push((LAYOUT.into(), Value::Unsigned(row.layout().into())));
        }
        if !is_said || fields.len() == 1 {
            fields.push((KEY.into(), row.key()?));
            fields.push((BODY.into(), Value::Bytes(row.body().to_vec())));
        }
        value = Value::Struct(fields);
    }
    Ok(value)
}
