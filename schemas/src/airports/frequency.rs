//! `airport-frequencies.csv`: the radio frequencies of airports.

use super::csv::CsvRecord;
use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

/// A radio frequency of an airport.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "frequencies")]
pub struct Frequency {
    /// Its number.
    #[store(key)]
    pub id: u32,
    /// The number of its airport.
    pub airport_ref: u32,
    /// The ident of its airport.
    pub airport_ident: String,
    /// What it is used for (`TWR`, `ATIS`); an open set.
    #[serde(rename = "type")]
    pub kind: String,
    /// The same in words.
    pub description: Option<String>,
    /// The frequency in megahertz.
    pub frequency_mhz: f64,
}

impl CsvRecord for Frequency {
    const FILE: &'static str = "airport-frequencies.csv";
    const COLUMN_COUNT: usize = 6;
}
