//! The layouts that the rows of one table have: texts by number.
//!
//! A text never changes, and is there for as long as a row may have its number; so a row is read by its number. A
//! migration retires the layouts that no row has any more: their texts go, and their numbers are not given again.

use super::retired::Retired;
use crate::{
    error::{CatalogDamage, Damage},
    hash::hash,
};

/// The number of a table's first layout.
pub(super) const FIRST_LAYOUT: u16 = 1;
/// What a layout's number has before it in the key of its row, behind the table's name.
const LAYOUT: &[u8] = b"\0L";

/// The layouts of a table. Those that live are numbered without a gap, and there is one at least.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layouts {
    pub(super) retired: Retired,
    /// The texts of those that live.
    texts: Vec<String>,
}

impl Layouts {
    /// Of a table whose rows have all one layout.
    pub(super) fn of(text: String) -> Self {
        Self { retired: Retired::default(), texts: vec![text] }
    }

    /// Of a table whose first layouts are `retired`.
    pub(super) const fn after(retired: Retired) -> Self {
        Self { retired, texts: Vec::new() }
    }

    /// Adds the next layout, which is said to have this number.
    pub(super) fn add(&mut self, number: u16, text: String) -> Result<(), Damage> {
        if self.next() != Some(number) {
            return Err(CatalogDamage::LayoutNumber { number }.into());
        }
        self.texts.push(text);
        Ok(())
    }

    /// Retires all before `oldest`, which lives.
    pub(super) fn retire_before(&mut self, oldest: u16) {
        let count = usize::from(oldest.saturating_sub(self.oldest())).min(self.texts.len());
        let fingerprints = self.texts.drain(..count).map(|text| fingerprint(&text));
        self.retired.extend(fingerprints);
    }

    /// The layouts that live with their numbers, the oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u16, &str)> {
        (self.oldest()..).zip(&self.texts).map(|(number, text)| (number, text.as_str()))
    }

    /// The text of the layout of this number, if it lives.
    pub(super) fn text(&self, number: u16) -> Option<&str> {
        self.iter().find(|(other, _)| *other == number).map(|(_, text)| text)
    }

    /// Whether there is none.
    pub(super) const fn is_empty(&self) -> bool {
        self.texts.is_empty()
    }

    /// How many live.
    pub(super) const fn len(&self) -> usize {
        self.texts.len()
    }

    /// The number of the oldest that lives.
    pub(super) fn oldest(&self) -> u16 {
        FIRST_LAYOUT.saturating_add(self.retired.len())
    }

    /// The text of the newest layout.
    pub(super) fn newest(&self) -> &str {
        self.texts.last().map_or("", String::as_str)
    }

    /// The number of the layout with this text, if it lives: the newest, if there are several.
    pub(super) fn number_of(&self, text: &str) -> Option<u16> {
        self.iter().filter(|(_, other)| *other == text).last().map(|(number, _)| number)
    }

    /// The number of the layout with this text, if it is retired.
    pub(super) fn retired_number_of(&self, text: &str) -> Option<u16> {
        self.retired.number_of(fingerprint(text))
    }

    /// The number of a layout that would be added; `None` if there are no more numbers.
    pub(super) fn next(&self) -> Option<u16> {
        self.oldest().checked_add(u16::try_from(self.texts.len()).ok()?)
    }

    /// What follows the name of a table in the key of the layout `number`: nothing for the first, whose row is the one
    /// that each table has until it is retired.
    pub(super) fn key_part(number: u16) -> Vec<u8> {
        match number {
            FIRST_LAYOUT => Vec::new(),
            _ => [LAYOUT, &number.to_be_bytes()].concat(),
        }
    }

    /// The number in such a part of a key; `None` if it is of another kind.
    pub(super) fn number_in(key_part: &[u8]) -> Option<u16> {
        let number = key_part.strip_prefix(LAYOUT)?;
        number.try_into().ok().map(u16::from_be_bytes)
    }
}

/// What is in the seal of rows of the layout `text`.
pub(super) fn fingerprint(text: &str) -> u64 {
    hash(text.as_bytes(), 0)
}
