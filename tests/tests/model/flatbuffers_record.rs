//! The record of the model test, with an index of every kind: as FlatBuffers.

use super::item::{initial, is_open};
use jiff::SignedDuration;
use storage::{StoredRecord, table::View};

#[derive(Clone, Debug, PartialEq, Eq, StoredRecord)]
#[store(codec = "flatbuffers", table = "items")]
#[store(index(name = "by_place", fields(country, level)))]
#[store(index(name = "by_tag_country", fields(tags, country)))]
#[store(index(name = "open_level", fields(level), if = is_open))]
#[store(index(name = "open_slot", fields(slot), unique, if = Item::is_open_and_shown))]
#[store(index(name = "initial", with = initial, key = char))]
pub(crate) struct Item {
    #[store(key)]
    pub(crate) area: String,
    #[store(key)]
    pub(crate) number: i32,
    #[store(index)]
    pub(crate) country: String,
    #[store(index)]
    pub(crate) level: i32,
    #[store(unique)]
    pub(crate) code: Option<String>,
    #[store(index)]
    pub(crate) tags: Vec<String>,
    #[store(unique)]
    pub(crate) aliases: Vec<u16>,
    #[store(index)]
    pub(crate) lasted: Option<SignedDuration>,
    pub(crate) slot: u8,
    pub(crate) open: bool,
    pub(crate) payload: String,
}

/// A field of a view, which each codec gives in its own way.
pub(crate) fn number(view: View<'_, Item>) -> i32 {
    view.number()
}
