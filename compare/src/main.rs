//! `storage` beside its peers, in one process.
//!
//! `cargo run --release --manifest-path compare/Cargo.toml -- [GROUP ...] [--records N] [--rounds N] [--quick]`

mod bench;
mod groups;
mod harness;
mod peers;
mod records;
mod report;

use bench::{Bench, Settings};
use groups::GROUPS;
use report::Report;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if groups::memory::is_child(&arguments) {
        return ExitCode::SUCCESS;
    }
    match parse(&arguments) {
        Ok((settings, names)) => {
            run(settings, &names);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            let groups: Vec<_> = GROUPS.iter().map(|(name, _)| *name).collect();
            bench::progress(&format!("{problem}; groups: {}", groups.join(", ")));
            ExitCode::FAILURE
        }
    }
}

fn run(settings: Settings, names: &[&String]) {
    Report::head(&[
        format!("{} records, {} rounds", settings.records, settings.rounds),
        "one-thread reads in CPU time of the thread, all else in wall time".to_owned(),
        "before reads, each store was closed, opened again, and scanned once in key order"
            .to_owned(),
    ]);
    let mut bench = Bench { settings, report: Report::default() };
    for (name, group) in GROUPS {
        if names.is_empty() || names.iter().any(|wanted| wanted == name) {
            group(&mut bench);
        }
    }
    bench.report.close();
}

/// The settings, and the names of the groups to run: all when there are none.
fn parse(arguments: &[String]) -> Result<(Settings, Vec<&String>), String> {
    let mut settings = Settings { records: 1_000_000, rounds: 7, quick: false };
    let mut names = Vec::new();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        let mut number = || {
            let value = rest.next().ok_or_else(|| format!("{argument} needs a number"))?;
            value.replace('_', "").parse().map_err(|_| format!("{value} is no number"))
        };
        match argument.as_str() {
            "--records" => settings.records = number()?,
            "--rounds" => settings.rounds = number()?,
            "--quick" => {
                settings = Settings { records: 100_000, rounds: 3, quick: true };
            }
            name if GROUPS.iter().any(|(group, _)| *group == name) => names.push(argument),
            other => return Err(format!("{other} is neither an option nor a group")),
        }
    }
    if settings.records < 1000 || settings.rounds == 0 {
        return Err("at least 1000 records and one round".to_owned());
    }
    Ok((settings, names))
}
