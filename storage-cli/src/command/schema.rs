//! `storage schema`.

use super::{json_schema::json_schema, lines::diff};
use crate::{
    failure::{Failure, Outcome},
    file::File,
    print::{Out, plain},
};
use clap::Args;
use std::{io::Write as _, path::PathBuf, process::ExitCode};
use storage::dynamic::DynamicTable;

/// Shows the layouts of tables.
#[derive(Args, Debug)]
pub(crate) struct Schema {
    /// The file
    file: PathBuf,
    /// The table; all of them if there is none
    table: Option<String>,
    /// The layout of this number, instead of the newest
    #[arg(long, value_name = "N", requires = "table")]
    layout: Option<u16>,
    /// As Rust: a struct with its attributes that opens the table
    #[arg(long, group = "form")]
    rust: bool,
    /// As a schema of FlatBuffers, for flatc
    #[arg(long, group = "form")]
    fbs: bool,
    /// As JSON Schema of the rows that `scan --format jsonl` prints
    #[arg(long = "json-schema", group = "form")]
    json: bool,
    /// What differs between the layouts of two numbers
    #[arg(long, num_args = 2, value_names = ["N", "M"], requires = "table", conflicts_with = "layout")]
    diff: Option<Vec<u16>>,
}

impl Schema {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let file = File::open(&self.file)?;
        let names = match &self.table {
            Some(name) => vec![name.clone()],
            None => file.state.tables()?.into_iter().map(|table| table.name).collect(),
        };
        for (number, name) in names.iter().enumerate() {
            let table = file.table(name)?;
            if self.table.is_none() {
                let before = if number == 0 { "" } else { "\n" };
                writeln!(out, "{before}# {}", plain(name))?;
            }
            match self.diff.as_deref() {
                Some([from, to]) => write!(out, "{}", diff(&table, *from, *to)?)?,
                _ => self.text(&table, out)?,
            }
        }
        Ok(ExitCode::SUCCESS)
    }

    fn text(&self, table: &DynamicTable, out: &mut Out) -> Outcome<()> {
        let layout = match self.layout {
            Some(number) => table.layout(number)?,
            None => table.newest(),
        };
        let text = if self.rust {
            layout.rust(table.name())
        } else if self.fbs {
            layout.fbs()
        } else if self.json {
            let schema = json_schema(layout.description);
            schema.map(|schema| format!("{schema:#}\n"))
        } else {
            Some(layout.description.text())
        };
        match text {
            Some(text) => Ok(write!(out, "{text}")?),
            None => Err(Failure::Nothing(format!(
                "table `{}` has no schema of this form: its codec is {}, its rows are {}",
                table.name(),
                layout.description.codec,
                if table.is_pair() { "pairs" } else { "records" },
            ))),
        }
    }
}
