//! The figures: what the expected file holds, from rows of whatever origin.
//!
//! The expected ones were computed from the files by other means. An order is given as the SHA-256 of a line for each
//! row in that order, `Changping|2014-06-01T07`, with no line feed behind the last.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::sha256;

/// The names of the columns that have gaps, in the order of the expected file.
pub(crate) const GAPS: [&str; 12] =
    ["PM2.5", "PM10", "SO2", "NO2", "CO", "O3", "TEMP", "PRES", "DEWP", "RAIN", "wd", "WSPM"];

/// Station, year, month, day, hour.
pub(crate) type Hour = (String, u16, u8, u8, u8);

/// What the figures are made of.
pub(crate) struct Figures {
    pub(crate) rows: u64,
    pub(crate) stations: BTreeMap<String, usize>,
    /// In the order of station, then time.
    pub(crate) hours: Vec<Hour>,
    /// In the order of time, then station.
    pub(crate) hours_by_time: Vec<Hour>,
    pub(crate) nulls: BTreeMap<&'static str, u64>,
    pub(crate) by_wind: BTreeMap<String, u64>,
    /// Changping in June 2014: PM2.5 and temperature.
    pub(crate) june: Vec<(Option<f64>, Option<f64>)>,
    pub(crate) pm25_from_500: usize,
    pub(crate) cold: usize,
    pub(crate) co_sum: u64,
}

impl Figures {
    /// Everything that the file of expected figures has, under the same names.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "rows": self.rows,
            "stations": self.stations,
            "pk(station,time)_ascending_sha256": hours_sha256(&self.hours),
            "(time,station)_ascending_sha256": hours_sha256(&self.hours_by_time),
            "nulls": self.nulls,
            "by_wd": self.by_wind,
            "range station=Changping 2014-06": {
                "rows": self.june.len(),
                "PM2.5 non-null": self.june.iter().filter(|(pm25, _)| pm25.is_some()).count(),
                "PM2.5 decimal sum": tenths_sum(self.june.iter().filter_map(|(pm25, _)| *pm25)),
                "TEMP max": self.june.iter().filter_map(|(_, celsius)| *celsius).reduce(f64::max),
            },
            "PM2.5>=500": self.pm25_from_500,
            "TEMP in [-10,-5)": self.cold,
            "CO sum (non-null)": self.co_sum,
        })
    }
}

fn hours_sha256(hours: &[Hour]) -> String {
    sha256(hours.iter().map(|(station, year, month, day, hour)| {
        format!("{station}|{year}-{month:02}-{day:02}T{hour:02}")
    }))
}

/// The sum of values with one decimal at the most, exactly.
fn tenths_sum(values: impl Iterator<Item = f64>) -> String {
    let tenths = values.map(|value| format!("{value:.1}").replace('.', ""));
    let sum: u64 = tenths.map(|digits| digits.parse::<u64>().unwrap()).sum();
    match sum % 10 {
        0 => (sum / 10).to_string(),
        tenth => format!("{}.{tenth}", sum / 10),
    }
}
