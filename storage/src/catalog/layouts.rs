//! The layouts that the rows of one table have: texts by number.
//!
//! A text never changes and is never removed, so a row is read by its number for as long as it is there.

use crate::{
    error::{CatalogDamage, Damage},
    hash::hash,
};

/// The number of a table's first layout.
pub(super) const FIRST_LAYOUT: u16 = 1;
/// What a layout's number has before it in the key of its row, behind the table's name.
const LAYOUT: &[u8] = b"\0L";

/// The texts of a table's layouts, numbered from 1; there is one at least.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layouts(Vec<String>);

impl Layouts {
    /// Of a table whose rows have all one layout.
    pub(super) fn of(text: String) -> Self {
        Self(vec![text])
    }

    /// Adds the next layout, which is said to have this number.
    pub(super) fn add(&mut self, number: u16, text: String) -> Result<(), Damage> {
        if self.next() != Some(number) {
            return Err(CatalogDamage::LayoutNumber { number }.into());
        }
        self.0.push(text);
        Ok(())
    }

    /// The layouts with their numbers, the oldest first.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u16, &str)> {
        (FIRST_LAYOUT..).zip(&self.0).map(|(number, text)| (number, text.as_str()))
    }

    /// The text of the newest layout.
    pub(super) fn newest(&self) -> &str {
        self.0.last().map_or("", String::as_str)
    }

    /// The number of the layout with this text.
    pub(super) fn number_of(&self, text: &str) -> Option<u16> {
        self.iter().find(|(_, other)| *other == text).map(|(number, _)| number)
    }

    /// The number of a layout that would be added; `None` if there are no more numbers.
    pub(super) fn next(&self) -> Option<u16> {
        u16::try_from(self.0.len()).ok()?.checked_add(FIRST_LAYOUT)
    }

    /// What follows the name of a table in the key of the layout `number`: nothing for the first, whose row is the one
    /// that each table has.
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
