//! `storage`: looks into any file of the crate `storage`, without the Rust types of its records.
//!
//! ```text
//! cli ─▶ command ─▶ file: opened and left as it is ─▶ select ─▶ filter ─▶ print
//! ```
//!
//! | code | what it says |
//! |---|---|
//! | 0 | it is done |
//! | 1 | no such row; files that differ; rows that are damaged, in a command that looks for them |
//! | 2 | a wrong call: an argument, a table, a key, a filter |
//! | 3 | the file cannot be used: it is missing, locked, empty, or of another program or release |
//! | 4 | the file is damaged |
//! | 5 | a disk or a pipe that cannot be read or written |

mod cli;
mod command;
mod failure;
mod file;
mod filter;
mod print;
mod select;

use clap::Parser as _;
use std::{panic, process::ExitCode};

fn main() -> ExitCode {
    // At some damaged pages the engine panics, which `storage` makes an error of: that says all there is to say.
    let complain = panic::take_hook();
    panic::set_hook(Box::new(move |panic| {
        let is_ours = panic.location().is_some_and(|at| at.file().contains("storage-cli"));
        if is_ours {
            complain(panic);
        }
    }));
    match command::run(cli::Cli::parse()) {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}
