//! The figures: what the expected file holds, from rows of whatever origin.
//!
//! The expected ones were computed from the files by other means. An order is given as the SHA-256
//! of the values in that order as UTF-8 text, one a line, with no line feed behind the last; the
//! parts of a composite key are joined by `|`.

use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use tests::sha256;

/// What the figures are made of, in the order of the keys.
pub(crate) struct Rows {
    pub(crate) airports: Vec<AirportRow>,
    pub(crate) ids: Vec<u32>,
    pub(crate) places: Vec<String>,
    pub(crate) runways: Vec<RunwayRow>,
    pub(crate) frequency_types: Vec<String>,
    pub(crate) navaid_types: Vec<String>,
    pub(crate) region_count: usize,
    /// Code and continent.
    pub(crate) countries: Vec<(String, String)>,
}

pub(crate) struct AirportRow {
    pub(crate) ident: String,
    pub(crate) kind: String,
    pub(crate) latitude: f64,
    pub(crate) elevation: Option<i64>,
    pub(crate) continent: String,
    pub(crate) country: String,
    pub(crate) region: String,
    pub(crate) icao: Option<String>,
    pub(crate) iata: Option<String>,
    pub(crate) gps: Option<String>,
    /// Columns without a value.
    pub(crate) gaps: Vec<&'static str>,
}

pub(crate) struct RunwayRow {
    pub(crate) id: u32,
    pub(crate) airport: String,
    pub(crate) length: Option<u64>,
    pub(crate) lighted: bool,
    pub(crate) closed: bool,
    /// Columns without a value.
    pub(crate) gaps: Vec<&'static str>,
}

pub(crate) const AIRPORT_GAPS: [&str; 9] = [
    "elevation_ft",
    "municipality",
    "icao_code",
    "iata_code",
    "gps_code",
    "local_code",
    "home_link",
    "wikipedia_link",
    "keywords",
];

pub(crate) const RUNWAY_GAPS: [&str; 15] = [
    "length_ft",
    "width_ft",
    "surface",
    "le_ident",
    "le_latitude_deg",
    "le_longitude_deg",
    "le_elevation_ft",
    "le_heading_degT",
    "le_displaced_threshold_ft",
    "he_ident",
    "he_latitude_deg",
    "he_longitude_deg",
    "he_elevation_ft",
    "he_heading_degT",
    "he_displaced_threshold_ft",
];

/// Everything that the file of expected figures has, under the same names.
pub(crate) fn figures(rows: &Rows) -> Value {
    let airports = &rows.airports;
    let runways = &rows.runways;
    let idents: Vec<&str> = airports.iter().map(|airport| airport.ident.as_str()).collect();
    let elevations = || airports.iter().filter_map(|airport| airport.elevation);
    let mut lowest: Vec<_> =
        airports.iter().filter_map(|airport| Some((airport.elevation?, &airport.ident))).collect();
    lowest.sort();
    let european: BTreeSet<&str> = rows
        .countries
        .iter()
        .filter(|(_, continent)| continent == "EU")
        .map(|(code, _)| code.as_str())
        .collect();
    json!({
        "rows": {
            "airports": airports.len(),
            "runways": runways.len(),
            "airport-frequencies": rows.frequency_types.len(),
            "navaids": rows.navaid_types.len(),
            "regions": rows.region_count,
            "countries": rows.countries.len(),
        },
        "airports_ids_ascending_sha256": sha256(rows.ids.iter().map(u32::to_string)),
        "airports_idents_ascending_sha256": sha256(&idents),
        "airports_composite(country,region,ident)_sha256": sha256(&rows.places),
        "first5_idents": idents.first_chunk::<5>(),
        "last5_idents": idents.last_chunk::<5>(),
        "airports_nulls": counts(airports.iter().flat_map(|airport| &airport.gaps)),
        "by_type": counts(airports.iter().map(|airport| &airport.kind)),
        "by_continent": counts(airports.iter().map(|airport| &airport.continent)),
        "iso_country==\"NA\"(Namibia)": airports.iter().filter(|row| row.country == "NA").count(),
        "iso_region==\"US-CA\"": airports.iter().filter(|row| row.region == "US-CA").count(),
        "icao_code_unique_and_nonnull": distinct(airports.iter().map(|row| row.icao.as_ref())),
        "iata_code_unique_and_nonnull": distinct(airports.iter().map(|row| row.iata.as_ref())),
        "gps_code_unique_and_nonnull": distinct(airports.iter().map(|row| row.gps.as_ref())),
        "elevation_ft in [5000,10000)":
            elevations().filter(|feet| (5_000..10_000).contains(feet)).count(),
        "elevation_ft<0": elevations().filter(|feet| *feet < 0).count(),
        "elevation_ft sum": elevations().sum::<i64>(),
        "10 lowest (elev,ident)": lowest.first_chunk::<10>(),
        "latitude in [-1,1] count":
            airports.iter().filter(|row| (-1.0..=1.0).contains(&row.latitude)).count(),
        "idents with prefix \"EGL\"":
            idents.iter().filter(|ident| ident.starts_with("EGL")).collect::<Vec<_>>(),
        "runways_nulls": counts(runways.iter().flat_map(|runway| &runway.gaps)),
        "runways per airport top5": top5(runways.iter().map(|runway| &runway.airport)),
        "runways of KORD (ids asc)": runways
            .iter()
            .filter(|runway| runway.airport == "KORD")
            .map(|runway| runway.id)
            .collect::<Vec<_>>(),
        "runways lighted&!closed":
            runways.iter().filter(|runway| runway.lighted && !runway.closed).count(),
        "runway length_ft sum": runways.iter().filter_map(|runway| runway.length).sum::<u64>(),
        "frequencies by type top5": top5(&rows.frequency_types),
        "navaids by type": counts(&rows.navaid_types),
        "large airports whose country is in EU (join countries)": airports
            .iter()
            .filter(|row| row.kind == "large_airport" && european.contains(row.country.as_str()))
            .count(),
    })
}

fn counts<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value.as_ref().to_owned()).or_default() += 1;
    }
    counts
}

fn top5<T: AsRef<str>>(values: impl IntoIterator<Item = T>) -> Vec<(String, usize)> {
    let mut ranking: Vec<_> = counts(values).into_iter().collect();
    ranking.sort_by(|(_, a), (_, b)| b.cmp(a));
    ranking.truncate(5);
    ranking
}

/// How many different values there are, and how many.
fn distinct<T: Ord>(values: impl Iterator<Item = Option<T>>) -> (usize, usize) {
    let values: Vec<T> = values.flatten().collect();
    (values.iter().collect::<BTreeSet<_>>().len(), values.len())
}
