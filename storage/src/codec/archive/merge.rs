//! Moves made fewer: bytes that lie side by side in both layouts are copied at once.
//!
//! Padding is never copied. It is zero in what was written, but who forges a row could put into it what the new row
//! has no place for.

use super::moves::{DefaultValue, Move, MoveNo, PartMove, Parts};
use crate::schema::ArchivedLayout;

/// The move of one part.
pub(super) const fn part(old_at: usize, new_at: usize, by: MoveNo) -> PartMove {
    PartMove { old_at, new_at, by }
}

/// The moves of the parts of a product, as few as they can be.
pub(super) fn parts(moves: &mut Vec<Move>, mut parts: Vec<PartMove>, is_complete: bool) -> Parts {
    parts.sort_by_key(|part| part.new_at);
    let mut all: Vec<PartMove> = Vec::new();
    for part in parts {
        let Some(Move::Copy(len)) = moves.get(part.by) else {
            all.push(part);
            continue;
        };
        let len = *len;
        if len == 0 {
            continue;
        }
        match all.last_mut().map(|last| (moves.get(last.by), last)) {
            Some((Some(Move::Copy(last_len)), last))
                if last.old_at.saturating_add(*last_len) == part.old_at
                    && last.new_at.saturating_add(*last_len) == part.new_at =>
            {
                let both = Move::Copy(last_len.saturating_add(len));
                last.by = moves.len();
                moves.push(both);
            }
            _ => all.push(part),
        }
    }
    Parts { all: all.into(), is_complete, drops_pointees: false }
}

/// A product, which is bytes if it has neither padding nor anything else.
pub(super) fn product(
    moves: &[Move],
    parts: Parts,
    old: ArchivedLayout,
    new: ArchivedLayout,
) -> Move {
    if let [PartMove { old_at: 0, new_at: 0, by }] = *parts.all
        && let Some(Move::Copy(len)) = moves.get(by)
        && parts.is_complete
        && old == new
        && old.size == *len
    {
        return Move::Copy(*len);
    }
    if parts.all.is_empty() && parts.is_complete && old == new && old.size == 0 {
        return Move::Copy(0);
    }
    Move::Product(parts)
}

/// An array, which is bytes if its elements are.
pub(super) fn array(
    moves: &[Move],
    inner: MoveNo,
    len: usize,
    old_size: usize,
    new_size: usize,
) -> Move {
    match moves.get(inner) {
        Some(Move::Copy(size)) if *size == old_size && *size == new_size => {
            Move::Copy(size.saturating_mul(len))
        }
        _ => Move::Array { len, old_size, new_size, inner },
    }
}

/// The variants of a choice, by the old number.
#[derive(Debug, Default)]
pub(super) struct Variants {
    by_tag: Vec<Option<(u8, Parts)>>,
}

impl Variants {
    pub(super) fn set(&mut self, old_tag: u8, new_tag: u8, parts: Parts) {
        let number = usize::from(old_tag);
        if self.by_tag.len() <= number {
            self.by_tag.resize(number.saturating_add(1), None);
        }
        if let Some(place) = self.by_tag.get_mut(number) {
            *place = Some((new_tag, parts));
        }
    }

    pub(super) fn finish(self) -> Move {
        Move::Choice(self.by_tag.into())
    }
}

/// A choice, which is a byte if no variant has anything else, and each has the number that it had.
pub(super) fn choice(variants: Variants, old: ArchivedLayout, new: ArchivedLayout) -> Move {
    let is_kept = |(number, variant): (usize, &Option<(u8, Parts)>)| match variant {
        Some((tag, parts)) => usize::from(*tag) == number && parts.all.is_empty(),
        None => true,
    };
    if old.size == 1 && new.size == 1 && variants.by_tag.iter().enumerate().all(is_kept) {
        return Move::Copy(1);
    }
    variants.finish()
}

/// A default, which is bytes if it points to nothing.
pub(super) fn default(default: DefaultValue) -> Move {
    match default.moves.get(default.root) {
        Some(Move::Copy(size)) if *size == default.archive.len() => Move::Constant(default.archive),
        _ => Move::Default(Box::new(default)),
    }
}

/// Which moves leave everything as it is, if the format is the same. `keeps` says which have one layout on both sides.
pub(super) fn identical(moves: &[Move], keeps: &[bool]) -> Vec<bool> {
    let mut identical: Vec<bool> = vec![true; moves.len()];
    let stays = |part: &PartMove, same: &[bool]| part.old_at == part.new_at && at(same, part.by);
    let stay = |parts: &Parts, same: &[bool]| {
        parts.is_complete && parts.all.iter().all(|part| stays(part, same))
    };
    refute(moves, &mut identical, |number, movement, same| match movement {
        // Bytes are bytes; what was merged belongs to no pair of types.
        Move::Copy(_) => true,
        _ if !at(keeps, number) => false,
        Move::Stays => true,
        Move::Text(old, new) => old == new,
        Move::Product(parts) => stay(parts, same),
        Move::Choice(variants) => variants.iter().enumerate().all(|(tag, variant)| {
            let stays =
                |(new_tag, parts): &(u8, Parts)| usize::from(*new_tag) == tag && stay(parts, same);
            variant.as_ref().is_none_or(stays)
        }),
        Move::Array { old_size, new_size, inner, .. } => old_size == new_size && at(same, *inner),
        Move::Boxed { old_size, new, inner }
        | Move::List { old_size, new, inner }
        | Move::Table { old_size, new, inner }
        | Move::Indexed { old_size, new, inner } => *old_size == new.size && at(same, *inner),
        Move::Tree(tree) => tree.old == tree.new && at(same, tree.key) && at(same, tree.value),

        _ => false,
    });
    identical
}

/// Takes back what `rule` says no to until nothing changes: what it says of a move may depend on what is said of those
/// in it.
pub(super) fn refute(
    moves: &[Move],
    holds: &mut [bool],
    rule: impl Fn(MoveNo, &Move, &[bool]) -> bool,
) {
    loop {
        let mut has_changed = false;
        for (number, movement) in moves.iter().enumerate().rev() {
            if at(holds, number)
                && !rule(number, movement, holds)
                && let Some(place) = holds.get_mut(number)
            {
                *place = false;
                has_changed = true;
            }
        }
        if !has_changed {
            return;
        }
    }
}

pub(super) fn at(found: &[bool], number: MoveNo) -> bool {
    found.get(number).copied().unwrap_or_default()
}
