//! How do I find records by something other than their key?
//!
//! `cargo run -p examples --example secondary_index [FILE]`
//!
//! Without `FILE` the store is a temporary file.
//! The data is an extract of [OurAirports](https://ourairports.com/data/), see `data/SOURCE.md`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it does")]

use rkyv::{Archive, Deserialize, Serialize};
use schemas::airports::{Airport, read_csv};
use std::{env, error::Error, path::Path, path::PathBuf, process::ExitCode};
use storage::{Storage, StorageError, StoredRecord, Table};

/// Where the extract is.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

/// An airport with seven indexes. The table keeps them up to date on every write.
#[derive(Clone, Debug, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "places")]
// Over several fields: found by all of them, or by the leading ones.
#[store(index(name = "by_region", fields(country, region)))]
// Over a part of the records.
#[store(index(name = "large", fields(country), if = is_large))]
// Over what a function makes of a record.
#[store(index(name = "by_name", with = searchable_name, key = String))]
struct Place {
    #[store(key)]
    ident: String,
    name: String,
    kind: String,
    country: String,
    region: String,
    /// No two records share a code, and those without one are not in the index.
    #[store(unique)]
    iata: Option<String>,
    /// Many records may have the same height.
    #[store(index)]
    elevation_ft: Option<i32>,
    #[store(index)]
    latitude_deg: f64,
    /// The index has an entry for each word.
    #[store(index)]
    keywords: Vec<String>,
}

fn is_large(place: &Place) -> bool {
    place.kind == "large_airport"
}

fn searchable_name(place: &Place) -> String {
    place.name.to_lowercase()
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
    let storage = Storage::open(path.unwrap_or_else(|| scratch.path().join("places.redb")))?;
    let places = Place::table(&storage)?;
    places.put_stream(read_csv::<Airport>(Path::new(DATA))?.into_iter().map(Place::from))?;

    one_by_a_unique_index(&places)?;
    many_by_an_index(&places)?;
    a_code_that_is_taken(&places)?;
    Ok(())
}

/// A unique index finds one record, with the verbs of a table: `get`, `view`, `load`, `project`.
fn one_by_a_unique_index(places: &Table<Place>) -> storage::Result<()> {
    let p = Place::FIELDS;
    let by_iata = places.by(Place::INDEXES.iata);
    println!("LHR is {:?}", by_iata.project("LHR", (p.ident, p.name))?);
    println!("and ??? is {:?}", by_iata.get("???", |place| place.ident.to_string())?);
    println!("{} of {} places have such a code", by_iata.len()?, places.len()?);
    Ok(())
}

/// Every index gives many: all with one key, with the start of a key, or in a range, in its order.
fn many_by_an_index(places: &Table<Place>) -> storage::Result<()> {
    let p = Place::FIELDS;
    let by = Place::INDEXES;

    let by_region = places.by(by.by_region);
    println!("\nIn Wales: {}", by_region.count(("GB", "GB-WLS"))?);
    println!("In Namibia: {}", by_region.prefix(("NA",))?.count()?);
    println!("Large ones in Switzerland: {}", places.by(by.large).count("CH")?);

    println!("\nThe three lowest of all");
    let lowest = places.by(by.elevation_ft).iter()?.limit(3);
    for row in lowest.select((p.elevation_ft, p.ident, p.name)) {
        println!("  {:?}", row?);
    }
    println!("The three highest below 5,000 feet");
    let highest = places.by(by.elevation_ft).range(..5_000)?.rev().limit(3);
    for row in highest.select((p.elevation_ft, p.ident, p.name)) {
        println!("  {:?}", row?);
    }
    println!("Within a degree of the equator, and by an airline's code");
    for row in places.by(by.latitude_deg).range(-1.0..=1.0)?.filter(p.iata.is_some()).select(p.name)
    {
        println!("  {}", row?);
    }
    println!("Names that begin with \"london\"");
    for row in places.by(by.by_name).prefix("london")?.limit(4).select(p.name) {
        println!("  {}", row?);
    }
    println!("Also known as \"TYO\"");
    for row in places.by(by.keywords).get_all("TYO")?.select(p.name) {
        println!("  {}", row?);
    }
    Ok(())
}

/// A unique index refuses a second record with its key, and nothing is written.
fn a_code_that_is_taken(places: &Table<Place>) -> storage::Result<()> {
    let refused = places.update("EGLC", |place| place.iata = Some("LHR".into()));
    match refused {
        Err(error @ StorageError::Unique(_)) => println!("\nrefused: {error}"),
        other => println!("\nnot refused: {other:?}"),
    }
    // It is free as soon as no record has it.
    let code = places.update("EGLL", |place| place.iata.take())?.flatten();
    places.update("EGLC", |place| place.iata = code)?;
    println!("LHR is {:?}", places.by(Place::INDEXES.iata).project("LHR", Place::FIELDS.name)?);
    Ok(())
}

impl From<Airport> for Place {
    fn from(airport: Airport) -> Self {
        let words = airport.keywords.unwrap_or_default();
        let words = words.split(',').map(str::trim).filter(|word| !word.is_empty());
        Self {
            ident: airport.ident,
            name: airport.name,
            kind: airport.kind.to_string(),
            country: airport.country,
            region: airport.region,
            iata: airport.iata,
            elevation_ft: airport.elevation_ft,
            latitude_deg: airport.latitude_deg,
            keywords: words.map(str::to_owned).collect(),
        }
    }
}
