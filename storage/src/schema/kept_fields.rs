//! The fields that the code has removed, and lets go only by a migration's work: `#[store(by_migration)]`.

use super::{Description, FieldShape, Hints};

/// The fields of a row of the layout `old` that the code only lets go by a migration's work.
pub(crate) fn kept_fields(old: &Description, declared: &Description, hints: &Hints) -> Vec<String> {
    let name = declared.rows.name();
    if !hints.is_by_migration(name) {
        return Vec::new();
    }
    let [old, declared] = [old, declared].map(|layout| layout.rows.fields().unwrap_or_default());
    let is_kept = |field: &&FieldShape| match &field.slot {
        None => hints.is_removed(name, &field.name),
        Some(slot) => {
            let mut slots = declared.iter().filter_map(|field| field.slot.as_ref());
            !slot.is_removed() && slots.any(|other| other.id == slot.id && other.is_removed())
        }
    };
    old.iter().filter(is_kept).map(|field| field.name.clone()).collect()
}
