//! `regions.csv`: the subdivisions of countries.

use super::{Continent, csv::CsvRecord};
use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

/// A state, province or other subdivision of a country.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "regions")]
pub struct Region {
    /// Its number.
    #[store(key)]
    pub id: u32,
    /// Country and subdivision as in ISO 3166-2 (`GB-ENG`).
    pub code: String,
    /// The code within the country; text, for it may begin with a zero (`02`).
    pub local_code: String,
    /// Its name.
    pub name: String,
    /// The continent it is on.
    pub continent: Continent,
    /// Two letters of ISO 3166-1; `NA` is Namibia.
    #[serde(rename = "iso_country")]
    pub country: String,
    /// Its page in Wikipedia.
    pub wikipedia_link: Option<String>,
    /// Words by which it is also found, separated by commas.
    pub keywords: Option<String>,
}

impl CsvRecord for Region {
    const FILE: &'static str = "regions.csv";
    const COLUMN_COUNT: usize = 8;
}
