//! The grammar of the command line.

use crate::command;
use clap::{Parser, Subcommand};

/// Looks into any file of the crate `storage`, without the Rust types of its records.
///
/// The file is opened to read only and stays as it is, byte for byte; commands that write say so. Keys are written as a
/// person would: 7, EGLL, 2024-05-01, '(Dingling, 7)'.
#[derive(Debug, Parser)]
#[command(name = "storage", version, max_term_width = 100)]
#[command(
    after_help = "Exit codes: 0 done, 1 no such row or a difference, 2 a wrong call, 3 the file cannot be used, \
                        4 damage, 5 a disk or a pipe that fails."
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Shows what the file is: its tables, rows, layouts and indexes
    Info(command::info::Info),
    /// Shows the layouts of a table, as text or for other tools
    Schema(command::schema::Schema),
    /// Shows the row under a key
    Get(command::get::Get),
    /// Shows rows: all, a range, a prefix, or those of an index
    Scan(command::scan::Scan),
    /// Counts rows
    Count(command::count::Count),
    /// Shows the first rows of a table
    Head(command::head::Head),
    /// Shows what a column holds, in numbers and as a histogram
    Stats(command::stats::Stats),
    /// Writes tables to a folder, as JSON lines or CSV, with their layouts
    Export(command::export::Export),
    /// Makes a file of tables that were exported as JSON lines
    Import(command::import::Import),
    /// Shows the rows in which two files differ
    Diff(command::diff::Diff),
    /// Compares every row with its checksum
    Check(command::check::Check),
    /// Compares every index with the rows of its table
    Verify(command::verify::Verify),
    /// Copies the file to a new one, as short as its content
    Backup(command::backup::Backup),
    /// Makes the file shorter; writes to it
    Compact(command::compact::Compact),
    /// Saves what can be read of a damaged file to a new one
    Repair(command::repair::Repair),
    /// Prints completions for a shell
    Completions(command::complete::Completions),
    /// Prints the manual
    Man(command::complete::Man),
}
