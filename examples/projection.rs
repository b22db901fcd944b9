//! How do I read a few fields, and of the right records only?
//!
//! `cargo run -p examples --example projection [FILE]`
//!
//! Without `FILE` the store is a temporary file.
//! The data is an extract of [OurAirports](https://ourairports.com/data/), see `data/SOURCE.md`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it does")]

use rkyv::{Archive, Deserialize, Serialize};
use schemas::airports::{Airport, AirportType, read_csv};
use std::{env, error::Error, path::Path, path::PathBuf, process::ExitCode};
use storage::{Predicate as _, Storage, StoredRecord, StoredType, Table};

/// Where the extract is.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

/// An airport with a struct inside.
#[derive(Clone, Debug, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "located_airports")]
struct Located {
    #[store(key)]
    ident: String,
    name: String,
    kind: AirportType,
    position: Position,
    town: Option<String>,
    keywords: Vec<String>,
}

/// `codec` gives the fields handles of their own: `Located::FIELDS.position.latitude_deg`.
#[derive(Clone, Debug, Archive, Serialize, Deserialize, StoredType)]
#[store(codec = "rkyv")]
struct Position {
    latitude_deg: f64,
    longitude_deg: f64,
    elevation_ft: Option<i32>,
}

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
    let storage = Storage::open(path.unwrap_or_else(|| scratch.path().join("projection.redb")))?;
    let airports = Located::table(&storage)?;
    airports.put_stream(read_csv::<Airport>(Path::new(DATA))?.into_iter().map(Located::from))?;

    some_fields_of_one(&airports)?;
    some_fields_of_many(&airports)?;
    the_right_records(&airports)?;
    without_a_copy(&airports)?;
    Ok(())
}

/// A handle gives a field, a tuple of handles a tuple, as plain Rust values. Nothing else of the
/// record is read or checked.
fn some_fields_of_one(airports: &Table<Located>) -> storage::Result<()> {
    let a = Located::FIELDS;
    println!("name: {:?}", airports.project("EGLL", a.name)?);
    println!("two fields: {:?}", airports.project("EGLL", (a.kind, a.town))?);
    // A field of a struct in the record, and the whole struct.
    println!("nested: {:?}", airports.project("EGLL", a.position.elevation_ft)?);
    println!("struct: {:?}", airports.project("EGLL", a.position)?);
    println!("list: {:?}", airports.project("EGLL", a.keywords)?);
    println!("no record: {:?}", airports.project("EGXX", a.name)?);
    Ok(())
}

/// `select` on a scan, a range, a prefix or an index.
fn some_fields_of_many(airports: &Table<Located>) -> storage::Result<()> {
    let a = Located::FIELDS;
    println!("\nFrom LSZA to LSZC");
    for row in airports.range("LSZA"..="LSZC")?.select((a.ident, a.name, a.position.elevation_ft)) {
        let (ident, name, feet) = row?;
        println!("  {ident} {name}, {feet:?} ft");
    }
    Ok(())
}

/// A filter reads the fields it names, and the record is looked at only where it holds.
fn the_right_records(airports: &Table<Located>) -> storage::Result<()> {
    let a = Located::FIELDS;
    let high = a.position.elevation_ft.ge(8_000);
    let southern = a.position.latitude_deg.lt(0.0);
    println!("\nHigh in the south, or with no town to serve");
    let rows = airports.iter()?.filter(high.and(southern).or(a.town.is_none())).limit(5);
    for row in rows.select((a.name, a.town, a.position.elevation_ft)) {
        println!("  {:?}", row?);
    }

    // `None` compares with nothing, so neither a comparison nor its opposite finds it; `not` does.
    let low = airports.iter()?.filter(a.position.elevation_ft.lt(0)).count()?;
    let not_low = airports.iter()?.filter(a.position.elevation_ft.ge(0)).count()?;
    let rest = a.position.elevation_ft.lt(0).or(a.position.elevation_ft.ge(0)).not();
    let unknown = airports.iter()?.filter(rest).count()?;
    println!("below the sea {low}, not below {not_low}, unknown {unknown}");

    let saints = airports.iter()?.filter(a.name.starts_with("St ").or(a.name.starts_with("St.")));
    println!("named after a saint: {}", saints.count()?);

    // The records themselves, where a filter asks for less than is wanted.
    for stored in airports.iter()?.filter(a.name.eq("Keflavik International Airport")) {
        println!("whole: {:?}", stored?.load()?);
    }
    Ok(())
}

/// `select` copies what it gives; `for_each_ref` and `project_with` lend it.
fn without_a_copy(airports: &Table<Located>) -> storage::Result<()> {
    let a = Located::FIELDS;
    let mut longest = 0;
    airports.iter()?.select((a.name, a.town)).for_each_ref(
        |(name, town): (&str, Option<&str>)| {
            longest = longest.max(name.len()).max(town.map_or(0, str::len));
            true // go on
        },
    )?;
    let initials = airports.project_with("EGLL", a.name, |name| {
        name.split(' ').filter_map(|word| word.chars().next()).collect::<String>()
    })?;
    println!("\nThe longest name has {longest} bytes; the initials of EGLL are {initials:?}");
    Ok(())
}

impl From<Airport> for Located {
    fn from(airport: Airport) -> Self {
        let words = airport.keywords.unwrap_or_default();
        let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
        Self {
            ident: airport.ident,
            name: airport.name,
            kind: airport.kind,
            position: Position {
                latitude_deg: airport.latitude_deg,
                longitude_deg: airport.longitude_deg,
                elevation_ft: airport.elevation_ft,
            },
            town: airport.municipality,
            keywords: words.map(str::to_owned).collect(),
        }
    }
}
