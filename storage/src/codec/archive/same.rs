//! Whether the keys of a map or a set are in one order and have one hash: they do where nothing of their types differs.

use super::{
    resolver::Resolver,
    types::{ArchivedKind, Part, TypeNo, Word},
};
use std::collections::HashSet;

impl Resolver<'_> {
    /// Whether two types are the same but for their names, down to the last: fields and variants in their order.
    pub(super) fn is_same(&self, old: TypeNo, new: TypeNo) -> bool {
        let mut seen = HashSet::new();
        let mut open = vec![(old, new)];
        while let Some((old, new)) = open.pop() {
            if !seen.insert((old, new)) {
                continue;
            }
            let (a, b) = (self.old.get(old), self.new.get(new));
            let is_same = match (&a.kind, &b.kind) {
                (ArchivedKind::Number(a), ArchivedKind::Number(b))
                | (ArchivedKind::NonZero(a), ArchivedKind::NonZero(b)) => a == b,
                (ArchivedKind::Text, ArchivedKind::Text)
                | (ArchivedKind::Str, ArchivedKind::Str) => true,
                (ArchivedKind::Octets(_), ArchivedKind::Octets(_)) => a.shape == b.shape,
                (ArchivedKind::Product(a, a_parts), ArchivedKind::Product(b, b_parts)) => {
                    is_same_word(*a, *b) && add_parts(&mut open, a_parts, b_parts)
                }
                (ArchivedKind::Choice(a, a_variants), ArchivedKind::Choice(b, b_variants)) => {
                    let mut variants = a_variants.iter().zip(b_variants);
                    is_same_word(*a, *b)
                        && a_variants.len() == b_variants.len()
                        && variants.all(|(a, b)| {
                            a.name == b.name && add_parts(&mut open, &a.parts, &b.parts)
                        })
                }
                (ArchivedKind::Array(a, a_len), ArchivedKind::Array(b, b_len)) => {
                    open.push((*a, *b));
                    a_len == b_len
                }
                (ArchivedKind::Boxed(a), ArchivedKind::Boxed(b))
                | (ArchivedKind::List(a), ArchivedKind::List(b)) => {
                    open.push((*a, *b));
                    true
                }
                (ArchivedKind::Tree(a), ArchivedKind::Tree(b))
                | (ArchivedKind::Table(a), ArchivedKind::Table(b))
                | (ArchivedKind::Indexed(a), ArchivedKind::Indexed(b)) => {
                    open.push((a.ty, b.ty));
                    true
                }
                _ => false,
            };
            if !is_same {
                return false;
            }
        }
        true
    }
}

fn add_parts(open: &mut Vec<(TypeNo, TypeNo)>, old: &[Part<'_>], new: &[Part<'_>]) -> bool {
    let pairs = old.iter().zip(new);
    open.extend(pairs.clone().map(|(old, new)| (old.ty, new.ty)));
    old.len() == new.len() && { pairs }.all(|(old, new)| old.name == new.name)
}

/// Whether both mean the same; what they are called does not matter.
fn is_same_word(old: Word<'_>, new: Word<'_>) -> bool {
    match (old, new) {
        (Word::Struct(_), Word::Struct(_)) | (Word::Enum(_), Word::Enum(_)) => true,
        _ => old == new,
    }
}
