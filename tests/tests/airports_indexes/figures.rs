//! The figures: those of the expected file that an index, a prefix or a range can give, and some more.
//!
//! An order is given as the SHA-256 of the values in that order, one a line, with no line feed behind the last.

use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use tests::sha256;

/// What the figures are made of.
#[derive(Debug)]
pub(crate) struct Figures {
    pub(crate) airports: u64,
    pub(crate) ids: Vec<u32>,
    pub(crate) idents: Vec<String>,
    /// Country, region, ident.
    pub(crate) places: Vec<(String, String, String)>,
    /// Rows without an elevation, an ICAO code, an IATA code, a GPS code.
    pub(crate) gaps: [u64; 4],
    pub(crate) by_kind: BTreeMap<String, u64>,
    pub(crate) by_continent: BTreeMap<String, u64>,
    pub(crate) namibian: usize,
    pub(crate) californian: u64,
    /// In the order of the codes.
    pub(crate) icao: Vec<String>,
    pub(crate) iata: Vec<String>,
    pub(crate) gps: Vec<String>,
    pub(crate) high: usize,
    pub(crate) below_the_sea: usize,
    pub(crate) elevation_sum: i64,
    pub(crate) lowest: Vec<(Option<i32>, String)>,
    pub(crate) equatorial: usize,
    pub(crate) egl: Vec<String>,
    // What the expected file does not have.
    pub(crate) open: u64,
    pub(crate) named_san: Vec<String>,
    pub(crate) of_new_york: Vec<String>,
}

impl Figures {
    /// Under the names that the expected file has, and `more` for what it does not have.
    pub(crate) fn to_json(&self) -> Value {
        let [elevation, icao, iata, gps] = self.gaps;
        let lines = |rows: &[(String, String, String)]| -> Vec<String> {
            rows.iter()
                .map(|(country, region, ident)| format!("{country}|{region}|{ident}"))
                .collect()
        };
        json!({
            "rows": { "airports": self.airports },
            "airports_ids_ascending_sha256": sha256(self.ids.iter().map(u32::to_string)),
            "airports_idents_ascending_sha256": sha256(&self.idents),
            "airports_composite(country,region,ident)_sha256": sha256(lines(&self.places)),
            "first5_idents": self.idents.first_chunk::<5>(),
            "last5_idents": self.idents.last_chunk::<5>(),
            "airports_nulls": {
                "elevation_ft": elevation,
                "icao_code": icao,
                "iata_code": iata,
                "gps_code": gps,
            },
            "by_type": self.by_kind,
            "by_continent": self.by_continent,
            "iso_country==\"NA\"(Namibia)": self.namibian,
            "iso_region==\"US-CA\"": self.californian,
            "icao_code_unique_and_nonnull": distinct(&self.icao),
            "iata_code_unique_and_nonnull": distinct(&self.iata),
            "gps_code_unique_and_nonnull": distinct(&self.gps),
            "elevation_ft in [5000,10000)": self.high,
            "elevation_ft<0": self.below_the_sea,
            "elevation_ft sum": self.elevation_sum,
            "10 lowest (elev,ident)": self.lowest,
            "latitude in [-1,1] count": self.equatorial,
            "idents with prefix \"EGL\"": self.egl,
            "more": {
                "codes": [sha256(&self.icao), sha256(&self.iata), sha256(&self.gps)],
                "open": self.open,
                "named San...": self.named_san,
                "of New York": self.of_new_york,
            },
        })
    }
}

/// What `figures` and the expected file have in common, of the latter.
pub(crate) fn common(expected: &Value, figures: &Value) -> Value {
    match (expected, figures) {
        (Value::Object(expected), Value::Object(figures)) => {
            let names = figures.keys().filter(|name| expected.contains_key(*name));
            let part = |name: &String| (name.clone(), common(&expected[name], &figures[name]));
            Value::Object(names.map(part).collect::<Map<_, _>>())
        }
        (expected, _) => expected.clone(),
    }
}

/// How many different codes there are in a sorted list, and how many.
fn distinct(codes: &[String]) -> (usize, usize) {
    let mut different = codes.to_vec();
    different.dedup();
    (different.len(), codes.len())
}
