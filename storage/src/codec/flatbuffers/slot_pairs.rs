//! Which field of an old layout is which of the new: the one of its id, unless ids that are counted have moved.
//!
//! A field that is put between others, or taken from between them, moves the ids of those behind it. They have their
//! names still, so each is told its id, and what is new or gone is told from what has moved.

use super::slots::{Slotted, live, slots};
use crate::schema::{FieldShape, Hints, Slot};

/// The fields of a table, or of a variant, in both layouts.
pub(super) struct SlotPairs<'p, 't> {
    pub(super) hints: &'p Hints,
    pub(super) owner: &'p str,
    pub(super) old: &'t [FieldShape],
    pub(super) new: &'t [FieldShape],
}

/// What has become of a field of the old layout.
pub(super) enum SlotNow<'t> {
    /// It is this one.
    Field(Slotted<'t>),
    /// Its name has another id.
    Moved,
    Gone,
}

/// What a field of the new layout was.
pub(super) enum SlotBefore {
    /// The one of its id.
    Field,
    /// The one of its name, which has this id.
    Moved(u16),
    /// Nothing, and it has the id of one that has moved; this one is free.
    Taken(u16),
    None,
}

impl<'t> SlotPairs<'_, 't> {
    pub(super) fn all_before(&self) -> impl Iterator<Item = Slotted<'t>> + use<'t> {
        slots(self.old)
    }

    pub(super) fn all_now(&self) -> impl Iterator<Item = Slotted<'t>> + use<'t> {
        slots(self.new)
    }

    pub(super) fn now(&self, field: &FieldShape, slot: &Slot) -> SlotNow<'t> {
        let is_moved = !slot.is_removed() && self.has_moved(&field.name);
        match slots(self.new).find(|(_, other)| other.id == slot.id) {
            _ if is_moved => SlotNow::Moved,
            Some(other) if !self.has_moved(&other.0.name) => SlotNow::Field(other),
            _ => SlotNow::Gone,
        }
    }

    pub(super) fn before(&self, field: &FieldShape, slot: &Slot) -> SlotBefore {
        if let Some(id) = self.moved(field, slot) {
            return SlotBefore::Moved(id);
        }
        if self.is_taken(slot) {
            return SlotBefore::Taken(self.free_for(slot));
        }
        match slots(self.old).any(|(_, other)| other.id == slot.id) {
            true => SlotBefore::Field,
            false => SlotBefore::None,
        }
    }

    /// Whether the id is that of a field that has moved, and has not moved here.
    fn is_taken(&self, slot: &Slot) -> bool {
        let there = live(self.old).find(|(_, other)| other.id == slot.id);
        !slot.is_removed() && there.is_some_and(|(field, _)| self.has_moved(&field.name))
    }

    fn has_moved(&self, name: &str) -> bool {
        let field = live(self.new).find(|(field, _)| field.name == name);
        field.is_some_and(|(field, slot)| self.moved(field, slot).is_some())
    }

    /// The id that the field of this name has in the old layout, if it is another one and no attribute says that it is
    /// another field.
    fn moved(&self, field: &FieldShape, slot: &Slot) -> Option<u16> {
        if slot.is_removed() {
            return None;
        }
        let (_, before) = live(self.old).find(|(other, _)| other.name == field.name)?;
        let is_meant = self.hints.past(self.owner, &field.name).is_some_and(|past| {
            let there = slots(self.old).find(|(_, other)| other.id == slot.id);
            there.is_none_or(|(other, _)| past.was.contains(&other.name))
        });
        (before.id != slot.id && !is_meant).then_some(before.id)
    }

    /// The id behind those of the file, and behind those that others get who need one.
    fn free_for(&self, slot: &Slot) -> u16 {
        let ids = slots(self.old).map(|(_, slot)| slot.id);
        let others = live(self.new).filter(|(field, other)| {
            other.id < slot.id && self.moved(field, other).is_none() && self.is_taken(other)
        });
        let others = u16::try_from(others.count()).unwrap_or(u16::MAX);
        ids.max().map_or(0, |id| id.saturating_add(1)).saturating_add(others)
    }
}
