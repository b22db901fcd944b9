//! Running moves: the bytes of an old row become those that the new code would have written, without a value between.
//!
//! As rkyv does: first what a value points to, for all of its parts, then the value itself. What was read once is
//! bounded by [`ArchiveSource`], so a run is linear in the length of the row, whatever its bytes are.

use super::{
    format::{Format, first_filler, is_in_place, width},
    moves::{DefaultValue, Move, MoveNo, PartMove, TreeMove},
    sink::{ArchiveSink, Line},
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
    pub(super) moves: &'p [Move],
    pub(super) source: ArchiveSource<'b>,
    pub(super) sink: &'s mut ArchiveSink<'o>,
}

impl<'p, 's, 'o> Run<'p, 'p, 's, 'o> {
    /// A default as a source of its own, and where it is in it.
    fn of_default(
        default: &'p DefaultValue,
        sink: &'s mut ArchiveSink<'o>,
    ) -> Moved<(Self, usize)> {
        let (source, at) = ArchiveSource::new(&default.archive, sink.format(), default.size)?;
        Ok((Self { moves: &default.moves, source, sink }, at))
    }
}

impl<'p> Run<'p, '_, '_, '_> {
    #[inline]
    fn movement(&self, by: MoveNo) -> &'p Move {
        debug_assert!(by < self.moves.len(), "numbers are those of moves");
        self.moves.get(by).unwrap_or(&Move::Pending)
    }

    /// Writes a value and what it points to: where it is.
    pub(super) fn whole(
        &mut self,
        by: MoveNo,
        from: usize,
        layout: ArchivedLayout,
    ) -> Moved<usize> {
        let mut line = self.sink.line();
        self.parts(by, from)?;
        let to = self.sink.room(layout);
        self.inline(by, from, to, &mut line)?;
        self.sink.close(line);
        Ok(to)
    }

    /// The same behind a pointer.
    fn apart(&mut self, by: MoveNo, from: usize, layout: ArchivedLayout) -> Moved<()> {
        self.source.enter(true)?;
        let place = self.whole(by, from, layout)?;
        self.source.leave(true);
        self.sink.queue(place);
        Ok(())
    }

    /// Writes what the parts of the product at `from` point to.
    #[inline]
    fn parts_of(&mut self, parts: &[PartMove], from: usize) -> Moved<()> {
        parts.iter().try_for_each(|part| self.parts(part.by, from.saturating_add(part.old_at)))
    }

    /// Writes what the value at `from` points to, and puts the places in line.
    fn parts(&mut self, by: MoveNo, from: usize) -> Moved<()> {
        match self.movement(by) {
            Move::Copy(_) | Move::Number(..) | Move::Constant(_) => Ok(()),
            Move::Text(is_short, into_short) => self.text(from, *is_short, *into_short),
            Move::Product(parts) => self.nested(|run| run.parts_of(&parts.owning, from)),
            Move::Choice(variants) => match variant(variants, self.source.byte(from)?)? {
                (_, parts) if parts.owning.is_empty() => Ok(()),
                (_, parts) => self.nested(|run| run.parts_of(&parts.owning, from)),
            },
            Move::Array { len, old_size, inner, .. } => self.nested(|run| {
                elements(from, *old_size, *len).try_for_each(|element| run.parts(*inner, element))
            }),
            Move::Wrap { inner, .. } => self.nested(|run| run.parts(*inner, from)),
            Move::Unwrap { old_at, inner, default } => match self.source.byte(from)? {
                0 => self.parts(*default, from),
                1 => self.nested(|run| run.parts(*inner, from.saturating_add(*old_at))),
                tag => Err(ArchiveError::Variant(tag)),
            },
            Move::Boxed { old_size, new, inner } => {
                let target = self.source.boxed(from, *old_size)?;
                self.apart(*inner, target, *new)
            }
            Move::IntoBox { new, inner } => self.apart(*inner, from, *new),
            Move::Unboxed { old_size, inner } => {
                let target = self.source.boxed(from, *old_size)?;
                self.sink.queue(target);
                self.source.enter(true)?;
                self.parts(*inner, target)?;
                self.source.leave(true);
                Ok(())
            }
            Move::List { old_size, new, inner } => {
                let (target, len) = self.source.list(from, *old_size)?;
                self.list(*inner, target, len, *old_size, *new)?;
                self.sink.queue(len);
                Ok(())
            }
            Move::Tree(tree) => self.tree(from, tree),
            Move::Table { old_size, new, inner } => self.table(from, *old_size, *new, *inner),
            Move::Indexed { old_size, new, inner } => self.indexed(from, *old_size, *new, *inner),
            Move::Default(default) => {
                let (mut run, at) = Run::of_default(default, self.sink)?;
                run.parts(default.root, at)
            }
            Move::Stays | Move::Pending => Err(ArchiveError::Opaque),
        }
    }

    #[inline]
    fn nested(&mut self, run: impl FnOnce(&mut Self) -> Moved<()>) -> Moved<()> {
        self.source.enter(false)?;
        run(self)?;
        self.source.leave(false);
        Ok(())
    }

    fn text(&mut self, from: usize, is_short: bool, into_short: bool) -> Moved<()> {
        let text = match is_short {
            true => self.source.text(from)?,
            false => self.source.str(from)?,
        };
        let text = self.source.claim_text(text)?;
        if into_short && self.sink.is_short(text.len) {
            return Ok(());
        }
        let bytes = self.source.bytes(text.at, text.len)?;
        self.sink.append_text(bytes);
        Ok(())
    }

    /// Writes elements, and puts their place in line.
    fn list(
        &mut self,
        by: MoveNo,
        from: usize,
        len: usize,
        old_size: usize,
        new: ArchivedLayout,
    ) -> Moved<()> {
        let is_bytes =
            matches!(self.movement(by), Move::Copy(size) if *size == old_size && *size == new.size);
        if is_bytes {
            let bytes = self.source.bytes(from, old_size.saturating_mul(len))?;
            let place = self.sink.align(new.align);
            self.sink.append(bytes);
            self.sink.queue(place);
            return Ok(());
        }
        self.source.enter(true)?;
        let mut line = self.sink.line();
        elements(from, old_size, len).try_for_each(|element| self.parts(by, element))?;
        let size = new.size.checked_mul(len).ok_or(ArchiveError::TooLong)?;
        let place = self.sink.room(ArchivedLayout { size, ..new });
        let pairs = elements(from, old_size, len).zip(elements(place, new.size, len));
        { pairs }.try_for_each(|(from, to)| self.inline(by, from, to, &mut line))?;
        self.source.leave(true);
        self.sink.close(line);
        self.sink.queue(place);
        Ok(())
    }

    /// Writes the nodes of a map or a set in key order; puts the root and the length in line.
    fn tree(&mut self, from: usize, tree: &TreeMove) -> Moved<()> {
        let entries = tree.old.entries(&mut self.source, from)?;
        let mut root = 0;
        if !entries.is_empty() {
            self.source.enter(true)?;
            root = write_tree(entries.len(), &mut |node| self.node(node, &entries, tree))?;
            self.source.leave(true);
        }
        self.sink.queue(root);
        self.sink.queue(entries.len());
        Ok(())
    }

    fn node(
        &mut self,
        node: &TreeNode,
        entries: &[Placed],
        TreeMove { new: nodes, key, value, .. }: &TreeMove,
    ) -> Moved<usize> {
        let (key, value) = (*key, *value);
        let mut line = self.sink.line();
        let placed = |number: &usize| entries.get(*number).copied().ok_or(ArchiveError::Length);
        for number in &node.entries {
            let (old_key, old_value) = placed(number)?;
            self.parts(key, old_key)?;
            self.parts(value, old_value)?;
        }
        let at = nodes.write(self.sink, node)?;
        for (slot, number) in node.entries.iter().enumerate() {
            let (old_key, old_value) = placed(number)?;
            let (new_key, new_value) = nodes.entry(at, slot);
            self.inline(key, old_key, new_key, &mut line)?;
            self.inline(value, old_value, new_value, &mut line)?;
        }
        self.sink.close(line);
        Ok(at)
    }

    /// Writes the buckets of a hash table; puts in line where their controls are, how many entries and how many buckets
    /// there are.
    fn table(
        &mut self,
        from: usize,
        old_size: usize,
        new: ArchivedLayout,
        by: MoveNo,
    ) -> Moved<()> {
        let old = self.source.buckets(from, old_size)?;
        if old.len == 0 {
            self.queue_table(0, &old);
            return Ok(());
        }
        self.source.enter(true)?;
        let mut line = self.sink.line();
        for number in self.source.full(&old)? {
            self.parts(by, old.bucket(number, old_size))?;
        }
        let size = new.size.checked_mul(old.capacity).ok_or(ArchiveError::TooLong)?;
        let at = self.sink.room(ArchivedLayout { size, ..new });
        let written = Buckets { at, ..old };
        for number in self.source.full(&old)? {
            let to = written.bucket(number, new.size);
            self.inline(by, old.bucket(number, old_size), to, &mut line)?;
        }
        self.source.leave(true);
        self.sink.close(line);
        self.controls(&old)
    }

    /// Writes the controls of a table whose buckets are written.
    fn controls(&mut self, table: &Buckets) -> Moved<()> {
        let controls = self.source.bytes(table.controls_at, table.controls_len)?;
        let place = self.sink.append(controls);
        self.queue_table(place, table);
        Ok(())
    }

    fn queue_table(&mut self, place: usize, table: &Buckets) {
        for place in [place, table.len, table.capacity] {
            self.sink.queue(place);
        }
    }

    /// Writes a hash table of the numbers of entries, and the entries as a list.
    fn indexed(
        &mut self,
        from: usize,
        old_size: usize,
        new: ArchivedLayout,
        by: MoveNo,
    ) -> Moved<()> {
        let (old_word, new_word) = (self.source.format().pointer, self.sink.format().pointer);
        let old = self.source.buckets(from, old_word)?;
        if old.len == 0 {
            self.queue_table(0, &old);
        } else {
            let layout = self.sink.format().pointers(1);
            let size = layout.size.checked_mul(old.capacity).ok_or(ArchiveError::TooLong)?;
            let at = self.sink.room(ArchivedLayout { size, ..layout });
            let written = Buckets { at, ..old };
            for number in self.source.full(&old)? {
                let entry = self.source.word(old.bucket(number, old_word))?;
                self.sink.put_word(written.bucket(number, new_word), entry)?;
            }
            self.controls(&old)?;
        }
        let pointer = from.saturating_add(old_word.saturating_mul(3));
        let target = if old.len == 0 { 0 } else { self.source.target(pointer, pointer)? };
        self.source.elements(target, old_size, old.len)?;
        self.list(by, target, old.len, old_size, new)
    }

    /// Writes the parts of the product at `from` themselves.
    fn inline_of(
        &mut self,
        parts: &[PartMove],
        from: usize,
        to: usize,
        line: &mut Line,
    ) -> Moved<()> {
        for part in parts {
            let (from, to) = (from.saturating_add(part.old_at), to.saturating_add(part.new_at));
            match self.movement(part.by) {
                // Most parts are this, and need no call.
                Move::Copy(len) => self.sink.put(to, self.source.bytes(from, *len)?)?,
                _ => self.inline(part.by, from, to, line)?,
            }
        }
        Ok(())
    }

    /// Writes the value itself to where there is room for it; the places of what it points to come next in the line.
    fn inline(&mut self, by: MoveNo, from: usize, to: usize, line: &mut Line) -> Moved<()> {
        match self.movement(by) {
            Move::Copy(len) => self.sink.put(to, self.source.bytes(from, *len)?),
            Move::Constant(bytes) => self.sink.put(to, bytes),
            Move::Number(old, new) => self.number(from, to, *old, *new),
            Move::Text(is_short, into_short) => {
                self.inline_text(from, to, (*is_short, *into_short), line)
            }
            Move::Product(parts) => self.inline_of(&parts.all, from, to, line),
            Move::Choice(variants) => {
                let (tag, parts) = variant(variants, self.source.byte(from)?)?;
                if *tag > 0 {
                    self.sink.put(to, &[*tag])?;
                }
                self.inline_of(&parts.all, from, to, line)
            }
            Move::Array { len, old_size, new_size, inner } => {
                let mut pairs = elements(from, *old_size, *len).zip(elements(to, *new_size, *len));
                pairs.try_for_each(|(from, to)| self.inline(*inner, from, to, line))
            }
            Move::Wrap { new_at, inner } => {
                self.sink.put(to, &[1])?;
                self.inline(*inner, from, to.saturating_add(*new_at), line)
            }
            Move::Unwrap { old_at, inner, default } => match self.source.byte(from)? {
                0 => self.inline(*default, from, to, line),
                _ => self.inline(*inner, from.saturating_add(*old_at), to, line),
            },
            Move::Boxed { .. } | Move::IntoBox { .. } => {
                let place = self.sink.next(line)?;
                self.sink.put_pointer(to, to, place)
            }
            Move::Unboxed { inner, .. } => {
                let from = self.sink.next(line)?;
                self.source.enter(false)?;
                self.inline(*inner, from, to, line)?;
                self.source.leave(false);
                Ok(())
            }
            Move::List { .. } => {
                let (place, len) = (self.sink.next(line)?, self.sink.next(line)?);
                self.sink.put_span(to, place, len)
            }
            Move::Tree(_) => {
                let (root, len) = (self.sink.next(line)?, self.sink.next(line)?);
                self.sink.put_span(to, if len == 0 { to.saturating_add(1) } else { root }, len)
            }
            Move::Table { .. } => self.inline_table(to, line).map(drop),
            Move::Indexed { .. } => {
                let pointer = self.inline_table(to, line)?;
                let place = self.sink.next(line)?;
                self.sink.put_pointer(pointer, pointer, place)
            }
            Move::Default(default) => {
                let (mut run, at) = Run::of_default(default, self.sink)?;
                run.inline(default.root, at, to, line)
            }
            Move::Stays | Move::Pending => Err(ArchiveError::Opaque),
        }
    }

    fn number(&mut self, from: usize, to: usize, old: Scalar, new: Scalar) -> Moved<()> {
        let raw = self.source.number(from, width(old))?;
        self.sink.put_number(to, width(new), widened(raw, old, new))
    }

    fn inline_text(
        &mut self,
        from: usize,
        to: usize,
        (is_short, into_short): (bool, bool),
        line: &mut Line,
    ) -> Moved<()> {
        if is_short
            && into_short
            && self.sink.format().is_usual()
            && let Some(form) = self.source.text_form(from)?
            && is_in_place(form)
        {
            return self.sink.put_short_form(to, form, first_filler(form));
        }
        let text = match is_short {
            true => self.source.text(from)?,
            false => self.source.str(from)?,
        };
        if into_short && self.sink.is_short(text.len) {
            let bytes = self.source.bytes(text.at, text.len)?;
            return self.sink.put_short_text(to, bytes);
        }
        let place = self.sink.next(line)?;
        match into_short {
            true => self.sink.put_long_text(to, text.len, place),
            false => self.sink.put_span(to, place, text.len),
        }
    }

    /// Writes pointer, length and capacity of a hash table: where what comes next is.
    fn inline_table(&mut self, to: usize, line: &mut Line) -> Moved<usize> {
        let place = self.sink.next(line)?;
        let (len, capacity) = (self.sink.next(line)?, self.sink.next(line)?);
        let word = self.sink.format().pointer;
        self.sink.put_span(to, if len == 0 { to.saturating_add(1) } else { place }, len)?;
        let capacity_at = to.saturating_add(word.saturating_mul(2));
        self.sink.put_word(capacity_at, capacity)?;
        Ok(capacity_at.saturating_add(word))
    }
}

/// What is done to a variant, by its old number.
#[inline]
fn variant<T>(variants: &[Option<T>], tag: u8) -> Moved<&T> {
    let variant = variants.get(usize::from(tag)).and_then(Option::as_ref);
    variant.ok_or(ArchiveError::Variant(tag))
}

/// Where each of so many elements is.
#[inline]
fn elements(at: usize, size: usize, len: usize) -> impl Iterator<Item = usize> + Clone {
    (0..len).map(move |number| at.saturating_add(number.saturating_mul(size)))
}
