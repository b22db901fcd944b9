//! `storage scan`.

use super::after_damage;
use crate::{
    failure::Outcome,
    file::File,
    print::{self, Format, Out},
    select::{Columns, Selection},
};
use clap::Args;
use std::path::PathBuf;

/// Shows rows.
#[derive(Args, Debug)]
pub(crate) struct Scan {
    /// The file
    file: PathBuf,
    /// The table
    table: String,
    #[command(flatten)]
    selection: Selection,
    /// At most so many rows
    #[arg(long, value_name = "N", default_value_t = u64::MAX, hide_default_value = true)]
    limit: u64,
    /// Only these fields, with commas between them: ident,location.city
    #[arg(long, value_name = "FIELDS")]
    fields: Option<String>,
    /// How rows are written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Scan {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let table = self.selection.prepared(file.table(&self.table)?)?;
        let columns = Columns::new(&table, self.fields.as_deref())?;
        let mut rows = self.selection.rows(&table)?;
        print::rows(out, self.format, &columns, &mut rows, self.limit)?;
        Ok(after_damage(rows.damaged))
    }
}
