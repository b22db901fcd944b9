//! What must hold of records, whatever their codec.

use super::{Airport, Kind, Position, State};
use storage::{Predicate as _, StorageError, StoredRecord as _, Table};
use tests::Scratch;

fn airport(ident: &str, region: &str, elevation_ft: Option<i32>) -> Airport {
    Airport {
        ident: ident.into(),
        country: region.split('-').next().unwrap().into(),
        region: region.into(),
        iata: elevation_ft.map(|_| ident.chars().skip(1).collect()),
        elevation_ft,
        keywords: vec![region.into(), ident.to_lowercase()],
        position: Position { latitude: 51.5, longitude: f64::from(elevation_ft.unwrap_or(0)) },
        kind: if elevation_ft.is_some() { Kind::Large } else { Kind::Small },
        state: elevation_ft.map_or(State::Open, |_| State::Closed { since: 1999 }),
        code: *b"code",
        runways: 2,
    }
}

fn airports() -> Vec<Airport> {
    vec![
        airport("EDDF", "DE-HE", Some(364)),
        airport("EDDM", "DE-BY", Some(1487)),
        airport("EGLL", "GB-ENG", Some(83)),
        airport("EGXX", "GB-ENG", None),
        airport("LFPG", "FR-IDF", Some(0)),
    ]
}

fn table(scratch: &Scratch) -> Table<Airport> {
    let table = Airport::table(&scratch.open()).unwrap();
    table.put_all(&airports()).unwrap();
    table
}

#[test]
fn what_is_put_is_loaded() {
    let scratch = Scratch::new();
    let table = table(&scratch);
    for airport in airports() {
        assert_eq!(table.load(airport.ident.as_str()).unwrap(), Some(airport));
    }
    assert_eq!(table.load("none").unwrap(), None);
    assert_eq!(table.len().unwrap(), 5);
    let held = table.view("EGLL").unwrap().unwrap();
    assert!(table.delete("EGLL").unwrap());
    assert_eq!(held.load().unwrap(), airports()[2]);
    assert_eq!(table.verify().unwrap(), []);
}

#[test]
fn fields_are_projected_as_plain_types() {
    let scratch = Scratch::new();
    let table = table(&scratch);
    let a = Airport::FIELDS;
    let row = table.project("EGLL", (a.country, a.iata, a.elevation_ft, a.runways)).unwrap();
    assert_eq!(row, Some(("GB".into(), Some("GLL".into()), Some(83), 2)));
    let row = table.project("EGXX", (a.iata, a.elevation_ft, a.kind, a.state)).unwrap();
    assert_eq!(row, Some((None, None, Kind::Small, State::Open)));
    let row = table.project("EDDF", (a.position.longitude, a.keywords, a.code)).unwrap();
    assert_eq!(row, Some((364.0, vec!["DE-HE".into(), "eddf".into()], *b"code")));
    let position = table.project("EDDF", a.position).unwrap().unwrap();
    assert_eq!(position, airports()[0].position);
    let state = table.project("EDDF", a.state).unwrap();
    assert_eq!(state, Some(State::Closed { since: 1999 }));
}

#[test]
fn rows_are_filtered_and_selected() {
    let scratch = Scratch::new();
    let table = table(&scratch);
    let a = Airport::FIELDS;
    let high: storage::Result<Vec<String>> =
        table.iter().unwrap().filter(a.elevation_ft.gt(100)).select(a.ident).collect();
    assert_eq!(high.unwrap(), ["EDDF", "EDDM"]);
    let missing =
        a.elevation_ft.is_none().and(a.country.eq("GB")).and(a.position.latitude.gt(50.0));
    let found: storage::Result<Vec<_>> =
        table.iter().unwrap().filter(missing).select((a.ident, a.region)).collect();
    assert_eq!(found.unwrap(), [("EGXX".to_owned(), "GB-ENG".to_owned())]);
    let low = a.elevation_ft.eq(0).or(a.ident.starts_with("EGL"));
    let found: storage::Result<Vec<String>> =
        table.iter().unwrap().filter(low).select(a.ident).collect();
    assert_eq!(found.unwrap(), ["EGLL", "LFPG"]);
}

#[test]
fn indexes_find_records() {
    let scratch = Scratch::new();
    let table = table(&scratch);
    let by_iata = table.by(Airport::INDEXES.iata);
    assert_eq!(by_iata.load("GLL").unwrap().map(|a| a.ident), Some("EGLL".into()));
    assert_eq!(table.by(Airport::INDEXES.country).count("GB").unwrap(), 2);
    assert_eq!(table.by(Airport::INDEXES.keywords).count("GB-ENG").unwrap(), 2);
    let mut other = airport("EGZZ", "GB-ENG", Some(1));
    other.iata = Some("GLL".into());
    assert!(matches!(table.put(&other), Err(StorageError::Unique(_))));
    table.update("EGLL", |airport| airport.iata = None).unwrap().unwrap();
    table.put(&other).unwrap();
    assert_eq!(by_iata.project("GLL", Airport::FIELDS.ident).unwrap(), Some("EGZZ".into()));
    let in_england = table.by(Airport::INDEXES.by_region).count(("GB", "GB-ENG")).unwrap();
    assert_eq!(in_england, 3);
    assert_eq!(table.verify().unwrap(), []);
}

/// A value of several blocks: what is read is verified, wherever it lies.
#[test]
fn long_records_are_read_in_parts() {
    let scratch = Scratch::new();
    let table = table(&scratch);
    let mut long = airport("LONG", "ZZ-ZZ", Some(7));
    long.keywords = (0..40_000).map(|n| format!("keyword number {n}")).take(3000).collect();
    long.country = "c".repeat(9000);
    let scratch = Scratch::new();
    let lone = Airport::table(&scratch.open()).unwrap();
    lone.put(&long).unwrap();
    let a = Airport::FIELDS;
    let row = lone.project("LONG", (a.elevation_ft, a.region, a.country, a.runways)).unwrap();
    assert_eq!(row, Some((Some(7), "ZZ-ZZ".into(), long.country.clone(), 2)));
    assert_eq!(lone.project("LONG", a.keywords).unwrap(), Some(long.keywords.clone()));
    assert_eq!(lone.load("LONG").unwrap(), Some(long));
    assert_eq!(table.len().unwrap(), 5);
}

#[test]
fn another_process_finds_the_same() {
    let scratch = Scratch::new();
    drop(table(&scratch));
    let storage = scratch.open();
    let table = Airport::table(&storage).unwrap();
    let all: storage::Result<Vec<Airport>> =
        storage.read().and_then(|_| table.iter()?.map(|row| row?.load()).collect());
    assert_eq!(all.unwrap(), airports());
}
