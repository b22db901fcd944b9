//! Running moves: the bytes of an old row become those that the new code would have written, without a value between.
//!
//! As rkyv does: first what a value points to, for all of its parts, then the value itself. What was read once is
//! bounded by [`ArchiveSource`], so a run is linear in the length of the row, whatever its bytes are.

use super::{
    format::{Format, is_in_place},
    moves::{DefaultValue, Move, MoveNo, PartMove, TreeMove},
    sink::ArchiveSink,
    source::{ArchiveSource, Buckets},
    tree::{Placed, TreeNode, write_tree},
    widen::widened,
};
use crate::{
    error::ArchiveError,
    schema::{ArchivedLayout, Scalar},
};

type Moved<T> = Result<T, ArchiveError>;

/// Whether `default` is read as its type in `format` says.
pub(super) fn fits(default: &DefaultValue, format: Format, layout: ArchivedLayout) -> bool {
    let mut out = Vec::new();
    let mut sink = ArchiveSink::new(&mut out, format);
    Run::of_default(default, &mut sink)
        .and_then(|(mut run, at)| run.whole(default.root, at, layout))
        .is_ok()
}

/// A row that becomes another.
pub(super) struct Run<'p, 'b, 's, 'o> {
    moves: &'p [Move],
    source: ArchiveSource<'b>,
    sink: &'s mut ArchiveSink<'o>,
    /// Whether both formats are the usual one.
    is_usual: bool,
    /// Whether what the record points to is written already, where it was.
    keeps_pointees: bool,
}

impl<'p, 'b, 's, 'o> Run<'p, 'b, 's, 'o> {
    pub(super) fn new(
        moves: &'p [Move],
        source: ArchiveSource<'b>,
        sink: &'s mut ArchiveSink<'o>,
    ) -> Self {
        let is_usual = source.format().is_usual() && sink.format().is_usual();
        Self { moves, source, sink, is_usual, keeps_pointees: false }
    }
}

impl<'p, 's, 'o> Run<'p, 'p, 's, 'o> {
    /// A default as a source of its own, and where it is in it.
    fn of_default(
        default: &'p DefaultValue,
        sink: &'s mut ArchiveSink<'o>,
    ) -> Moved<(Self, usize)> {
        let (source, at) = ArchiveSource::new(&default.archive, sink.format(), default.size)?;
        Ok((Self::new(&default.moves, source, sink), at))
    }
}

impl<'p> Run<'p, '_, '_, '_> {
    #[inline]
    fn movement(&self, by: MoveNo) -> &'p Move {
        debug_assert!(by < self.moves.len(), "numbers are those of moves");
        self.moves.get(by).unwrap_or(&Move::Pending)
    }

    /// Writes the value at `from` behind what it points to: where.
    pub(super) fn whole(
        &mut self,
        by: MoveNo,
        from: usize,
        layout: ArchivedLayout,
    ) -> Moved<usize> {
        let draft = self.sink.draft(layout.size);
        self.value(by, from, draft.at)?;
        self.sink.settle(draft, layout.align)
    }

    /// Writes all that lies before the record at `from` as it is, and then the record, whose move was found to leave
    /// alone what it points to (see `pointees`).
    pub(super) fn record(&mut self, by: MoveNo, from: usize, layout: ArchivedLayout) -> Moved<()> {
        self.sink.append(self.source.bytes(0, from)?);
        self.keeps_pointees = true;
        self.whole(by, from, layout).map(drop)
    }

    /// Puts the value at `from` into a draft, and writes what it points to.
    fn value(&mut self, by: MoveNo, from: usize, to: usize) -> Moved<()> {
        match self.movement(by) {
            Move::Copy(len) => self.sink.put(to, self.source.bytes(from, *len)?),
            Move::Constant(bytes) => self.sink.put(to, bytes),
            Move::Number(old, new) => self.number(from, to, *old, *new),
            Move::Product(parts) => self.nested(|run| run.parts(&parts.all, from, to)),
            Move::Choice(variants) => {
                let (tag, parts) = variant(variants, self.source.byte(from)?)?;
                if *tag > 0 {
                    self.sink.put(to, &[*tag])?;
                }
                self.nested(|run| run.parts(&parts.all, from, to))
            }
            Move::Array { len, old_size, new_size, inner } => {
                self.nested(|run| run.elements((from, *old_size), (to, *new_size), *len, *inner))
            }
            Move::Wrap { new_at, inner } => {
                self.sink.put(to, &[1])?;
                self.nested(|run| run.value(*inner, from, to.saturating_add(*new_at)))
            }
            Move::Unwrap { old_at, inner, default } => match self.source.byte(from)? {
                0 => self.value(*default, from, to),
                1 => self.nested(|run| run.value(*inner, from.saturating_add(*old_at), to)),
                tag => Err(ArchiveError::Variant(tag)),
            },
            pointer if self.keeps_pointees => self.pointer(pointer, from, to),
            Move::Text(is_short, into_short) => self.text(from, to, *is_short, *into_short),
            Move::Boxed { old_size, new, inner } => {
                let target = self.source.boxed(from, *old_size)?;
                self.boxed(*inner, target, *new, to)
            }
            Move::IntoBox { new, inner } => self.boxed(*inner, from, *new, to),
            Move::Unboxed { old_size, inner } => {
                let target = self.source.boxed(from, *old_size)?;
                self.apart(|run| run.value(*inner, target, to))
            }
            Move::List { old_size, new, inner } => {
                let (target, len) = self.source.list(from, *old_size)?;
                let place = self.list(*inner, target, len, *old_size, *new)?;
                self.sink.put_span(to, place, len)
            }
            Move::Tree(tree) => self.tree(from, to, tree),
            Move::Table { old_size, new, inner } => self.table(from, to, *old_size, *new, *inner),
            Move::Indexed { old_size, new, inner } => {
                self.indexed(from, to, *old_size, *new, *inner)
            }
            Move::Default(default) => {
                let (mut run, at) = Run::of_default(default, self.sink)?;
                run.value(default.root, at, to)
            }
            Move::Stays | Move::Pending => Err(ArchiveError::Opaque),
        }
    }

    /// What lies in a value, a level deeper.
    #[inline]
    fn nested<T>(&mut self, run: impl FnOnce(&mut Self) -> Moved<T>) -> Moved<T> {
        self.source.enter(false)?;
        let moved = run(self)?;
        self.source.leave(false);
        Ok(moved)
    }

    /// The same behind a pointer.
    #[inline]
    fn apart<T>(&mut self, run: impl FnOnce(&mut Self) -> Moved<T>) -> Moved<T> {
        self.source.enter(true)?;
        let moved = run(self)?;
        self.source.leave(true);
        Ok(moved)
    }

    /// The parts of the product at `from`.
    #[inline]
    fn parts(&mut self, parts: &[PartMove], from: usize, to: usize) -> Moved<()> {
        for part in parts {
            // A place that is none is found out where it is read or written.
            let (from, to) = (from.wrapping_add(part.old_at), to.wrapping_add(part.new_at));
            match self.movement(part.by) {
                // Most parts are one of these, and need no call.
                Move::Copy(len) => self.sink.put(to, self.source.bytes(from, *len)?)?,
                Move::Text(true, true) if self.is_usual => self.usual_text(from, to)?,
                _ => self.value(part.by, from, to)?,
            }
        }
        Ok(())
    }

    /// So many elements side by side, each pair of a place and a size.
    #[inline]
    fn elements(
        &mut self,
        (mut from, old_size): (usize, usize),
        (mut to, new_size): (usize, usize),
        len: usize,
        by: MoveNo,
    ) -> Moved<()> {
        let is_usual_text = matches!(self.movement(by), Move::Text(true, true)) && self.is_usual;
        for _ in 0..len {
            match is_usual_text {
                true => self.usual_text(from, to)?,
                false => self.value(by, from, to)?,
            }
            (from, to) = (from.wrapping_add(old_size), to.wrapping_add(new_size));
        }
        Ok(())
    }

    fn number(&mut self, from: usize, to: usize, old: Scalar, new: Scalar) -> Moved<()> {
        let raw = self.source.number(from, old.width())?;
        self.sink.put_number(to, new.width(), widened(raw, old, new))
    }

    fn text(&mut self, from: usize, to: usize, is_short: bool, into_short: bool) -> Moved<()> {
        let text = match is_short {
            true => self.source.text(from)?,
            false => self.source.str(from)?,
        };
        let text = self.source.claim_text(text)?;
        let bytes = self.source.bytes(text.at, text.len)?;
        match into_short {
            true if self.sink.is_short(text.len) => self.sink.put_short_text(to, bytes),
            true => self.sink.put_long_text(to, bytes),
            false => {
                let place = self.sink.append(bytes);
                self.sink.put_span(to, place, text.len)
            }
        }
    }

    /// Text of the usual format, whose length is written as it was.
    #[inline]
    fn usual_text(&mut self, from: usize, to: usize) -> Moved<()> {
        let form = self.source.text_form(from)?;
        if is_in_place(form) {
            return self.sink.put_short_form(to, form);
        }
        let text = self.source.text_apart(from, form)?;
        let target = match self.keeps_pointees {
            true => text.at,
            false => self.sink.append(self.source.bytes(text.at, text.len)?),
        };
        self.sink.put_apart_form(to, form, target)
    }

    /// Points to what is written already. Nothing behind the pointer is read here: whoever reads the new row in place
    /// checks it, as any that was not written by this code.
    fn pointer(&mut self, movement: &Move, from: usize, to: usize) -> Moved<()> {
        match movement {
            Move::Text(true, true) => self.usual_text(from, to),
            Move::Boxed { .. } => self.pointer_and_words(from, to, 0),
            Move::Text(..) | Move::List { .. } => self.pointer_and_words(from, to, 1),
            Move::Tree(_) => self.pointer_or_none(from, to, 1),
            Move::Table { .. } => self.pointer_or_none(from, to, 2),
            Move::Indexed { .. } => {
                let entries = self.source.format().pointer.saturating_mul(3);
                self.pointer_or_none(from, to, 2)?;
                self.pointer_and_words(from.wrapping_add(entries), to.wrapping_add(entries), 0)
            }
            _ => Err(ArchiveError::Opaque),
        }
    }

    /// A pointer, and the words behind it.
    fn pointer_and_words(&mut self, from: usize, to: usize, words: usize) -> Moved<()> {
        self.sink.point(to, to, self.source.target(from, from)?);
        self.words(from, to, words)
    }

    /// The same where the pointer is one to nothing if the first word is 0.
    fn pointer_or_none(&mut self, from: usize, to: usize, words: usize) -> Moved<()> {
        let len = self.source.word(from.wrapping_add(self.source.format().pointer))?;
        if len > 0 {
            return self.pointer_and_words(from, to, words);
        }
        self.sink.point_nowhere(to)?;
        self.words(from, to, words)
    }

    fn words(&mut self, from: usize, to: usize, words: usize) -> Moved<()> {
        let word = self.source.format().pointer;
        let words = self.source.bytes(from.wrapping_add(word), word.saturating_mul(words))?;
        self.sink.put(to.wrapping_add(word), words)
    }

    fn boxed(&mut self, by: MoveNo, from: usize, layout: ArchivedLayout, to: usize) -> Moved<()> {
        let place = self.apart(|run| run.whole(by, from, layout))?;
        self.sink.point(to, to, place);
        Ok(())
    }

    /// Writes elements: where.
    fn list(
        &mut self,
        by: MoveNo,
        from: usize,
        len: usize,
        old_size: usize,
        new: ArchivedLayout,
    ) -> Moved<usize> {
        let is_bytes =
            matches!(self.movement(by), Move::Copy(size) if *size == old_size && *size == new.size);
        if is_bytes {
            let bytes = self.source.bytes(from, old_size.saturating_mul(len))?;
            self.sink.align(new.align);
            return Ok(self.sink.append(bytes));
        }
        let size = new.size.checked_mul(len).ok_or(ArchiveError::TooLong)?;
        self.apart(|run| {
            let draft = run.sink.draft(size);
            run.elements((from, old_size), (draft.at, new.size), len, by)?;
            run.sink.settle(draft, new.align)
        })
    }

    /// Writes the nodes of a map or a set in key order.
    fn tree(&mut self, from: usize, to: usize, tree: &TreeMove) -> Moved<()> {
        let entries = tree.old.entries(&mut self.source, from)?;
        if entries.is_empty() {
            return self.sink.put_no_span(to);
        }
        let root = self
            .apart(|run| write_tree(entries.len(), &mut |node| run.node(node, &entries, tree)))?;
        self.sink.put_span(to, root, entries.len())
    }

    fn node(
        &mut self,
        node: &TreeNode,
        entries: &[Placed],
        TreeMove { new: nodes, key, value, .. }: &TreeMove,
    ) -> Moved<usize> {
        let (draft, align) = nodes.draft(self.sink, node)?;
        for (slot, number) in node.entries.iter().enumerate() {
            let (old_key, old_value) = entries.get(*number).ok_or(ArchiveError::Length)?;
            let (new_key, new_value) = nodes.entry(draft.at, slot);
            self.value(*key, *old_key, new_key)?;
            self.value(*value, *old_value, new_value)?;
        }
        self.sink.settle(draft, align)
    }

    /// Writes a hash table: its buckets, then their controls.
    fn table(
        &mut self,
        from: usize,
        to: usize,
        old_size: usize,
        new: ArchivedLayout,
        by: MoveNo,
    ) -> Moved<()> {
        let old = self.source.buckets(from, old_size)?;
        if old.len == 0 {
            return self.span_of_table(to, None, &old);
        }
        let size = new.size.checked_mul(old.capacity).ok_or(ArchiveError::TooLong)?;
        self.apart(|run| {
            let draft = run.sink.draft(size);
            let written = Buckets { at: draft.at, ..old };
            for number in run.source.full(&old)? {
                let (old, new) = (old.bucket(number, old_size), written.bucket(number, new.size));
                run.value(by, old, new)?;
            }
            run.sink.settle(draft, new.align)
        })?;
        self.controls(to, &old)
    }

    /// Writes the controls of a table whose buckets are written.
    fn controls(&mut self, to: usize, table: &Buckets) -> Moved<()> {
        let controls = self.source.bytes(table.controls_at, table.controls_len)?;
        let place = self.sink.append(controls);
        self.span_of_table(to, Some(place), table)
    }

    /// Puts where the controls of a hash table are, how many entries and how many buckets there are.
    fn span_of_table(&mut self, to: usize, place: Option<usize>, table: &Buckets) -> Moved<()> {
        match place {
            Some(place) => self.sink.put_span(to, place, table.len)?,
            None => self.sink.put_no_span(to)?,
        }
        let word = self.sink.format().pointer;
        self.sink.put_word(to.saturating_add(word.saturating_mul(2)), table.capacity)
    }

    /// Writes a hash table of the numbers of entries, and the entries as a list.
    fn indexed(
        &mut self,
        from: usize,
        to: usize,
        old_size: usize,
        new: ArchivedLayout,
        by: MoveNo,
    ) -> Moved<()> {
        let (old_word, new_word) = (self.source.format().pointer, self.sink.format().pointer);
        let old = self.source.buckets(from, old_word)?;
        if old.len == 0 {
            self.span_of_table(to, None, &old)?;
        } else {
            let layout = self.sink.format().pointers(1);
            let size = layout.size.checked_mul(old.capacity).ok_or(ArchiveError::TooLong)?;
            let draft = self.sink.draft(size);
            let written = Buckets { at: draft.at, ..old };
            for number in self.source.full(&old)? {
                let entry = self.source.word(old.bucket(number, old_word))?;
                self.sink.put_word(written.bucket(number, new_word), entry)?;
            }
            self.sink.settle(draft, layout.align)?;
            self.controls(to, &old)?;
        }
        let pointer = from.saturating_add(old_word.saturating_mul(3));
        let target = if old.len == 0 { 0 } else { self.source.target(pointer, pointer)? };
        self.source.elements(target, old_size, old.len)?;
        let place = self.list(by, target, old.len, old_size, new)?;
        let pointer = to.saturating_add(new_word.saturating_mul(3));
        self.sink.point(pointer, pointer, place);
        Ok(())
    }
}

/// What is done to a variant, by its old number.
#[inline]
fn variant<T>(variants: &[Option<T>], tag: u8) -> Moved<&T> {
    let variant = variants.get(usize::from(tag)).and_then(Option::as_ref);
    variant.ok_or(ArchiveError::Variant(tag))
}
