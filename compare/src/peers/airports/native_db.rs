//! `native_db`.

use super::{super::CACHE_LEN, HIGH, Place, Places};
use native_db::{Builder, Database, Models, ToKey, native_db};
use native_model::{Model, native_model};
use serde::{Deserialize, Serialize};
use std::{path::Path, sync::LazyLock};

#[derive(Serialize, Deserialize)]
#[native_model(id = 1, version = 1)]
#[native_db]
struct NativePlace {
    #[primary_key]
    ident: String,
    name: String,
    country: String,
    #[secondary_key]
    region: String,
    #[secondary_key(unique, optional)]
    iata: Option<String>,
    municipality: Option<String>,
    elevation_ft: Option<i32>,
    latitude_deg: f64,
    longitude_deg: f64,
}

impl From<Place> for NativePlace {
    fn from(place: Place) -> Self {
        Self {
            ident: place.ident,
            name: place.name,
            country: place.country,
            region: place.region,
            iata: place.iata,
            municipality: place.municipality,
            elevation_ft: place.elevation_ft,
            latitude_deg: place.latitude_deg,
            longitude_deg: place.longitude_deg,
        }
    }
}

static MODELS: LazyLock<Models> = LazyLock::new(|| {
    let mut models = Models::new();
    models.define::<NativePlace>().unwrap();
    models
});

struct Native(Database<'static>);

pub(super) fn open(dir: &Path) -> Box<dyn Places> {
    let mut builder = Builder::new();
    builder.set_cache_size(CACHE_LEN);
    Box::new(Native(builder.create(&MODELS, dir.join("airports.native")).unwrap()))
}

impl Places for Native {
    fn load(&self, places: &[Place]) {
        let txn = self.0.rw_transaction().unwrap();
        for place in places {
            txn.insert(NativePlace::from(place.clone())).unwrap();
        }
        txn.commit().unwrap();
    }

    fn by_iata(&self, codes: &[&str]) -> u64 {
        let len = |code: &&str| {
            let txn = self.0.r_transaction().unwrap();
            let place: Option<NativePlace> =
                txn.get().secondary(NativePlaceKey::iata, Some(*code)).unwrap();
            place.unwrap().name.len()
        };
        codes.iter().map(len).sum::<usize>() as u64
    }

    fn by_region(&self, regions: &[&str]) -> u64 {
        let txn = self.0.r_transaction().unwrap();
        let lens = |region: &&str| {
            let scan = txn.scan().secondary::<NativePlace>(NativePlaceKey::region).unwrap();
            let rows = scan.range(*region..=*region).unwrap();
            rows.map(|place| place.unwrap().name.len()).sum::<usize>()
        };
        regions.iter().map(lens).sum::<usize>() as u64
    }

    fn high(&self) -> u64 {
        let txn = self.0.r_transaction().unwrap();
        let rows = txn.scan().primary::<NativePlace>().unwrap();
        let high = rows.all().unwrap().map(Result::unwrap);
        let high = high.filter(|place| place.elevation_ft.is_some_and(|feet| feet > HIGH));
        high.map(|place| place.ident.len()).sum::<usize>() as u64
    }
}
