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
//!
//! Nothing behind a pointer is read here. Whoever reads the new row in place checks it, as any that was not written
//! by this code.

use super::{
    format::{apart_len, filled, is_in_place},
    merge::{at, refute},
    moves::{Move, MoveNo, PartMove, Parts},
    run::variant,
    sink::{put, put_number, round_up},
    source::ArchiveSource,
    widen::widened,
};
use crate::{error::ArchiveError, schema::ArchivedLayout};

type Moved<T> = Result<T, ArchiveError>;

/// How many bytes a pointer and a length have in the usual format, which is the only one here.
const WORD: usize = 4;

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

/// Appends to `out` what the row `body` of the usual format is in the new layout, whose move `root` was found to leave
/// alone what the record points to.
pub(super) fn run(
    moves: &[Move],
    root: MoveNo,
    (source, from): (ArchiveSource<'_>, usize),
    layout: ArchivedLayout,
    out: &mut Vec<u8>,
) -> Moved<()> {
    let start = out.len();
    let to = round_up(from, layout.align);
    let len = to.saturating_add(layout.size);
    out.reserve(len);
    out.extend_from_slice(source.bytes(0, from)?);
    out.resize(start.saturating_add(len), 0);
    let room = out.get_mut(start..).unwrap_or_default();
    Pointees { moves, source, room }.value(root, from, to)
}

/// A record whose parts are moved.
struct Pointees<'p, 'b, 'o> {
    moves: &'p [Move],
    source: ArchiveSource<'b>,
    room: &'o mut [u8],
}

impl<'p> Pointees<'p, '_, '_> {
    #[inline]
    fn movement(&self, by: MoveNo) -> &'p Move {
        self.moves.get(by).unwrap_or(&Move::Pending)
    }

    /// Moves the value at `from` to `to`. The calls are as deep as types lie in one another, without a pointer between.
    fn value(&mut self, by: MoveNo, from: usize, to: usize) -> Moved<()> {
        match self.movement(by) {
            Move::Copy(len) => put(self.room, to, self.source.bytes(from, *len)?),
            Move::Constant(bytes) => put(self.room, to, bytes),
            Move::Number(old, new) => {
                let raw = self.source.number(from, old.width())?;
                put_number(self.room, to, (new.width(), false), widened(raw, *old, *new))
            }
            Move::Text(true, true) => self.text(from, to),
            Move::Product(parts) => self.parts(&parts.all, from, to),
            Move::Choice(variants) => {
                let (tag, parts) = variant(variants, self.source.byte(from)?)?;
                put(self.room, to, &[*tag])?;
                self.parts(&parts.all, from, to)
            }
            Move::Array { len, old_size, new_size, inner } => {
                let (mut from, mut to) = (from, to);
                for _ in 0..*len {
                    self.value(*inner, from, to)?;
                    (from, to) = (from.wrapping_add(*old_size), to.wrapping_add(*new_size));
                }
                Ok(())
            }
            Move::Wrap { new_at, inner } => {
                put(self.room, to, &[1])?;
                self.value(*inner, from, to.wrapping_add(*new_at))
            }
            Move::Unwrap { old_at, inner, default } => match self.source.byte(from)? {
                0 => self.value(*default, from, to),
                1 => self.value(*inner, from.wrapping_add(*old_at), to),
                tag => Err(ArchiveError::Variant(tag)),
            },
            Move::Boxed { .. } => self.pointer(from, to),
            Move::Text(..) | Move::List { .. } => self.span(from, to),
            Move::Tree(_) => self.unless_empty(from, to, 1),
            Move::Table { .. } => self.unless_empty(from, to, 2),
            Move::Indexed { .. } => {
                self.unless_empty(from, to, 2)?;
                let entries = WORD.saturating_mul(3);
                self.pointer(from.wrapping_add(entries), to.wrapping_add(entries))
            }
            Move::IntoBox { .. }
            | Move::Unboxed { .. }
            | Move::Default(_)
            | Move::Stays
            | Move::Pending => Err(ArchiveError::Opaque),
        }
    }

    #[inline]
    fn parts(&mut self, parts: &[PartMove], from: usize, to: usize) -> Moved<()> {
        for part in parts {
            // A place that is none is found out where it is read or written.
            let (from, to) = (from.wrapping_add(part.old_at), to.wrapping_add(part.new_at));
            match self.movement(part.by) {
                // Most parts are one of these, and need no call.
                Move::Copy(len) => put(self.room, to, self.source.bytes(from, *len)?)?,
                Move::Text(true, true) => self.text(from, to)?,
                _ => self.value(part.by, from, to)?,
            }
        }
        Ok(())
    }

    /// Text that lies in its place if it is short.
    #[inline]
    fn text(&mut self, from: usize, to: usize) -> Moved<()> {
        let form = self.source.text_form(from)?;
        if is_in_place(form) {
            return put(self.room, to, &filled(form).to_le_bytes());
        }
        if apart_len(form) <= 8 {
            return Err(ArchiveError::Length);
        }
        // The length stays as it is written; the pointer behind it counts from the start of the text.
        put(self.room, to, &form.to_le_bytes())?;
        let offset = shifted(self.source.array(from.wrapping_add(WORD))?, from, to)?;
        put(self.room, to.wrapping_add(WORD), &offset)
    }

    /// A pointer to what stays where it is.
    #[inline]
    fn pointer(&mut self, from: usize, to: usize) -> Moved<()> {
        let offset = shifted(self.source.array(from)?, from, to)?;
        put(self.room, to, &offset)
    }

    /// A pointer and a length.
    #[inline]
    fn span(&mut self, from: usize, to: usize) -> Moved<()> {
        self.pointer(from, to)?;
        self.words(from, to, 1)
    }

    /// A pointer, which is one to nothing if the length behind it is 0, and so many words.
    fn unless_empty(&mut self, from: usize, to: usize, words: usize) -> Moved<()> {
        match self.source.word(from.wrapping_add(WORD))? {
            0 => put(self.room, to, &self.source.array::<WORD>(from)?)?,
            _ => self.pointer(from, to)?,
        }
        self.words(from, to, words)
    }

    /// The words behind a pointer.
    #[inline]
    fn words(&mut self, from: usize, to: usize, words: usize) -> Moved<()> {
        let words = self.source.bytes(from.wrapping_add(WORD), WORD.saturating_mul(words))?;
        put(self.room, to.wrapping_add(WORD), words)
    }
}

/// The offset of a pointer that was at `from` and is at `to`.
#[inline]
fn shifted(offset: [u8; WORD], from: usize, to: usize) -> Moved<[u8; WORD]> {
    let farther = i64::try_from(from.wrapping_sub(to).cast_signed()).unwrap_or(i64::MAX);
    let offset = i64::from(i32::from_le_bytes(offset)).saturating_add(farther);
    let offset = i32::try_from(offset).map_err(|_| ArchiveError::TooLong)?;
    Ok(offset.to_le_bytes())
}
