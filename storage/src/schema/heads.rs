//! What two layouts of a table agree in, whatever their types are: record, codec and key.

use super::{Description, FieldShape, Hints, RowShape};
use crate::error::{Advice, Difference, Unsettled};

/// What of the layout `new` stands against reading rows of the layout `old`, beside their types.
pub(crate) fn differences_of_heads(
    old: &Description,
    new: &Description,
    hints: &Hints,
) -> Vec<Unsettled> {
    let mut found = Vec::new();
    let mut compare = |subject: &str, old: String, new: String, advice: Advice| {
        if old != new {
            let difference = Difference::new(subject, Some(&old), Some(&new));
            found.push(Unsettled { difference, advice: vec![advice] });
        }
    };
    let (old_name, new_name) = (old.rows.name(), new.rows.name());
    if !hints.had_name(old_name) {
        let advice = Advice::RecordRenamed { was: old_name.to_owned(), name: new_name.to_owned() };
        compare("record", old_name.to_owned(), new_name.to_owned(), advice);
    }
    compare("codec", old.codec.clone(), new.codec.clone(), Advice::Codec);
    let encoding = |description: &Description| description.key_encoding.to_string();
    compare("key encoding", encoding(old), encoding(new), Advice::Key);
    compare("key", old.key.to_string(), new.key.to_string(), Advice::Key);
    let old_fields = key_fields(old).join(", ");
    let new_fields: Vec<&str> =
        key_fields(new).iter().map(|field| name_before(field, old, new, hints)).collect();
    compare("key fields", old_fields, new_fields.join(", "), Advice::Key);
    found
}

/// Whether rows of the layout `new` lie under other keys than those of the layout `old`.
pub(crate) fn has_other_key(old: &Description, new: &Description, hints: &Hints) -> bool {
    differences_of_heads(old, new, hints).iter().any(Unsettled::is_of_key)
}

fn key_fields(description: &Description) -> &[String] {
    match &description.rows {
        RowShape::Record { key_fields, .. } => key_fields,
        RowShape::Value(_) => &[],
    }
}

/// The name that the field had in the old layout.
fn name_before<'a>(
    field: &'a str,
    old: &'a Description,
    new: &'a Description,
    hints: &'a Hints,
) -> &'a str {
    let is_there = |name: &str| fields(old).iter().any(|other| other.name == name);
    if is_there(field) {
        return field;
    }
    // A table's fields have ids, whatever they are called.
    let slot = |fields: &'a [FieldShape], name: &str| {
        fields.iter().find(|other| other.name == name).and_then(|field| field.slot.as_ref())
    };
    if let Some(id) = slot(fields(new), field).map(|slot| slot.id) {
        let same = |other: &&FieldShape| other.slot.as_ref().is_some_and(|slot| slot.id == id);
        return fields(old).iter().find(same).map_or(field, |field| &field.name);
    }
    let was = hints.past(new.rows.name(), field).into_iter().flat_map(|past| &past.was);
    was.map(String::as_str).find(|name| is_there(name)).unwrap_or(field)
}

fn fields(description: &Description) -> &[FieldShape] {
    description.rows.fields().unwrap_or_default()
}
