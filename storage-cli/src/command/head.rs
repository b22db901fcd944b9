//! `storage head`.

use super::after_damage;
use crate::{
    failure::Outcome,
    file::File,
    print::{self, Format, Out},
    select::{Columns, Selection},
};
use clap::Args;
use std::path::PathBuf;

/// Shows the first rows of a table.
#[derive(Args, Debug)]
pub(crate) struct Head {
    /// The file
    file: PathBuf,
    /// The table
    table: String,
    /// How many rows
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    rows: u64,
    /// How rows are written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Head {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let table = file.table(&self.table)?;
        let columns = Columns::new(&table, None)?;
        let mut rows = Selection::default().rows(&table)?;
        print::rows(out, self.format, &columns, &mut rows, self.rows)?;
        Ok(after_damage(rows.damaged))
    }
}
