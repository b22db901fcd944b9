//! The derives of `storage`. Use them through that crate: `storage::{StoredRecord, StoredType, StoredKey}`.
//!
//! The road of an attribute, laid out in `pipeline`: `attr/` (syntax) → `ast` (model) → `check/` (rules) → `expand/`
//! (code), or `fallback` beside the errors. `codec/` has the rules and the code of each codec, `attr/symbol` the
//! spellings, `ctxt` the errors.
//!
//! Their attribute is `store`; they also know `storage`, only to say so.
//!
//! `STORAGE_DEBUG_DERIVE=User cargo check | rustfmt` shows what the derives make of `User` (`*` for all types).

#![forbid(unsafe_code)]

mod ast;
mod attr;
mod check;
mod codec;
mod ctxt;
mod debug;
mod expand;
mod fallback;
mod pipeline;
mod tokens;

use self::pipeline::{STORED_KEY, STORED_RECORD, STORED_TYPE};
use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct with named fields a record: kept in a table of its own, found by the key it carries.
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
/// It implements `StoredRecord`, `StoredType`, `FieldSet` with a struct of handles, `Reading::FIELDS.pm25`, and
/// `IndexSet` with another, `Reading::INDEXES.alarms`.
///
/// # On the struct
///
/// - `codec = "rkyv"` or `"flatbuffers"`: how records become bytes. Required, because the file keeps it for good.
/// - `table = "readings"`: the name of the table in the file, required too: 1 to 255 bytes, no control characters,
///   no `$`.
/// - `file_identifier = "MONS"`, FlatBuffers only: four characters at the start of every value.
/// - `removed(id = 2, name = "mana", ty = "i16")`, FlatBuffers only: a field that is no more; its id stays taken.
/// - `crate = "::path"`: where generated code finds the crate `storage`, if not at `::storage`.
/// - `index(name = "...", fields(a, b))`: an index over several fields. There may be many. A field that gives several
///   keys, a `Vec`, or none, an `Option`, gives as many entries.
/// - `index(name = "...", with = path::to::function, key = Type)`: an index of what a function gives for a record: a
///   `Type`, an `Option` or a `Vec` of them. The path is part of the schema.
/// - in either, `unique`: no two records with the same index key; `if = path::to::function`: only records for which
///   the function gives `true`.
///
/// # On a field
///
/// - `id = 3`, FlatBuffers only: its id. On every field or on none; without, ids count in declaration order. An enum
///   with data takes the next one, too.
/// - `default = 150`, FlatBuffers only: what a missing number or enum without data stands for.
/// - `index`: an index over the field, named as the field.
/// - `unique`: the same, of which no two records have the same key.
/// - `key`: the field is the primary key. Several such fields make a composite key: a tuple, in declaration order, of
///   at most twelve parts.
/// - `opaque = "name-and-version"`: the field's type does not tell what is stored, you do: change the name when the
///   layout changes. The type need not be a `StoredType`, and the field has no handle. Required beside
///   `#[rkyv(with = ...)]` and `#[rkyv(niche)]`.
#[proc_macro_derive(StoredRecord, attributes(store, storage))]
pub fn derive_stored_record(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    STORED_RECORD.derive(&input).into()
}

/// Lets a struct or an enum be a field of a record, by telling the schema what it is made of.
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
/// Type parameters are allowed and get the bound `T: StoredType`; lifetimes are not, a stored type owns its data.
/// The discriminants of an enum are integer literals, because rkyv stores them and the schema names them.
///
/// # On the type
///
/// - `codec = "rkyv"`: the fields can be projected where the type is a field of a record with that codec. Only for
///   structs with named fields and without parameters.
/// - `codec = "flatbuffers"`: the type can be a field of a record with that codec, and its fields can be projected. A
///   struct is a table, with `fixed` a struct of fixed width; an enum is a number, with data a union. With
///   `codec = "rkyv, flatbuffers"` it stands in records of both.
/// - `file_identifier`, `removed`: as on a record.
/// - `crate = "::path"`: where generated code finds the crate `storage`, if not at `::storage`.
///
/// # On a field, also of a variant
///
/// - `opaque = "name-and-version"`, `id`, `default`: as on the field of a record.
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
/// ```
///
/// - A struct with one field is encoded as that field, and in the schema it is that field's type.
/// - A struct with several fields, twelve at most, is the tuple of them in declaration order.
/// - An enum without data is the number of its variant in declaration order, in one byte, or in two from 257 variants
///   on; in the schema it is `enum(Pm25, Pm10, No2)`.
///
/// Keys sort as `#[derive(PartialOrd, Ord)]` sorts the values. So discriminants, where given, are integer literals
/// that ascend, and to reorder variants or fields is a change of the schema.
///
/// The borrowed form of a derived key is the type itself, which must be `Debug` for messages to show it. There are no
/// parameters and no lifetimes. The attribute is `crate`, as for `StoredType`.
#[proc_macro_derive(StoredKey, attributes(store, storage))]
pub fn derive_stored_key(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    STORED_KEY.derive(&input).into()
}
