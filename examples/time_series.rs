//! How do I keep a time series, and ask for a station, a month, a night, or the worst hours?
//!
//! `cargo run -p examples --example time_series [FILE]`
//!
//! Without `FILE` the store is a temporary file.
//! The data is an extract of *Beijing Multi-Site Air Quality* by Song Chen (CC BY 4.0), see
//! `data/beijing-air/SOURCE.md`. The record is `schemas::beijing::Reading`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "an example shows what it does")]

use schemas::beijing::{Reading, Wind, read_csv};
use std::{env, error::Error, path::Path, path::PathBuf, process::ExitCode};
use storage::{Result, Storage, StoredRecord as _, Table};

/// Where the extract is: June 2014 and ten days of December 2015, at three stations.
const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/beijing-air/readings.csv");

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
    let storage = Storage::open(path.unwrap_or_else(|| scratch.path().join("air.redb")))?;
    let readings = Reading::table(&storage)?;
    let count = readings.put_stream(read_csv(Path::new(DATA))?)?;
    println!("{count} hours");

    one_hour(&readings)?;
    leading_parts(&readings)?;
    a_stretch_of_time(&readings)?;
    all_stations_in_order_of_time(&readings)?;
    by_what_was_measured(&readings)?;
    forget(&readings)?;
    Ok(())
}

/// The fields marked `key` are the key, in their order: station, year, month, day, hour.
fn one_hour(readings: &Table<Reading>) -> Result<()> {
    let r = Reading::FIELDS;
    let noon = readings.project(("Changping", 2014, 6, 15, 12), (r.temperature, r.pm25))?;
    println!("Changping, 15 June 2014, noon: {noon:?}");
    Ok(())
}

/// A prefix is the leading parts of the key, each with its own type: `("Changping", "2014")` does
/// not compile.
fn leading_parts(readings: &Table<Reading>) -> Result<()> {
    let r = Reading::FIELDS;
    println!("\nmean PM2.5 of Changping");
    let june = readings.prefix(("Changping", 2014, 6))?.select(r.pm25);
    println!("  in June 2014: {:?}", mean(june)?);
    for day in 7..=10_u8 {
        let hours = readings.prefix(("Changping", 2015, 12, day))?.select(r.pm25);
        println!("  on {day} December 2015: {:?}", mean(hours)?);
    }
    let mut last = readings.prefix(("Changping",))?.rev().select((r.year, r.month, r.day, r.hour));
    println!("  last heard of: {:?}", last.next().transpose()?);
    Ok(())
}

/// A range has whole keys as its ends.
fn a_stretch_of_time(readings: &Table<Reading>) -> Result<()> {
    let r = Reading::FIELDS;
    println!("\nThe night to 2 December 2015 in Dingling");
    let (dusk, dawn) = (("Dingling", 2015, 12, 1, 21), ("Dingling", 2015, 12, 2, 3));
    for row in readings.range(dusk..dawn)?.select((r.hour, r.temperature, r.pm25, r.wind)) {
        let (hour, celsius, pm25, wind) = row?;
        println!("  {hour:02}:00 {celsius:?} °C, PM2.5 {pm25:?}, wind {wind:?}");
    }
    Ok(())
}

/// The index `by_time` has the parts of the key in another order.
fn all_stations_in_order_of_time(readings: &Table<Reading>) -> Result<()> {
    let r = Reading::FIELDS;
    println!("\n8 December 2015, seven in the morning");
    let at_seven = readings.by(Reading::INDEXES.by_time).prefix((2015, 12, 8, 7))?;
    for row in at_seven.select((r.station, r.pm25)) {
        let (station, pm25) = row?;
        println!("  {station:12} PM2.5 {pm25:?}");
    }
    Ok(())
}

/// Indexes over numbers with a sign, with gaps that are not in them, and over an enum.
fn by_what_was_measured(readings: &Table<Reading>) -> Result<()> {
    let r = Reading::FIELDS;
    println!("\nThe worst hours");
    let worst = readings.by(Reading::INDEXES.pm25).iter()?.rev().limit(3);
    for row in worst.select((r.pm25, r.station, r.month, r.day, r.hour)) {
        println!("  {:?}", row?);
    }
    let by_temperature = readings.by(Reading::INDEXES.temperature);
    let frost = by_temperature.range(-5.0..0.0)?.count()?;
    let coldest = by_temperature.iter()?.select(r.temperature).next().transpose()?;
    println!("hours from -5 to 0 °C: {frost}; the coldest: {coldest:?}");
    for wind in [Wind::N, Wind::S] {
        println!("wind from {wind}: {} hours", readings.by(Reading::INDEXES.wind).count(wind)?);
    }
    Ok(())
}

/// What is old goes in one call, and from every index.
fn forget(readings: &Table<Reading>) -> Result<()> {
    let january = ("Dingling", 2015, 1, 1, 0);
    let count = readings.delete_range(("Dingling", 0, 0, 0, 0)..january)?;
    println!("\nforgotten: {count} hours of Dingling; {} remain", readings.len()?);
    Ok(())
}

/// The mean of what was measured.
fn mean(values: impl Iterator<Item = Result<Option<f64>>>) -> Result<Option<f64>> {
    let values: Result<Vec<_>> = values.filter_map(Result::transpose).collect();
    let values = values?;
    let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
    Ok((count > 0).then(|| (values.iter().sum::<f64>() / f64::from(count)).round()))
}
