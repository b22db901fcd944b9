//! The rows as the store has them: through keys, prefixes, indexes, ranges and projections only.

use super::figures::{Figures, GAPS, Hour};
use schemas::beijing::{Reading, Wind};
use std::{collections::BTreeMap, ops::Bound};
use storage::{StoredRecord as _, Table};

/// Asks the table for everything that [`Figures`] has.
pub(crate) fn figures(readings: &Table<Reading>) -> storage::Result<Figures> {
    let r = Reading::FIELDS;
    let hour = (r.station, r.year, r.month, r.day, r.hour);
    let hours: storage::Result<Vec<Hour>> = readings.iter()?.select(hour).collect();
    let by_time = readings.by(Reading::INDEXES.by_time);
    let hours_by_time: storage::Result<Vec<Hour>> = by_time.iter()?.select(hour).collect();
    let june = readings.prefix(("Changping", 2014, 6))?.select((r.pm25, r.temperature)).collect();
    let june: storage::Result<Vec<_>> = june;
    let polluted = readings.by(Reading::INDEXES.pm25).range(500.0..)?.select(r.pm25);
    let cold = readings.by(Reading::INDEXES.temperature).range(-10.0..-5.0)?.select(r.temperature);
    let mut co_sum = 0;
    readings.iter()?.filter(r.co.is_some()).select(r.co).for_each_ref(|co| {
        co_sum += u64::from(co.unwrap_or_default());
        true
    })?;
    Ok(Figures {
        rows: readings.len()?,
        stations: stations(readings)?,
        hours: hours?,
        hours_by_time: hours_by_time?,
        nulls: nulls(readings)?,
        by_wind: by_wind(readings)?,
        june: june?,
        pm25_from_500: count(polluted)?,
        cold: count(cold)?,
        co_sum,
    })
}

/// The stations, each found by one step behind the last key of the one before, and the number of their hours.
fn stations(readings: &Table<Reading>) -> storage::Result<BTreeMap<String, usize>> {
    let r = Reading::FIELDS;
    let mut stations = BTreeMap::new();
    let mut next = readings.iter()?.select(r.station).next().transpose()?;
    while let Some(station) = next {
        let hours = count(readings.prefix((&station,))?.select(r.hour))?;
        let last = (&station, u16::MAX, u8::MAX, u8::MAX, u8::MAX);
        let behind = (Bound::Excluded(last), Bound::Unbounded);
        next = readings.range(behind)?.select(r.station).next().transpose()?;
        stations.insert(station, hours);
    }
    Ok(stations)
}

/// The number of gaps of each column, in one pass over twelve fields; those of indexed columns by the index as well.
fn nulls(readings: &Table<Reading>) -> storage::Result<BTreeMap<&'static str, u64>> {
    let r = Reading::FIELDS;
    let fields = (
        r.pm25,
        r.pm10,
        r.so2,
        r.no2,
        r.co,
        r.o3,
        r.temperature,
        r.pressure,
        r.dew_point,
        r.rain,
        r.wind,
        r.wind_speed,
    );
    let mut counts = [0; 12];
    readings.iter()?.select(fields).for_each_ref(|row| {
        let gaps = [
            row.0.is_none(),
            row.1.is_none(),
            row.2.is_none(),
            row.3.is_none(),
            row.4.is_none(),
            row.5.is_none(),
            row.6.is_none(),
            row.7.is_none(),
            row.8.is_none(),
            row.9.is_none(),
            row.10.is_none(),
            row.11.is_none(),
        ];
        counts.iter_mut().zip(gaps).for_each(|(count, gap)| *count += u64::from(gap));
        true
    })?;
    let nulls: BTreeMap<_, _> = GAPS.into_iter().zip(counts).collect();

    // A gap is not in an index.
    let rows = readings.len()?;
    assert_eq!(nulls["PM2.5"], rows - readings.by(Reading::INDEXES.pm25).len()?);
    assert_eq!(nulls["TEMP"], rows - readings.by(Reading::INDEXES.temperature).len()?);
    assert_eq!(nulls["wd"], rows - readings.by(Reading::INDEXES.wind).len()?);
    let without_wind = readings.iter()?.filter(r.wind.is_none()).select(r.number);
    assert_eq!(nulls["wd"], u64::try_from(count(without_wind)?).unwrap());
    Ok(nulls)
}

fn by_wind(readings: &Table<Reading>) -> storage::Result<BTreeMap<String, u64>> {
    let by_wind = readings.by(Reading::INDEXES.wind);
    let count = |wind: Wind| Ok((wind.to_string(), by_wind.count(wind)?));
    Wind::ALL.into_iter().map(count).collect()
}

fn count<T>(rows: impl Iterator<Item = storage::Result<T>>) -> storage::Result<usize> {
    let rows: storage::Result<Vec<T>> = rows.collect();
    Ok(rows?.len())
}
