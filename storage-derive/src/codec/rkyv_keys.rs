//! Keys of maps and elements of sets: rkyv looks them up as they are archived, so what it makes of a type of the user's
//! must be compared and hashed as that is, which its derives do only when they are told.

use crate::{
    ast::{Container, Field},
    ctxt::Ctxt,
    foreign::Known,
    ty,
};
use std::collections::BTreeMap;
use syn::Type;

const EQ: [&str; 2] = ["PartialEq", "Eq"];
const ORD: [&str; 2] = ["PartialOrd", "Ord"];
const HASH: [&str; 1] = ["Hash"];

/// Reports each type in the place of a key that lacks what rkyv asks for, as far as the file says that defines it.
pub(super) fn check(cx: &Ctxt, container: &Container<'_>) {
    let known = Known::near(container.ident());
    let mut missing: BTreeMap<String, (&Type, Vec<&str>)> = BTreeMap::new();
    for field in container.all_fields().filter(|field| is_stored_as_it_is(field)) {
        for (key, wanted) in ty::parts(field.ty).into_iter().filter_map(key) {
            for part in ty::parts(key) {
                let Some((name, has)) = known.rkyv_derives(part) else { continue };
                let (_, lacks) = missing.entry(name).or_insert_with(|| (part, Vec::new()));
                let wanted = wanted.iter().copied().filter(|word| !has.contains(word));
                lacks.extend(wanted);
            }
        }
    }
    for (name, (part, mut lacks)) in missing {
        let place =
            |word: &&str| EQ.iter().chain(&ORD).chain(&HASH).position(|other| other == word);
        lacks.sort_by_key(place);
        lacks.dedup();
        if !lacks.is_empty() {
            let lacks = lacks.join(", ");
            let message = format!(
                "rkyv looks keys up as they are archived; write `#[rkyv(derive({lacks}))]` on `{name}`"
            );
            cx.error(part, message);
        }
    }
}

fn is_stored_as_it_is(field: &Field<'_>) -> bool {
    field.attrs.rkyv_with.is_none() && field.attrs.opaque.is_none()
}

/// The key of a map or the element of a set that `ty` is, and what rkyv asks of it.
fn key(ty: &Type) -> Option<(&Type, Vec<&'static str>)> {
    let word = ty::last_word(ty)?;
    let more = match word.ident.to_string().as_str() {
        "HashMap" | "HashSet" | "IndexMap" | "IndexSet" => &HASH[..],
        "BTreeMap" | "BTreeSet" => &ORD[..],
        _ => return None,
    };
    let key = ty::arguments(word).first().copied()?;
    Some((key, EQ.iter().chain(more).copied().collect()))
}
