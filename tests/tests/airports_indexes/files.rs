//! The figures as the file has them: text by column name, without a record type, sorted and counted by Rust.

use super::figures::Figures;
use std::{
    collections::{BTreeMap, HashMap},
    path::Path,
};

/// A row: its cells by the names of their columns; a gap is empty.
pub(crate) type Row = HashMap<String, String>;

/// The rows of `airports.csv`, in its order.
pub(crate) fn read(path: &Path) -> Vec<Row> {
    let mut file = csv::Reader::from_path(path).unwrap();
    file.deserialize().map(Result::unwrap).collect()
}

pub(crate) fn without_every_third(mut rows: Vec<Row>) -> Vec<Row> {
    let mut index = 0;
    rows.retain(|_| {
        index += 1;
        index % 3 != 0
    });
    rows
}

pub(crate) fn figures(rows: &[Row]) -> Figures {
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort_by(|a, b| a["ident"].cmp(&b["ident"]));
    let cell = |column| move |row: &&Row| row[column].clone();
    let mut ids: Vec<u32> = rows.iter().map(|row| row["id"].parse().unwrap()).collect();
    ids.sort_unstable();
    let place =
        |row: &&Row| (row["iso_country"].clone(), row["iso_region"].clone(), row["ident"].clone());
    let mut places: Vec<_> = rows.iter().map(place).collect();
    places.sort();
    let elevation = |row: &&Row| row["elevation_ft"].parse::<i32>().ok();
    let mut lowest: Vec<_> =
        rows.iter().filter_map(|row| Some((Some(elevation(row)?), row["ident"].clone()))).collect();
    lowest.sort();
    lowest.truncate(10);
    let elevations = || rows.iter().filter_map(elevation);
    let latitude = |row: &&Row| row["latitude_deg"].parse::<f64>().unwrap();
    let idents: Vec<String> = rows.iter().map(cell("ident")).collect();
    Figures {
        airports: rows.len().try_into().unwrap(),
        ids,
        places,
        gaps: ["elevation_ft", "icao_code", "iata_code", "gps_code"]
            .map(|column| count(rows.iter().filter(|row| row[column].is_empty()))),
        by_kind: counts(rows.iter().map(cell("type"))),
        by_continent: counts(rows.iter().map(cell("continent"))),
        namibian: rows.iter().filter(|row| row["iso_country"] == "NA").count(),
        californian: count(rows.iter().filter(|row| row["iso_region"] == "US-CA")),
        icao: codes(&rows, "icao_code"),
        iata: codes(&rows, "iata_code"),
        gps: codes(&rows, "gps_code"),
        high: elevations().filter(|feet| (5_000..10_000).contains(feet)).count(),
        below_the_sea: elevations().filter(|feet| *feet < 0).count(),
        elevation_sum: elevations().map(i64::from).sum(),
        lowest,
        equatorial: rows.iter().filter(|row| (-1.0..=1.0).contains(&latitude(row))).count(),
        egl: idents.iter().filter(|ident| ident.starts_with("EGL")).cloned().collect(),
        open: count(rows.iter().filter(|row| row["type"] != "closed")),
        named_san: named_san(&rows),
        of_new_york: rows
            .iter()
            .filter(|row| row["keywords"].split(',').any(|word| word.trim() == "New York"))
            .map(cell("ident"))
            .collect(),
        idents,
    }
}

/// The first twenty idents by the name in lower case, of those that begin with "san ".
fn named_san(rows: &[&Row]) -> Vec<String> {
    let mut named: Vec<_> = rows
        .iter()
        .map(|row| (row["name"].to_lowercase(), row["ident"].clone()))
        .filter(|(name, _)| name.starts_with("san "))
        .collect();
    named.sort();
    named.into_iter().take(20).map(|(_, ident)| ident).collect()
}

fn codes(rows: &[&Row], column: &str) -> Vec<String> {
    let codes = rows.iter().map(|row| row[column].clone());
    let mut codes: Vec<_> = codes.filter(|code| !code.is_empty()).collect();
    codes.sort();
    codes
}

fn counts(values: impl Iterator<Item = String>) -> BTreeMap<String, u64> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts
}

fn count<T>(rows: impl Iterator<Item = T>) -> u64 {
    rows.count().try_into().unwrap()
}
