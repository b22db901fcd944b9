//! `SQLite` through rusqlite.

use super::{super::sqlite::connection, HIGH, Place, Places};
use rusqlite::{Connection, Row, params};
use std::{
    path::Path,
    sync::{Mutex, MutexGuard, PoisonError},
};

const CREATE: &str = "CREATE TABLE places(ident TEXT PRIMARY KEY, name TEXT NOT NULL, \
    country TEXT NOT NULL, region TEXT NOT NULL, iata TEXT, municipality TEXT, elevation_ft INTEGER, \
    latitude_deg REAL NOT NULL, longitude_deg REAL NOT NULL) WITHOUT ROWID;
    CREATE UNIQUE INDEX by_iata ON places(iata);
    CREATE INDEX by_region ON places(region);";

struct Sqlite(Mutex<Connection>);

pub(super) fn open(dir: &Path) -> Box<dyn Places> {
    let connection = connection(&dir.join("airports.db"));
    connection.execute_batch(CREATE).unwrap();
    Box::new(Sqlite(Mutex::new(connection)))
}

impl Sqlite {
    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn text_len(row: &Row<'_>) -> rusqlite::Result<u64> {
    Ok(row.get_ref(0)?.as_str()?.len() as u64)
}

impl Places for Sqlite {
    fn load(&self, places: &[Place]) {
        let mut connection = self.lock();
        let txn = connection.transaction().unwrap();
        {
            let mut insert =
                txn.prepare_cached("INSERT INTO places VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?)").unwrap();
            for place in places {
                let Place { ident, name, country, region, iata, .. } = place;
                let Place { municipality, elevation_ft, latitude_deg, longitude_deg, .. } = place;
                let values = params![
                    ident,
                    name,
                    country,
                    region,
                    iata,
                    municipality,
                    elevation_ft,
                    latitude_deg,
                    longitude_deg
                ];
                insert.execute(values).unwrap();
            }
        }
        txn.commit().unwrap();
    }

    fn by_iata(&self, codes: &[&str]) -> u64 {
        let connection = self.lock();
        let mut select =
            connection.prepare_cached("SELECT name FROM places WHERE iata = ?").unwrap();
        codes.iter().map(|code| select.query_row([code], text_len).unwrap()).sum()
    }

    fn by_region(&self, regions: &[&str]) -> u64 {
        let connection = self.lock();
        let mut select =
            connection.prepare_cached("SELECT name FROM places WHERE region = ?").unwrap();
        let mut lens = |region: &&str| {
            select.query_map([region], text_len).unwrap().map(Result::unwrap).sum::<u64>()
        };
        regions.iter().map(&mut lens).sum()
    }

    fn high(&self) -> u64 {
        let connection = self.lock();
        let mut select =
            connection.prepare_cached("SELECT ident FROM places WHERE elevation_ft > ?").unwrap();
        select.query_map([HIGH], text_len).unwrap().map(Result::unwrap).sum()
    }
}
