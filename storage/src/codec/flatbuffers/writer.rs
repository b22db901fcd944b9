//! The writer: a buffer that fills from its end, as flatc's builders do, byte for byte.
//!
//! Children are written before what points to them, so that offsets lead forwards. A table's fields are written by
//! width, widest first, and equal vtables are kept once.
//!
//! *Invariant*: [`Writer::begin`] clears everything that the value before left behind, also one that was given up
//! half way. What cannot be written is noted, and [`Writer::finish`] says it.

use super::bytes::{self, DEPTH_MAX, ENTRY_LEN, OFFSET_LEN, VTABLE_HEADER_LEN};
use crate::{
    codec::VALUE_LEN_MAX,
    error::{EncodeError, FlatFault, Refusal},
    invariant::Invariant,
};
use std::cell::Cell;

/// The largest buffer that a thread keeps for the next value.
const KEPT_LEN_MAX: usize = 64 * 1024;
/// The first buffer; most records fit.
const FIRST_LEN: usize = 512;
/// Why a distance in a value fits an offset.
const SHORT: &str = "`grow` keeps a value below half of what an offset reaches";

/// Something that was written: how far it begins from the end of the buffer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offset(u32);

impl Offset {
    /// The offset as it is stored by something that begins `used` bytes from the end.
    #[inline]
    pub(super) fn from(self, used: usize) -> [u8; OFFSET_LEN] {
        u32::try_from(used).invariant(SHORT).wrapping_sub(self.0).to_le_bytes()
    }
}

/// A value in the making.
#[derive(Debug, Default)]
pub struct Writer {
    buffer: Vec<u8>,
    /// Where what is written begins.
    head: usize,
    /// The widest alignment so far.
    alignment: usize,
    /// The fields of the table that is open, by id: distance from the end, 0 where there is none.
    fields: Vec<usize>,
    /// Where the open table ends.
    table_end: usize,
    /// The vtables that were written, in the order of their bytes, by their distance from the end.
    vtables: Vec<usize>,
    depth: u32,
    fault: Option<Fault>,
}

/// Why a value cannot be written.
#[derive(Debug)]
enum Fault {
    Length(usize),
    Value(FlatFault),
    /// The type of the field that is named refuses its value.
    Refused(Refusal, Option<&'static str>),
}

impl Writer {
    /// Calls `write` with the thread's writer, cleared; after a panic the thread gets a new one.
    pub(super) fn lend<T>(write: impl FnOnce(&mut Self) -> T) -> T {
        thread_local! {
            static WRITER: Cell<Option<Box<Writer>>> = const { Cell::new(None) };
        }
        let mut writer = WRITER.take().unwrap_or_default();
        writer.begin();
        let result = write(&mut writer);
        if writer.buffer.len() <= KEPT_LEN_MAX {
            WRITER.set(Some(writer));
        }
        result
    }

    /// Forgets everything but the memory.
    pub(super) fn begin(&mut self) {
        self.head = self.buffer.len();
        self.alignment = OFFSET_LEN;
        self.fields.clear();
        self.table_end = 0;
        self.vtables.clear();
        self.depth = 0;
        self.fault = None;
    }

    /// How many bytes are written.
    #[inline]
    pub(super) fn used(&self) -> usize {
        self.buffer.len().wrapping_sub(self.head)
    }

    /// Room for `len` bytes in front of what is written; they hold anything.
    #[inline]
    pub(super) fn room(&mut self, len: usize) -> &mut [u8] {
        if len > self.head {
            self.grow(len);
        }
        self.head = self.head.saturating_sub(len);
        let end = self.head.saturating_add(len);
        self.buffer.get_mut(self.head..end).unwrap_or_default()
    }

    #[cold]
    fn grow(&mut self, len: usize) {
        let used = self.used();
        let wanted = used.saturating_add(len);
        if wanted > VALUE_LEN_MAX {
            // Nothing more is kept; `finish` refuses the value.
            self.fault = Some(Fault::Length(wanted));
            self.buffer = Vec::new();
            self.head = 0;
            return;
        }
        let new_len = wanted.saturating_add(wanted.max(FIRST_LEN));
        let mut buffer = vec![0; new_len];
        let head = new_len.saturating_sub(used);
        if let (Some(to), Some(from)) = (buffer.get_mut(head..), self.buffer.get(self.head..)) {
            to.copy_from_slice(from);
        }
        self.buffer = buffer;
        self.head = head;
    }

    /// Room for `len` bytes, to begin at a multiple of `alignment`; they hold anything.
    #[inline]
    pub(super) fn aligned_room(&mut self, len: usize, alignment: usize) -> &mut [u8] {
        self.align(len, alignment);
        self.room(len)
    }

    /// Zeros in front, until `len` more bytes would begin at a multiple of `alignment`.
    #[inline]
    pub(super) fn align(&mut self, len: usize, alignment: usize) {
        // Whatever is written is aligned as offsets are.
        if alignment > OFFSET_LEN {
            self.alignment = self.alignment.max(alignment);
        }
        let after = self.used().wrapping_add(len);
        // Alignments are powers of two.
        let padding = after.wrapping_neg() & alignment.wrapping_sub(1);
        if padding > 0 {
            self.pad(padding);
        }
    }

    #[inline]
    fn pad(&mut self, len: usize) {
        let free = self.buffer.get_mut(..self.head).and_then(<[u8]>::last_chunk_mut::<8>);
        match free {
            // Nothing is aligned wider, and nothing is written there yet: eight zeros at once do no harm.
            Some(zeros) => {
                *zeros = [0; 8];
                self.head = self.head.saturating_sub(len);
            }
            None => self.room(len).fill(0),
        }
    }

    /// Writes `bytes`, aligned.
    #[inline]
    pub(super) fn push<const N: usize>(&mut self, bytes: [u8; N], alignment: usize) {
        if let Some(room) = self.aligned_room(N, alignment).first_chunk_mut() {
            *room = bytes;
        }
    }

    /// What was written last.
    #[inline]
    pub(super) fn offset(&self) -> Offset {
        Offset(u32::try_from(self.used()).invariant(SHORT))
    }

    /// Writes a length in front of elements.
    #[inline]
    pub(super) fn count(&mut self, count: usize) -> Offset {
        self.push(u32::try_from(count).unwrap_or_default().to_le_bytes(), OFFSET_LEN);
        self.offset()
    }

    /// Writes a text, with a zero behind it.
    pub(super) fn text(&mut self, text: &str) -> Offset {
        let len = text.len().saturating_add(1);
        if let Some((zero, room)) = self.aligned_room(len, OFFSET_LEN).split_last_mut() {
            room.copy_from_slice(text.as_bytes());
            *zero = 0;
        }
        self.count(text.len())
    }

    /// Writes a table: `children` first, then `fields` with what it gave.
    #[inline]
    pub(super) fn table<C>(
        &mut self,
        children: impl FnOnce(&mut Self) -> C,
        fields: impl FnOnce(&mut Self, C),
    ) -> Offset {
        if self.depth == DEPTH_MAX {
            return self.refuse(FlatFault::Depth { max: DEPTH_MAX });
        }
        self.depth = self.depth.wrapping_add(1);
        let children = children(self);
        self.depth = self.depth.wrapping_sub(1);
        self.fields.clear();
        self.table_end = self.used();
        fields(self, children);
        self.close_table()
    }

    /// Whether nothing was refused so far.
    pub(super) const fn is_sound(&self) -> bool {
        self.fault.is_none()
    }

    /// Notes that the value cannot be written.
    #[cold]
    pub(super) fn refuse(&mut self, fault: FlatFault) -> Offset {
        self.fault = Some(Fault::Value(fault));
        Offset(0)
    }

    /// Notes that a value's own type refuses it.
    #[cold]
    pub(super) fn refuse_value(&mut self, refusal: Refusal) -> Offset {
        self.fault = Some(Fault::Refused(refusal, None));
        Offset(0)
    }

    /// Names the field whose value was refused, if one was and has no name yet.
    #[inline]
    pub(super) fn name_refused(&mut self, name: &'static str) {
        if let Some(Fault::Refused(_, field @ None)) = &mut self.fault {
            *field = Some(name);
        }
    }

    /// Notes that the field `id` of the open table was written last.
    #[inline]
    pub(super) fn note_field(&mut self, id: u16) {
        let used = self.used();
        match self.fields.get_mut(usize::from(id)) {
            Some(field) => *field = used,
            None => self.note_first(id, used),
        }
    }

    /// Notes a field with a greater id than any before it.
    #[inline(never)]
    fn note_first(&mut self, id: u16, used: usize) {
        self.fields.resize(usize::from(id), 0);
        self.fields.push(used);
    }

    /// Writes the way to `target` as the field `id` of the open table.
    #[inline]
    pub(super) fn put_offset(&mut self, target: Offset, id: u16) {
        self.align(OFFSET_LEN, OFFSET_LEN);
        let used = self.used().wrapping_add(OFFSET_LEN);
        self.push(target.from(used), OFFSET_LEN);
        self.note_field(id);
    }

    fn close_table(&mut self) -> Offset {
        self.push([0; OFFSET_LEN], OFFSET_LEN);
        let table = self.used();
        let offset = self.offset();
        let vtable = self.vtable(table);
        // Both are distances from the end; what is stored is subtracted from the table's place.
        let place = |used| i64::try_from(used).invariant(SHORT);
        let way = i32::try_from(place(vtable).wrapping_sub(place(table))).invariant(SHORT);
        let at = self.buffer.len().wrapping_sub(table);
        if let Some(place) = self.buffer.get_mut(at..).and_then(<[u8]>::first_chunk_mut) {
            *place = way.to_le_bytes();
        }
        offset
    }

    /// Writes the vtable of the table that begins at `table`, or finds it; returns its distance from the end.
    fn vtable(&mut self, table: usize) -> usize {
        let len = VTABLE_HEADER_LEN.wrapping_add(self.fields.len().wrapping_mul(ENTRY_LEN));
        let table_len = table.wrapping_sub(self.table_end);
        let (Ok(len_entry), Ok(table_entry)) = (u16::try_from(len), u16::try_from(table_len))
        else {
            self.refuse(FlatFault::TableTooWide);
            return table;
        };
        let fields = std::mem::take(&mut self.fields);
        let (room, _) = self.room(len).as_chunks_mut();
        if let [first, second, entries @ ..] = room {
            *first = len_entry.to_le_bytes();
            *second = table_entry.to_le_bytes();
            for (entry, used) in entries.iter_mut().zip(&fields) {
                let offset = if *used == 0 { 0 } else { table.wrapping_sub(*used) };
                // Inside the table, whose length fits.
                let [low, high, ..] = offset.to_le_bytes();
                *entry = [low, high];
            }
        }
        self.fields = fields;
        self.keep_once(len)
    }

    /// Keeps the vtable of `len` bytes that was written last, or an equal one before it.
    fn keep_once(&mut self, len: usize) -> usize {
        let written = self.used();
        let Self { buffer, vtables, .. } = self;
        let vtable_at = |used: usize| {
            let rest = buffer.get(buffer.len().wrapping_sub(used)..).unwrap_or_default();
            let len = bytes::u16_at(rest, 0).map_or(0, usize::from);
            rest.get(..len).unwrap_or_default()
        };
        let new = vtable_at(written);
        match vtables.binary_search_by(|old| vtable_at(*old).cmp(new)) {
            Ok(found) => {
                self.head = self.head.wrapping_add(len);
                self.vtables.get(found).copied().invariant("the search found it there")
            }
            Err(place) => {
                self.vtables.insert(place, written);
                written
            }
        }
    }

    /// Closes the value with its file identifier and the offset of `root`, and returns its bytes.
    pub(super) fn finish(
        &mut self,
        root: Offset,
        identifier: Option<&str>,
    ) -> Result<&[u8], EncodeError> {
        let len = if identifier.is_some() { 2 * OFFSET_LEN } else { OFFSET_LEN };
        self.align(len, self.alignment);
        if let Some(identifier) = identifier {
            let room = self.room(OFFSET_LEN);
            if room.len() == identifier.len() {
                room.copy_from_slice(identifier.as_bytes());
            }
        }
        let used = self.used().wrapping_add(OFFSET_LEN);
        self.push(root.from(used), OFFSET_LEN);
        match self.fault.take() {
            None => Ok(self.buffer.get(self.head..).invariant("the head is inside the buffer")),
            Some(Fault::Length(len)) => Err(EncodeError::TooLarge { len, max: VALUE_LEN_MAX }),
            Some(Fault::Value(fault)) => Err(fault.into()),
            Some(Fault::Refused(refusal, field)) => Err(refusal.in_field(field.as_slice()).into()),
        }
    }
}
