//! Records: real data goes in, and questions that a person would ask are answered from it.
//!
//! `cargo run -p examples --example airports [FILE]`
//!
//! Without `FILE` the store is a temporary file.
//! The data is an extract of [OurAirports](https://ourairports.com/data/), see `data/SOURCE.md`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it does")]

use indicatif::{ProgressIterator, ProgressStyle};
use schemas::airports::{
    Airport, AirportType, Continent, Country, CsvRecord, Region, Runway, read_csv,
};
use std::{collections::BTreeMap, env, error::Error, path::Path, path::PathBuf, process::ExitCode};
use storage::{Storage, Table};

/// Where the extract is.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

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
    let storage = Storage::open(path.unwrap_or_else(|| scratch.path().join("airports.redb")))?;

    let airports = load::<Airport>(&storage)?;
    let runways = load::<Runway>(&storage)?;
    let regions = load::<Region>(&storage)?;
    let countries = load::<Country>(&storage)?;

    airports_by_type(&airports)?;
    highest_and_lowest(&airports)?;
    runways_of("EGLL", &airports, &runways)?;
    busiest_countries(&airports, &countries)?;
    busiest_regions("NZ", &airports, &regions)?;
    two_meanings_of_na(&airports)?;
    Ok(())
}

/// Loads a whole CSV file in one transaction. Loading it again replaces the records by themselves.
fn load<R: CsvRecord>(storage: &Storage) -> Result<Table<R>, Box<dyn Error>> {
    let name = R::SCHEMA.table();
    let records = read_csv::<R>(Path::new(DATA))?;
    let table = R::table(storage)?;

    let style = ProgressStyle::with_template("{msg:10} {bar:40} {pos}/{len}")?;
    let records = records.into_iter().progress_with_style(style).with_message(name);
    table.put_stream(records)?;

    println!("{name}: {} records", table.len()?);
    Ok(table)
}

/// How many airports are there of each type?
fn airports_by_type(airports: &Table<Airport>) -> storage::Result<()> {
    println!("\nAirports by type");
    for (kind, count) in ranking(airports.scan(|airport| Some(AirportType::from(&airport.kind)))?) {
        println!("  {count:5} {kind}");
    }
    Ok(())
}

/// Which airports are the highest and the lowest?
fn highest_and_lowest(airports: &Table<Airport>) -> storage::Result<()> {
    // A field that may be missing is an `ArchivedOption`.
    let elevations = airports.scan(|airport| {
        let feet = airport.elevation_ft.as_ref()?;
        Some((feet.to_native(), airport.ident.to_string()))
    })?;
    println!("\nHighest and lowest");
    for (feet, ident) in elevations.iter().max().into_iter().chain(elevations.iter().min()) {
        let name = airports.get(ident, |airport| airport.name.to_string())?.unwrap_or_default();
        println!("  {feet:5} ft {ident}, {name}");
    }
    Ok(())
}

/// Which runways does this airport have?
fn runways_of(
    ident: &str,
    airports: &Table<Airport>,
    runways: &Table<Runway>,
) -> storage::Result<()> {
    // `load` gives the whole record, to keep.
    let Some(airport) = airports.load(ident)? else {
        println!("\nThere is no airport {ident}");
        return Ok(());
    };
    println!("\nRunways of {}", airport.name);
    let found = runways.scan(|runway| {
        (runway.airport_ident == ident).then(|| {
            let low = runway.low_end.ident.as_deref().unwrap_or("?");
            let high = runway.high_end.ident.as_deref().unwrap_or("?");
            let feet = runway.length_ft.as_ref().map_or(0, |feet| feet.to_native());
            format!("{low}/{high}, {feet} ft")
        })
    })?;
    for runway in found {
        println!("  {runway}");
    }
    Ok(())
}

/// Which countries have the most large airports?
fn busiest_countries(airports: &Table<Airport>, countries: &Table<Country>) -> storage::Result<()> {
    let names: BTreeMap<String, String> = countries
        .scan(|country| Some((country.code.to_string(), country.name.to_string())))?
        .into_iter()
        .collect();
    let codes = airports.scan(|airport| {
        (airport.kind == AirportType::LargeAirport).then(|| airport.country.to_string())
    })?;
    println!("\nCountries with the most large airports");
    for (code, count) in ranking(codes).into_iter().take(5) {
        println!("  {count:5} {}", names.get(&code).unwrap_or(&code));
    }
    Ok(())
}

/// Which regions of this country have the most airports?
fn busiest_regions(
    country: &str,
    airports: &Table<Airport>,
    regions: &Table<Region>,
) -> storage::Result<()> {
    let names: BTreeMap<String, String> = regions
        .scan(|region| {
            (region.country == country).then(|| (region.code.to_string(), region.name.to_string()))
        })?
        .into_iter()
        .collect();
    let codes = airports
        .scan(|airport| (airport.country == country).then(|| airport.region.to_string()))?;
    println!("\nRegions of {country} with the most airports");
    for (code, count) in ranking(codes).into_iter().take(5) {
        println!("  {count:5} {}", names.get(&code).unwrap_or(&code));
    }
    Ok(())
}

/// `NA` is a country and a continent.
fn two_meanings_of_na(airports: &Table<Airport>) -> storage::Result<()> {
    let namibia = airports.scan(|airport| (airport.country == "NA").then_some(()))?;
    let america =
        airports.scan(|airport| (airport.continent == Continent::NorthAmerica).then_some(()))?;
    println!("\n\"NA\": {} airports in Namibia, {} in North America", namibia.len(), america.len());
    Ok(())
}

/// How often each value occurs, the most frequent first.
fn ranking<T: Ord>(mut values: Vec<T>) -> Vec<(T, usize)> {
    values.sort_unstable();
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.last_mut() {
            Some((last, count)) if *last == value => *count = count.saturating_add(1),
            _ => counts.push((value, 1)),
        }
    }
    counts.sort_by(|(_, a), (_, b)| b.cmp(a));
    counts
}
