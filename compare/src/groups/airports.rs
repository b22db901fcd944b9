//! The airports of OurAirports, where the file is: it is large and not in the repository.

use crate::{
    bench::{Bench, folder},
    harness::{Clock, Work},
    peers::airports::{PLACES, Place, Places},
};
use schemas::airports::{Airport, read_csv};

/// Look-ups a round.
const LOOKUPS: usize = 5_000;
/// Regions a round.
const REGIONS: usize = 200;

pub fn run(bench: &mut Bench) {
    // Says so itself where there is no such folder.
    let Some(dir) = tests::shared_data("ourairports") else { return };
    let places: Vec<Place> =
        read_csv::<Airport>(&dir).unwrap().into_iter().map(Place::from).collect();
    load(bench, &places);
    let codes: Vec<&str> = places.iter().filter_map(|place| place.iata.as_deref()).collect();
    let dirs: Vec<_> = PLACES.iter().map(|_| folder()).collect();
    let mut stores: Vec<(&str, Box<dyn Places>)> = Vec::new();
    for ((name, open), dir) in PLACES.iter().zip(&dirs) {
        let store = open(dir.path());
        store.load(&places);
        store.high();
        stores.push((name, store));
    }
    let pick = |count: usize, below: usize, round: u64| {
        let mut random = fastrand::Rng::with_seed(round);
        (0..count).map(move |_| random.usize(..below))
    };
    let mut work = Work::new("airports: by IATA code", Clock::Thread, LOOKUPS as u64);
    for (name, store) in &stores {
        let codes = &codes;
        work.timed(name, move |round| {
            let asked: Vec<_> = pick(LOOKUPS, codes.len(), round).map(|nth| codes[nth]).collect();
            store.by_iata(&asked)
        });
    }
    bench.run(work, &[]);
    let mut work = Work::new("airports: all of a region", Clock::Thread, REGIONS as u64);
    for (name, store) in &stores {
        let places = &places;
        work.timed(name, move |round| {
            let nths = pick(REGIONS, places.len(), round);
            let regions: Vec<_> = nths.map(|nth| &*places[nth].region).collect();
            store.by_region(&regions)
        });
    }
    bench.run(work, &[]);
    let mut work = Work::new("airports: scan for high ones", Clock::Thread, places.len() as u64);
    for (name, store) in &stores {
        work.timed(name, |_| store.high());
    }
    bench.run(work, &[]);
}

fn load(bench: &mut Bench, places: &[Place]) {
    let title = "airports: load with two indexes";
    let mut work = Work::new(title, Clock::WallAndThread, places.len() as u64);
    for (name, open) in PLACES {
        work.variant(name, move |_, watch| {
            let dir = folder();
            let store = open(dir.path());
            watch.time(|| store.load(places));
            0
        });
    }
    bench.run(work, &[]);
}

impl From<Airport> for Place {
    fn from(airport: Airport) -> Self {
        Self {
            ident: airport.ident,
            name: airport.name,
            country: airport.country,
            region: airport.region,
            iata: airport.iata,
            municipality: airport.municipality,
            elevation_ft: airport.elevation_ft,
            latitude_deg: airport.latitude_deg,
            longitude_deg: airport.longitude_deg,
        }
    }
}
