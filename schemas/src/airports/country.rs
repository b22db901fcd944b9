//! `countries.csv`: countries and the continents they are on.

use super::{csv::CsvRecord, owned};
use rkyv::{Archive, Deserialize, Serialize};
use std::fmt;
use storage::{StoredRecord, StoredType};

/// A country.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "countries")]
pub struct Country {
    /// Its number.
    #[store(key)]
    pub id: u32,
    /// Two letters of ISO 3166-1, or others where ISO has none.
    pub code: String,
    /// Its name in English.
    pub name: String,
    /// Where it lies, for the greater part.
    pub continent: Continent,
    /// Its page in Wikipedia.
    pub wikipedia_link: String,
    /// Words by which it is also found, separated by commas.
    pub keywords: Option<String>,
}

impl CsvRecord for Country {
    const FILE: &'static str = "countries.csv";
    const COLUMN_COUNT: usize = 6;
}

/// A continent.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[repr(u8)]
#[derive(Archive, Serialize, Deserialize, StoredType)]
#[rkyv(compare(PartialEq), derive(Debug))]
pub enum Continent {
    /// `AF`.
    #[serde(rename = "AF")]
    Africa,
    /// `AN`.
    #[serde(rename = "AN")]
    Antarctica,
    /// `AS`.
    #[serde(rename = "AS")]
    Asia,
    /// `EU`.
    #[serde(rename = "EU")]
    Europe,
    /// `NA`, which is a value here and never a gap.
    #[serde(rename = "NA")]
    NorthAmerica,
    /// `OC`.
    #[serde(rename = "OC")]
    Oceania,
    /// `SA`.
    #[serde(rename = "SA")]
    SouthAmerica,
}

/// As in the data: `EU`.
impl fmt::Display for Continent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        serde::Serialize::serialize(self, f)
    }
}

/// The `Continent` of a view.
impl From<&ArchivedContinent> for Continent {
    fn from(archived: &ArchivedContinent) -> Self {
        owned(archived)
    }
}
