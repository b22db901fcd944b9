//! The commands, one file each.

pub(crate) mod backup;
pub(crate) mod check;
pub(crate) mod compact;
pub(crate) mod complete;
pub(crate) mod count;
pub(crate) mod diff;
pub(crate) mod export;
mod folder;
pub(crate) mod get;
pub(crate) mod head;
pub(crate) mod import;
pub(crate) mod info;
mod json_schema;
mod lines;
pub(crate) mod repair;
pub(crate) mod scan;
pub(crate) mod schema;
pub(crate) mod stats;
pub(crate) mod verify;

use crate::{
    cli::{Cli, Command},
    failure::{DAMAGED, Outcome},
    print::Out,
};
use std::{io::Write as _, process::ExitCode};

/// Runs a command.
pub(crate) fn run(cli: Cli) -> Outcome {
    let mut out = Out::new();
    let code = match cli.command {
        Command::Info(command) => command.run(&mut out),
        Command::Schema(command) => command.run(&mut out),
        Command::Get(command) => command.run(&mut out),
        Command::Scan(command) => command.run(&mut out),
        Command::Count(command) => command.run(&mut out),
        Command::Head(command) => command.run(&mut out),
        Command::Stats(command) => command.run(&mut out),
        Command::Export(command) => command.run(&mut out),
        Command::Import(command) => command.run(&mut out),
        Command::Diff(command) => command.run(&mut out),
        Command::Check(command) => command.run(&mut out),
        Command::Verify(command) => command.run(&mut out),
        Command::Backup(command) => command.run(&mut out),
        Command::Compact(command) => command.run(&mut out),
        Command::Repair(command) => command.run(&mut out),
        Command::Completions(command) => command.run(&mut out),
        Command::Man(command) => command.run(&mut out),
    }?;
    out.flush()?;
    Ok(code)
}

/// The exit code of a command that has left out so many rows.
fn after_damage(damaged: u64) -> ExitCode {
    if damaged == 0 { ExitCode::SUCCESS } else { ExitCode::from(DAMAGED) }
}
