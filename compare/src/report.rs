//! What is printed: the machine, the tables, and the goals with what was reached. All of it is Markdown.

use crate::harness::{Table, Unit, median};
use std::{fmt::Write as _, fs, process::Command};

/// What a ratio is to be at most.
pub struct Goal {
    pub ours: &'static str,
    pub peer: &'static str,
    pub at_most: f64,
}

/// Prints tables as they come, and keeps what is to be said of the goals.
#[derive(Default)]
pub struct Report {
    goals: String,
}

#[expect(clippy::print_stdout, reason = "the result of the program")]
fn print(text: &str) {
    println!("{text}");
}

impl Report {
    /// Prints what the figures depend on.
    pub fn head(lines: &[String]) {
        print(&machine());
        for line in lines {
            print(&format!("- {line}"));
        }
    }

    /// Prints a table, with ratios to its first row.
    pub fn table(&mut self, table: &Table, goals: &[Goal]) {
        let base = table.rows.first().map_or("", |row| &row.name);
        let mut text = format!("\n### {}\n\n", table.title);
        let unit = match table.unit {
            Unit::Nanoseconds => "time an operation",
            Unit::Bytes => "bytes",
        };
        let has_thread = table.rows.iter().any(|row| !row.thread.is_empty());
        let (head, rule) = if has_thread { (" of it CPU |", "--:|") } else { ("", "") };
        let _ = writeln!(text, "| | {unit} |{head} to {base} | spread |\n|---|--:|{rule}--:|--:|");
        for row in &table.rows {
            let mut figure = show(&row.samples, table.unit);
            if has_thread {
                let _ = write!(figure, " | {}", show(&row.thread, table.unit));
            }
            if let Some(ratio) = table.ratio(&row.name, base) {
                let (name, median) = (&row.name, ratio.median);
                let (least, most) = (ratio.least, ratio.most);
                let _ =
                    writeln!(text, "| {name} | {figure} | {median:.2} | {least:.2} to {most:.2} |");
            }
        }
        print(text.trim_end());
        for goal in goals {
            self.goal(table, goal);
        }
    }

    fn goal(&mut self, table: &Table, goal: &Goal) {
        let Some(ratio) = table.ratio(goal.ours, goal.peer) else { return };
        let reached = if ratio.median <= goal.at_most { "yes" } else { "**no**" };
        let _ = writeln!(
            self.goals,
            "| {} | {} | {} | {:.2} | {:.2} ({:.2} to {:.2}) | {reached} |",
            table.title, goal.ours, goal.peer, goal.at_most, ratio.median, ratio.least, ratio.most,
        );
    }

    /// Prints the goals.
    pub fn close(self) {
        if self.goals.is_empty() {
            return;
        }
        print("\n### Goals\n\n| work | ours | against | at most | measured | reached |");
        print("|---|---|---|--:|--:|---|");
        print(self.goals.trim_end());
    }
}

fn show(figures: &[f64], unit: Unit) -> String {
    let median = median(figures);
    match unit {
        Unit::Nanoseconds if median < 10_000.0 => format!("{median:.0} ns"),
        Unit::Nanoseconds if median < 10_000_000.0 => format!("{:.1} µs", median / 1e3),
        Unit::Nanoseconds => format!("{:.1} ms", median / 1e6),
        Unit::Bytes => format!("{:.1} MB", median / 1e6),
    }
}

/// Processor, kernel, compiler and the versions of all stores.
fn machine() -> String {
    let read = |path: &str| fs::read_to_string(path).unwrap_or_default();
    let cpuinfo = read("/proc/cpuinfo");
    let model =
        cpuinfo.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let rustc = Command::new("rustc").arg("--version").output();
    let rustc = rustc.map(|output| String::from_utf8_lossy(&output.stdout).trim().to_owned());
    format!(
        "- {}, {cores} cores, Linux {}\n- {}, release with thin LTO and one codegen unit, rkyv {}\n- {}",
        model.unwrap_or("unknown processor"),
        read("/proc/sys/kernel/osrelease").trim(),
        rustc.unwrap_or_default(),
        if cfg!(feature = "unaligned") { "unaligned" } else { "aligned" },
        versions(),
    )
}

/// Name and version of each store and format, from the lock file. The older releases of redb are `native_db`'s.
fn versions() -> String {
    let lock = include_str!("../Cargo.lock");
    let names = ["storage", "redb", "rkyv", "native_db", "heed", "fjall", "rusqlite"];
    let packages = lock.split("[[package]]").filter_map(|package| {
        let field = |name: &str| {
            package.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(" = "))
        };
        let (name, version) =
            (field("name")?.trim_matches('"'), field("version")?.trim_matches('"'));
        names.contains(&name).then(|| format!("{name} {version}"))
    });
    packages.collect::<Vec<_>>().join(", ")
}
