//! The figures as the store has them: through the key, the indexes, prefixes and ranges.

use super::{figures::Figures, record::IndexedAirport};
use std::collections::BTreeMap;
use storage::{
    Result, StoredRecord as _, Table,
    index::HasIndex,
    table::{Access, By},
};

const KINDS: [&str; 7] = [
    "balloonport",
    "closed",
    "heliport",
    "large_airport",
    "medium_airport",
    "seaplane_base",
    "small_airport",
];
const CONTINENTS: [&str; 7] = ["AF", "AN", "AS", "EU", "NA", "OC", "SA"];

/// Asks the table for everything that [`Figures`] has.
pub(crate) fn figures<A: Access>(airports: &Table<IndexedAirport, A>) -> Result<Figures> {
    let a = IndexedAirport::FIELDS;
    let by = IndexedAirport::INDEXES;
    let rows = airports.len()?;
    let by_place = airports.by(by.by_place);
    let by_elevation = airports.by(by.elevation_ft);
    let gaps = [
        rows - by_elevation.len()?,
        rows - airports.by(by.icao).len()?,
        rows - airports.by(by.iata).len()?,
        rows - airports.by(by.gps).len()?,
    ];
    let elevations: Vec<_> = all(by_elevation.iter()?.select(a.elevation_ft))?;
    Ok(Figures {
        airports: rows,
        ids: all(airports.by(by.id).iter()?.select(a.id))?,
        idents: all(airports.iter()?.select(a.ident))?,
        places: all(by_place.iter()?.select((a.country, a.region, a.ident)))?,
        gaps,
        by_kind: counts(&airports.by(by.kind), KINDS)?,
        by_continent: counts(&airports.by(by.continent), CONTINENTS)?,
        namibian: all(by_place.prefix(("NA",))?.select(a.country))?.len(),
        californian: airports.by(by.region).count("US-CA")?,
        icao: codes(airports.by(by.icao).iter()?.select(a.icao))?,
        iata: codes(airports.by(by.iata).iter()?.select(a.iata))?,
        gps: codes(airports.by(by.gps).iter()?.select(a.gps))?,
        high: all(by_elevation.range(5_000..10_000)?.select(a.elevation_ft))?.len(),
        below_the_sea: all(by_elevation.range(..0)?.select(a.elevation_ft))?.len(),
        elevation_sum: elevations.into_iter().flatten().map(i64::from).sum(),
        lowest: all(by_elevation.iter()?.limit(10).select((a.elevation_ft, a.ident)))?,
        equatorial: all(airports.by(by.latitude_deg).range(-1.0..=1.0)?.select(a.ident))?.len(),
        egl: all(airports.prefix("EGL")?.select(a.ident))?,
        open: airports.by(by.open_by_kind).len()?,
        named_san: all(airports.by(by.by_name).prefix("san ")?.limit(20).select(a.ident))?,
        of_new_york: all(airports.by(by.keywords).get_all("New York")?.select(a.ident))?,
    })
}

/// How many records each of `keys` has in an index; the keys are all there are.
fn counts<A: Access, const N: usize>(
    by: &By<'_, IndexedAirport, A, N>,
    keys: [&str; 7],
) -> Result<BTreeMap<String, u64>>
where
    IndexedAirport: HasIndex<N, Key = String>,
{
    let count = |key: &str| Ok((key.to_owned(), by.count(key)?));
    let counts: BTreeMap<_, _> = keys.into_iter().map(count).collect::<Result<_>>()?;
    assert_eq!(counts.values().sum::<u64>(), by.len()?);
    Ok(counts)
}

/// The codes of records that are found by them, and so have one.
fn codes(rows: impl Iterator<Item = Result<Option<String>>>) -> Result<Vec<String>> {
    rows.map(|code| Ok(code?.expect("what has no code is not in its index"))).collect()
}

fn all<T>(rows: impl Iterator<Item = Result<T>>) -> Result<Vec<T>> {
    rows.collect()
}
