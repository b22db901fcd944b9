//! Rows in which only the record itself has changed, and nothing that it points to: most releases add a field.
//!
//! ```text
//! old   what it points to │ padding │ record
//! new   what it points to │ padding ┊ more │ record, part by part
//! ```
//!
//! rkyv writes what a record points to before the record, in the order of its fields. So where all of that stays, and
//! in that order, it is copied at once, and only the record's own parts are moved. Pointers are relative: one that
//! moves away from what it points to is made longer.

use super::{
    merge::{at, refute},
    moves::{Move, Parts},
};

/// Which moves leave alone what their value points to. `identical` says which leave everything as it is.
pub(super) fn kept(moves: &[Move], identical: &[bool]) -> Vec<bool> {
    let in_place = in_place(moves);
    let mut kept = vec![true; moves.len()];
    refute(moves, &mut kept, |number, movement, same| match movement {
        Move::Copy(_) | Move::Constant(_) | Move::Number(..) => true,
        Move::Text(old, new) => old == new,
        Move::Product(parts) => keep(parts, same, &in_place),
        Move::Choice(variants) => {
            variants.iter().flatten().all(|(_, parts)| keep(parts, same, &in_place))
        }
        Move::Array { inner, .. } | Move::Wrap { inner, .. } => at(same, *inner),
        Move::Unwrap { inner, default, .. } => at(same, *inner) && at(&in_place, *default),
        Move::Boxed { .. }
        | Move::List { .. }
        | Move::Tree(_)
        | Move::Table { .. }
        | Move::Indexed { .. } => at(identical, number),
        Move::IntoBox { .. }
        | Move::Unboxed { .. }
        | Move::Default(_)
        | Move::Stays
        | Move::Pending => false,
    });
    kept
}

/// Whether the parts leave alone what they point to, and its order.
fn keep(parts: &Parts, kept: &[bool], in_place: &[bool]) -> bool {
    let pointing = parts.all.iter().filter(|part| !at(in_place, part.by));
    !parts.drops_pointees
        && parts.all.iter().all(|part| at(kept, part.by))
        && pointing.is_sorted_by_key(|part| part.old_at)
}

/// Which moves are of values that point to nothing.
fn in_place(moves: &[Move]) -> Vec<bool> {
    let mut in_place = vec![true; moves.len()];
    let are = |parts: &Parts, same: &[bool]| parts.all.iter().all(|part| at(same, part.by));
    refute(moves, &mut in_place, |_, movement, same| match movement {
        Move::Copy(_) | Move::Constant(_) | Move::Number(..) => true,
        Move::Product(parts) => are(parts, same),
        Move::Choice(variants) => variants.iter().flatten().all(|(_, parts)| are(parts, same)),
        Move::Array { inner, .. } | Move::Wrap { inner, .. } => at(same, *inner),
        Move::Unwrap { inner, default, .. } => at(same, *inner) && at(same, *default),
        _ => false,
    });
    in_place
}
