//! How do I show many records a page at a time, to someone who comes back later?
//!
//! `cargo run -p examples --example paging [FILE]`
//!
//! Without `FILE` the store is a temporary file.
//! The data is an extract of [OurAirports](https://ourairports.com/data/), see `data/SOURCE.md`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it does")]

use schemas::airports::{Airport, read_csv};
use std::{env, error::Error, path::Path, path::PathBuf, process::ExitCode};
use storage::{PageToken, Storage, StoredRecord as _, Table};

/// Where the extract is.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

/// The rows of a page.
const PAGE: u64 = 5;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Box<dyn Error>> {
    let scratch = tempfile::tempdir()?;
    let path = env::args_os().nth(1).map(PathBuf::from);
    let path = path.unwrap_or_else(|| scratch.path().join("paging.redb"));
    let storage = Storage::open(&path)?;
    let airports = Airport::table(&storage)?;
    airports.put_stream(read_csv::<Airport>(Path::new(DATA))?)?;

    // The first page, and the next: what goes out to the visitor and comes back is text.
    let (rows, token) = page(&airports, None)?;
    println!("Page 1\n{}", rows.join("\n"));
    let Some(token) = token else { return Ok(()) };
    println!("  the next page is behind {token}");
    let (rows, next) = page(&airports, Some(&token))?;
    println!("Page 2\n{}", rows.join("\n"));

    // A token names a row, not a position: what is written in front of it shifts nothing, and if
    // the row itself goes, the page begins behind the place where it was.
    let names = airports.prefix("EG")?.limit(PAGE).select(Airport::FIELDS.ident);
    let first: storage::Result<Vec<String>> = names.collect();
    for ident in first? {
        airports.delete(&ident)?;
    }
    assert_eq!(page(&airports, Some(&token))?, (rows, next));

    // It is as good when the store is opened again.
    drop((airports, storage));
    let airports = Airport::table(&Storage::open(&path)?)?;
    println!("Once more, later\n{}", page(&airports, Some(&token))?.0.join("\n"));

    let mut count = 0_u32;
    let mut token = None;
    loop {
        count = count.saturating_add(1);
        token = page(&airports, token.as_deref())?.1;
        if token.is_none() {
            break;
        }
    }
    println!("{count} pages in all");

    refusals(&airports)?;
    Ok(())
}

/// A page of the places in the United Kingdom that have a timetable, and the token of the next.
fn page(
    airports: &Table<Airport>,
    token: Option<&str>,
) -> Result<(Vec<String>, Option<String>), Box<dyn Error>> {
    let a = Airport::FIELDS;
    let mut rows = airports.prefix("EG")?.filter(a.scheduled_service.eq(true)).limit(PAGE);
    if let Some(token) = token {
        rows = rows.after(&token.parse::<PageToken>()?)?;
    }
    let mut rows = rows.select((a.ident, a.name));
    let mut lines = Vec::new();
    for row in &mut rows {
        let (ident, name) = row?;
        lines.push(format!("  {ident} {name}"));
    }
    // Fewer rows than asked for: this was the last page.
    let is_last = u64::try_from(lines.len())? < PAGE;
    let token = rows.page_token().filter(|_| !is_last);
    Ok((lines, token.map(|token| token.to_string())))
}

/// A token is checked: it is for the scan it comes from, which is the table or index, the prefix or
/// range, and the direction; and nobody has changed it. It does not know the filter: with another
/// one, what this one lets through follows, from behind the same row on.
fn refusals(airports: &Table<Airport>) -> storage::Result<()> {
    let mut rows = airports.iter()?.limit(1);
    rows.next().transpose()?;
    let Some(token) = rows.page_token() else { return Ok(()) };
    if let Err(error) = airports.iter()?.rev().after(&token) {
        println!("backwards: {error}");
    }
    if let Err(error) = airports.prefix("EG")?.after(&token) {
        println!("another prefix: {error}");
    }
    if let Err(error) = airports.iter()?.after(&PageToken::from_bytes(*b"never a token")) {
        println!("forged: {error}");
    }
    Ok(())
}
