//! Fields that were removed and are here again: what rows from before have of them must not come back unasked.

use crate::{
    error::{Advice, Difference, Unresolved, Unsettled},
    schema::{Definition, Description, FieldShape, Hints},
};

/// The fields of a struct, a table or a variant.
struct Members<'t> {
    /// As the attributes call it: `Location`, `Kind::Closed`.
    owner: String,
    type_name: &'t str,
    variant: Option<&'t str>,
    is_record: bool,
    fields: &'t [FieldShape],
}

/// The fields of `declared` that an older one of `layouts` has and a newer one has not, unless `hints` says that they
/// are the same.
pub(crate) fn revived(
    layouts: &[(u16, &Description)],
    declared: &Description,
    hints: &Hints,
) -> Unresolved {
    let mut differences = Vec::new();
    for members in all_members(declared) {
        for field in members.fields {
            if field.is_removed() || hints.is_revived(&members.owner, &field.name) {
                continue;
            }
            if let Some((had, lacks)) = gap(layouts, &members, field, hints) {
                let subject = match members.is_record {
                    true => format!("field {}", field.name),
                    false => format!("field {} of {}", field.name, members.owner),
                };
                let difference = Difference::new(&subject, None, None);
                let advice = vec![Advice::CameBack { name: field.name.clone(), had, lacks }];
                differences.push(Unsettled { difference, advice });
            }
        }
    }
    Unresolved { differences, ..Unresolved::default() }
}

/// The first layout that has `field`, and the first after it that does not.
fn gap(
    layouts: &[(u16, &Description)],
    members: &Members<'_>,
    field: &FieldShape,
    hints: &Hints,
) -> Option<(u16, u16)> {
    let past = hints.past(&members.owner, &field.name);
    let was = past.map(|past| past.was.as_slice()).unwrap_or_default();
    let mut had = None;
    for (number, layout) in layouts {
        let Some(fields) = fields_of(layout, members) else { continue };
        match (had, fields.iter().any(|other| is_same(other, field, was))) {
            (None, true) => had = Some(*number),
            (Some(had), false) => return Some((had, *number)),
            _ => {}
        }
    }
    None
}

/// Whether the value of `old` is read as that of `new`: by its id where it has one, else by its names.
fn is_same(old: &FieldShape, new: &FieldShape, was: &[String]) -> bool {
    match (&old.slot, &new.slot) {
        (Some(old), Some(new)) => old.id == new.id && !old.is_removed(),
        _ => old.name == new.name || was.contains(&old.name),
    }
}

fn all_members(description: &Description) -> Vec<Members<'_>> {
    let Some(types) = description.rows.types() else { return Vec::new() };
    let root = types.root().map_or("", |(name, _)| name);
    let mut found = Vec::new();
    for (type_name, definition) in types.iter() {
        let is_record = type_name == root;
        match definition {
            Definition::Struct(fields) | Definition::Table(fields) => {
                let owner = type_name.to_owned();
                found.push(Members { owner, type_name, variant: None, is_record, fields });
            }
            Definition::Enum { variants, .. } | Definition::Union(variants) => {
                found.extend(variants.iter().map(|variant| Members {
                    owner: format!("{type_name}::{}", variant.name),
                    type_name,
                    variant: Some(&variant.name),
                    is_record,
                    fields: &variant.fields,
                }));
            }
        }
    }
    found
}

/// The fields that `members` have in another layout: of the record whatever its name is, of other types by their name.
fn fields_of<'d>(layout: &'d Description, members: &Members<'_>) -> Option<&'d [FieldShape]> {
    let types = layout.rows.types()?;
    let definition = match members.is_record {
        true => types.root()?.1,
        false => types.get(members.type_name)?,
    };
    match (definition, members.variant) {
        (Definition::Struct(fields) | Definition::Table(fields), None) => Some(fields),
        (Definition::Enum { variants, .. } | Definition::Union(variants), Some(name)) => {
            variants.iter().find(|variant| variant.name == name).map(|variant| &*variant.fields)
        }
        _ => None,
    }
}
