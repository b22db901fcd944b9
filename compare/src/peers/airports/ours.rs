//! `storage`.

use super::{super::storage, HIGH, Place, Places};
use std::path::Path;
use storage::{StoredRecord, Table};

pub(super) fn open(dir: &Path) -> Box<dyn Places> {
    Box::new(Place::table(&storage(&dir.join("airports.storage"))).unwrap())
}

impl Places for Table<Place> {
    fn load(&self, places: &[Place]) {
        self.put_all(places).unwrap();
    }

    fn by_iata(&self, codes: &[&str]) -> u64 {
        let by_iata = self.by(Place::INDEXES.iata);
        let len = |code: &&str| by_iata.get(*code, |place| place.name.len()).unwrap().unwrap();
        codes.iter().map(len).sum::<usize>() as u64
    }

    fn by_region(&self, regions: &[&str]) -> u64 {
        let mut sum = 0;
        for region in regions {
            let rows = self.by(Place::INDEXES.region).get_all(*region).unwrap();
            rows.select(Place::FIELDS.name)
                .for_each_ref(|name| {
                    sum += name.len();
                    true
                })
                .unwrap();
        }
        sum as u64
    }

    fn high(&self) -> u64 {
        let lens = self.scan(|place| {
            let elevation = place.elevation_ft.as_ref()?.to_native();
            (elevation > HIGH).then_some(place.ident.len())
        });
        lens.unwrap().into_iter().sum::<usize>() as u64
    }
}
