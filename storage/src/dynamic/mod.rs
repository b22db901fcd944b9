//! Tables of any store without their Rust types: for tools, and for pages over whatever a file has.
//!
//! A store has the schema of each of its tables. By it a table is opened by name, a key is a [`Value`], and so is a
//! row, in whatever layout it was written. Values are checked as they are read: damaged bytes are an error of a row.
//! [`DynamicTableMut`] writes rows, with their index entries.
//!
//! ```
//! # use rkyv::{Archive, Deserialize, Serialize};
//! # use storage::{Storage, StoredRecord};
//! use storage::dynamic::{DynamicTable, Value};
//!
//! # #[derive(Archive, Serialize, Deserialize, StoredRecord)]
//! # #[store(codec = "rkyv", table = "readings")]
//! # struct Reading { #[store(key)] station: String, #[store(key)] hour: u32, #[store(index)] wind: Option<String> }
//! # let storage = Storage::in_memory()?;
//! # let typed = Reading::table(&storage)?;
//! # typed.put(&Reading { station: "Dingling".into(), hour: 7, wind: Some("NNW".into()) })?;
//! let readings = DynamicTable::open(&storage.read()?, "readings")?;
//! let key = readings.parse_key("(Dingling, 7)")?;
//! let row = readings.get(&key)?.ok_or("no such row")?;
//! assert_eq!(row.field("hour")?, Some(Value::Unsigned(7)));
//! assert_eq!(row.value()?.to_string(), r#"{"station":"Dingling","hour":7,"wind":"NNW"}"#);
//!
//! let by_wind = readings.index("wind")?;
//! for row in by_wind.all_of(&by_wind.parse_key("NNW")?)?.rev() {
//!     println!("{}", row?.key()?);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bounds;
mod encode;
mod entries;
mod field_keys;
mod fields;
mod form;
mod index;
mod open;
mod row;
mod rows;
mod salvage;
mod table;
mod verify;
mod write;

pub use self::{
    index::DynamicIndex,
    row::DynamicRow,
    rows::DynamicRows,
    salvage::salvage,
    table::{DynamicTable, LayoutInfo},
    verify::IndexFindings,
    write::DynamicTableMut,
};
pub use crate::{
    catalog::Salvage,
    error::{DynamicError, ValueError},
    schema::{Description, Shape, Types},
    value::{TimeValue, Value},
};
