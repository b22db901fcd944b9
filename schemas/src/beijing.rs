//! Hourly air quality at stations in Beijing: a time series with a composite key.
//!
//! The data is Song Chen, *Beijing Multi-Site Air Quality*, UCI Machine Learning Repository, under CC BY 4.0. It has a
//! file for each station; a gap is written `NA`.

use rkyv::{Archive, Deserialize, Serialize, api::deserialize_using, rancor::Infallible};
use serde::{
    Deserializer,
    de::{Error, Unexpected},
};
use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
};
use storage::{StoredKey, StoredRecord, StoredType};

/// One hour at one station.
///
/// The key is the station, then the time from year to hour, so that the hours of a station lie side by side in the
/// order of time, and a typed prefix is a station, a year, a month or a day of it.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
#[derive(Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "beijing_air")]
#[store(index(name = "by_time", fields(year, month, day, hour, station)))]
pub struct Reading {
    /// The number of its line in the file of its station.
    #[serde(rename = "No")]
    pub number: u32,
    /// Where it was taken.
    #[store(key)]
    pub station: String,
    /// The year, 2013 to 2017.
    #[store(key)]
    pub year: u16,
    /// The month, from 1.
    #[store(key)]
    pub month: u8,
    /// The day of the month, from 1.
    #[store(key)]
    pub day: u8,
    /// The hour at which it begins, 0 to 23.
    #[store(key)]
    pub hour: u8,
    /// Particles up to 2.5 µm, in µg/m³.
    #[serde(rename = "PM2.5", deserialize_with = "gap_or_value")]
    #[store(index)]
    pub pm25: Option<f64>,
    /// Particles up to 10 µm, in µg/m³.
    #[serde(rename = "PM10", deserialize_with = "gap_or_value")]
    pub pm10: Option<f64>,
    /// Sulphur dioxide, in µg/m³.
    #[serde(rename = "SO2", deserialize_with = "gap_or_value")]
    pub so2: Option<f64>,
    /// Nitrogen dioxide, in µg/m³.
    #[serde(rename = "NO2", deserialize_with = "gap_or_value")]
    pub no2: Option<f64>,
    /// Carbon monoxide, in µg/m³.
    #[serde(rename = "CO", deserialize_with = "gap_or_value")]
    pub co: Option<u32>,
    /// Ozone, in µg/m³.
    #[serde(rename = "O3", deserialize_with = "gap_or_value")]
    pub o3: Option<f64>,
    /// Temperature, in °C.
    #[serde(rename = "TEMP", deserialize_with = "gap_or_value")]
    #[store(index)]
    pub temperature: Option<f64>,
    /// Pressure, in hPa.
    #[serde(rename = "PRES", deserialize_with = "gap_or_value")]
    pub pressure: Option<f64>,
    /// Dew point, in °C.
    #[serde(rename = "DEWP", deserialize_with = "gap_or_value")]
    pub dew_point: Option<f64>,
    /// Rain, in mm.
    #[serde(rename = "RAIN", deserialize_with = "gap_or_value")]
    pub rain: Option<f64>,
    /// Where the wind came from.
    #[serde(rename = "wd", deserialize_with = "gap_or_value")]
    #[store(index)]
    pub wind: Option<Wind>,
    /// The speed of the wind, in m/s.
    #[serde(rename = "WSPM", deserialize_with = "gap_or_value")]
    pub wind_speed: Option<f64>,
}

/// Where the wind comes from, as one of sixteen points; they sort clockwise from north.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Archive,
    Serialize,
    Deserialize,
    StoredType,
    StoredKey,
)]
#[rkyv(compare(PartialEq), derive(Debug))]
#[expect(missing_docs, reason = "the points of the compass")]
pub enum Wind {
    N,
    NNE,
    NE,
    ENE,
    E,
    ESE,
    SE,
    SSE,
    S,
    SSW,
    SW,
    WSW,
    W,
    WNW,
    NW,
    NNW,
}

impl Wind {
    /// All points, clockwise from north.
    pub const ALL: [Self; 16] = [
        Self::N,
        Self::NNE,
        Self::NE,
        Self::ENE,
        Self::E,
        Self::ESE,
        Self::SE,
        Self::SSE,
        Self::S,
        Self::SSW,
        Self::SW,
        Self::WSW,
        Self::W,
        Self::WNW,
        Self::NW,
        Self::NNW,
    ];
}

/// As in the data: `NNE`.
impl fmt::Display for Wind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// The reverse of `Display`.
impl FromStr for Wind {
    type Err = UnknownWind;

    fn from_str(text: &str) -> Result<Self, UnknownWind> {
        let mut points = Self::ALL.into_iter();
        points.find(|point| point.to_string() == text).ok_or(UnknownWind)
    }
}

/// Text that is none of the sixteen points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a point of the compass")]
#[expect(clippy::exhaustive_structs, reason = "there is no more to say")]
pub struct UnknownWind;

/// The `Wind` of a view.
impl From<&ArchivedWind> for Wind {
    fn from(archived: &ArchivedWind) -> Self {
        let Ok(wind) = deserialize_using::<_, _, Infallible>(archived, &mut ());
        wind
    }
}

/// A file that does not hold readings.
#[derive(Debug, thiserror::Error)]
#[error("cannot read {}", path.display())]
#[non_exhaustive]
pub struct ReadingsError {
    /// Its path.
    pub path: PathBuf,
    /// What is wrong with it, and where.
    pub source: csv::Error,
}

/// Reads a file of readings, strictly: a column more or less, or a cell that is neither `NA` nor a value, is an error.
///
/// # Errors
///
/// [`ReadingsError`] names the file; its source names the line and the field.
pub fn read_csv(path: &Path) -> Result<Vec<Reading>, ReadingsError> {
    let rows = csv::Reader::from_path(path);
    let rows = rows.and_then(|rows| rows.into_deserialize().collect());
    rows.map_err(|source| ReadingsError { path: path.to_owned(), source })
}

/// A cell that is `NA` or a value.
fn gap_or_value<'de, D, T>(cell: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: FromStr<Err: fmt::Display>,
{
    let text: String = serde::Deserialize::deserialize(cell)?;
    if text == "NA" {
        return Ok(None);
    }
    let invalid = |_| D::Error::invalid_value(Unexpected::Str(&text), &"`NA` or a value");
    text.parse().map(Some).map_err(invalid)
}

#[cfg(test)]
mod tests {
    use super::{Reading, Wind, read_csv};
    use std::fs;

    const HEADER: &str =
        "No,year,month,day,hour,PM2.5,PM10,SO2,NO2,CO,O3,TEMP,PRES,DEWP,RAIN,wd,WSPM,station\r\n";

    fn read(rows: &str) -> Result<Vec<Reading>, String> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("air.csv");
        fs::write(&path, format!("{HEADER}{rows}")).unwrap();
        read_csv(&path).map_err(|error| format!("{error}: {}", error.source))
    }

    #[test]
    fn a_gap_is_written_na() {
        let rows = "1,2013,3,1,0,NA,8,4,7,300,77,-0.7,1023,-18.8,0,\"NNW\",4.4,\"Dingling\"\r\n\
                    2,2013,3,1,1,8,8,4,7,NA,77,NA,1023,-18.8,0,NA,NA,\"Dingling\"\r\n";
        let rows = read(rows).unwrap();
        let cells: Vec<_> = rows.iter().map(|r| (r.pm25, r.co, r.temperature, r.wind)).collect();
        let expected =
            [(None, Some(300), Some(-0.7), Some(Wind::NNW)), (Some(8.0), None, None, None)];
        assert_eq!(cells, expected);
    }

    #[test]
    fn what_is_neither_a_gap_nor_a_value_is_named() {
        let text =
            read("1,2013,3,1,0,,8,4,7,300,77,-0.7,1023,-18.8,0,\"NNW\",4.4,\"Dingling\"\r\n");
        let text = text.unwrap_err();
        assert!(text.contains("air.csv") && text.contains("record 1"), "{text}");
        let text =
            read("1,2013,3,1,0,4,8,4,7,300,77,-0.7,1023,-18.8,0,\"XX\",4.4,\"Dingling\"\r\n");
        let text = text.unwrap_err();
        assert!(text.contains("`NA` or a value"), "{text}");
    }

    #[test]
    fn points_are_found_by_their_names() {
        assert!(Wind::ALL.into_iter().all(|wind| wind.to_string().parse() == Ok(wind)));
        assert!(Wind::ALL.is_sorted());
    }
}
