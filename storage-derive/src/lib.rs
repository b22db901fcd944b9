//! The derives of `storage`. Use them through that crate: `storage::{StoredRecord, StoredType, StoredKey}`.
//!
//! The road of an attribute, laid out in `pipeline`: `attr/` (syntax) → `ast` (model) → `check/` (rules) → `expand/`
//! (code), or `fallback` beside the errors. `codec/` has the rules and the code of each codec, `attr/symbol` the
//! spellings, `ctxt` the errors.
//!
//! Their attribute is `store`. They also accept `storage`, to report that `store` was meant.
//!
//! `STORAGE_DEBUG_DERIVE=User cargo check | rustfmt` prints what the derives generate for `User` (`*` for all types).

#![forbid(unsafe_code)]

mod ast;
mod attr;
mod check;
mod codec;
mod ctxt;
mod debug;
mod expand;
mod fallback;
mod foreign;
mod generics;
mod own_name;
mod pipeline;
mod schema;
mod tokens;
mod ty;

use self::pipeline::{STORED_KEY, STORED_RECORD, STORED_TYPE};
use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a record: a row of a table of its own, found by its key.
///
/// ```text
/// #[derive(Archive, Serialize, Deserialize, StoredRecord)]
/// #[store(codec = "rkyv", table = "readings")]
/// #[store(index(name = "alarms", fields(city, hour), if = Reading::is_alarming))]
/// struct Reading {
///     #[store(key)]
///     station: String,
///     #[store(key)]
///     hour: u32,
///     #[store(index)]
///     city: String,
///     #[store(unique)]
///     serial: Option<u64>,
///     pm25: Option<f32>,
///     #[store(opaque = "duration-nanos-v1")]
///     #[rkyv(with = rkyv::with::AsNanos)]
///     took: Duration,
/// }
/// ```
///
/// This implements `StoredRecord`, `StoredType`, `FieldSet` with a struct of field handles, as in
/// `Reading::FIELDS.pm25`, and `IndexSet` with a struct of index handles, as in `Reading::INDEXES.alarms`. Fields
/// without names are reached by number, `FIELDS.0`; their indexes are called `_0`, `_1`, ….
///
/// # On the struct
///
/// - `codec = "rkyv"` or `"flatbuffers"`: how records become bytes. Required, because it is part of the file for
///   good.
/// - `table = "readings"`: the name of the table in the file. Required; 1 to 255 bytes without control characters
///   and `$`.
/// - `file_identifier = "MONS"`, FlatBuffers only: four characters at the start of every value.
/// - `removed(id = 2, name = "mana", ty = "i16")`, FlatBuffers only: a field that was removed; its id stays taken.
/// - `removed("x", "y")`, rkyv only: fields of older layouts that are gone; their values are dropped.
/// - `by_migration`: the fields that were removed go only by `table.migrate().with(..)`, which hands their values to
///   the program. Until then, a row that has one of them can be read and deleted, but not put or updated.
/// - `was = "Name"` or `was("A", "B")`: names that the record type had.
/// - `table_was = "users"` or `table_was("a", "b")`: names that the table had.
/// - `from = OrderV1`: the record type that the records were of before. What is not read as this record is read as one
///   of that type, and converted by `From`; with `try_from = OrderV1`, by `TryFrom`.
/// - `feed`: logs the changes of the table in the file, for `table.feed()`; `feed(keep = 1_000_000)` keeps no more than
///   the last million, `feed(days = 7)` those of a week.
/// - `crate = "::path"`: where generated code finds the crate `storage`, if not at `::storage`.
/// - `index(name = "...", fields(a, b))`: an index over several fields. There may be several such indexes. A field
///   that is a `Vec` or an `Option` has an entry for each of its values.
/// - `index(name = "...", with = path::to::function, key = Type)`: an index of what a function returns for a record: a
///   `Type`, or an `Option` or a `Vec` of it. The path is part of the schema.
/// - in either, `unique`: no two records have the same index key; `if = path::to::function`: only records for which
///   the function returns `true` have entries.
///
/// # On a field
///
/// - `id = 3`, FlatBuffers only: its id. Given on every field or on none; without ids, fields are numbered in
///   declaration order. An enum with data also takes the next id.
/// - `default = 150`, FlatBuffers: the value of a missing number or enum without data. With rkyv: the value in rows of
///   older layouts that lack the field or have `None`; `default` alone is that of the type.
/// - `was = "name"` or `was("a", "b")`: names that the field had in older layouts.
/// - `index`: an index over the field, with the field's name.
/// - `unique`: such an index in which no two records have the same key.
/// - `key`: the field is the primary key. Several such fields make a composite key: a tuple, in declaration order, of
///   at most twelve parts.
/// - `opaque = "name-and-version"`: the schema records this name instead of the field's type, and of what it is
///   archived as only size and alignment. So change the name whenever the type changes: a file that was written with
///   another type of the same size under the same name is misread. The type need not be a `StoredType`, and the field
///   has no handle. Required with `#[rkyv(with = ...)]` and `#[rkyv(niche)]`.
/// - `skip`, FlatBuffers: the field is not stored and comes back by `Default`. With rkyv, write
///   `#[rkyv(with = rkyv::with::Skip)]` instead. Such a field has no handle and is not in the schema.
#[proc_macro_derive(StoredRecord, attributes(store, storage))]
pub fn derive_stored_record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    STORED_RECORD.derive(&input).into()
}

/// Makes a struct or an enum usable as a field of a record: the schema then contains what it is made of.
///
/// ```text
/// #[derive(Archive, Serialize, Deserialize, StoredType)]
/// #[store(codec = "rkyv")]
/// struct Position { latitude: f64, longitude: f64 }
///
/// #[derive(Archive, Serialize, Deserialize, StoredType)]
/// enum Kind { Heliport, Closed { since: u16 }, Other(String) }
/// ```
///
/// Type parameters are allowed and get the bound `T: StoredType`. Lifetimes are not: a stored type owns its data.
/// The discriminants of an enum must be integer literals, because they are stored and part of the schema.
///
/// # On the type
///
/// - `codec = "rkyv"`: what a type is stored with that names no codec. On a struct without parameters it makes handles
///   to the fields, which can then be projected when the type is a field of a record with that codec.
/// - `codec = "flatbuffers"`: the type can be a field of a record with that codec, and its fields can be projected. A
///   struct becomes a table or, with `fixed`, a struct of fixed width; one with a single unnamed field is stored as
///   that field, whose type must be as visible as the struct; an enum becomes a number or, with data, a union.
///   A type that is used in records of both codecs has `codec = "rkyv, flatbuffers"`.
/// - `file_identifier`, `removed`: as on a record.
/// - `crate = "::path"`: where generated code finds the crate `storage`, if not at `::storage`.
///
/// # On a field, also of a variant
///
/// - `opaque = "name-and-version"`, `id`, `default`, `skip`, `was`: as on the field of a record.
///
/// # On a variant
///
/// - `was = "Name"` or `was("A", "B")`: names that the variant had in older layouts; several may become one.
#[proc_macro_derive(StoredType, attributes(store, storage))]
pub fn derive_stored_type(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    STORED_TYPE.derive(&input).into()
}

/// Makes a type a key, or a part of one.
///
/// ```text
/// #[derive(Debug, StoredKey)]
/// struct StationId(u32);
///
/// #[derive(Debug, StoredKey)]
/// struct Slot { station: StationId, hour: u32 }
///
/// #[derive(Debug, StoredKey)]
/// enum Pollutant { Pm25, Pm10, No2 }
///
/// #[derive(Debug, StoredKey)]
/// enum Address { Short(u16), Long([u8; 16]), Named { site: String, number: u32 } }
/// ```
///
/// - A struct with one field is encoded as that field, and in the schema it is that field's type.
/// - A struct with several fields, twelve at most, is the tuple of them in declaration order.
/// - An enum without data is the ordinal of its variant in declaration order: one byte, or two if there are more than
///   256 variants. In the schema it is `enum(Pm25, Pm10, No2)`.
/// - An enum with data is the ordinal, followed by the fields of the variant as a tuple, and in the schema
///   `enum(Short(u16), Long([u8; 16]), Named(string, u32))`.
///
/// Keys sort as `#[derive(PartialOrd, Ord)]` sorts the values. So discriminants, where given, must be integer literals
/// in ascending order, and reordering variants or fields changes the schema.
///
/// The borrowed form of a derived key is the type itself, which must be `Debug` so that messages can show it. It
/// cannot have parameters or lifetimes. The only attribute is `crate`, as for `StoredType`.
#[proc_macro_derive(StoredKey, attributes(store, storage))]
pub fn derive_stored_key(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    STORED_KEY.derive(&input).into()
}
