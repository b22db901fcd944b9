//! Field ids: given one by one or counted in declaration order, with none left out.

use super::bytes::narrow;

/// A field: its name, its id if that is given, and its width under each id that it takes.
type Field = (&'static str, Option<u16>, &'static [u16]);

/// The most bytes that the fields of a table take, texts and lists aside: offsets inside a table have 16 bits.
const INLINE_MAX: usize = 64 * 1024 - 16;

/// The ids of `fields`, in declaration order. `removed` has the first id and the number of ids of each field that was
/// removed.
///
/// # Panics
///
/// If an id is missing or stands twice, or the fields are too wide. It runs when the table is compiled.
#[must_use]
pub const fn assign<const N: usize>(fields: &[Field; N], removed: &[(u16, u16)]) -> [u16; N] {
    let mut ids = [0; N];
    let mut next: u16 = 0;
    let mut rest: &[Field] = fields;
    let mut out: &mut [u16] = &mut ids;
    while let ([(_, given, widths), fields_tail @ ..], [id, ids_tail @ ..]) = (rest, out) {
        *id = match given {
            Some(given) => *given,
            None => free_from(next, slots(widths), removed),
        };
        next = id.saturating_add(slots(widths));
        rest = fields_tail;
        out = ids_tail;
    }
    check(fields, &ids, removed);
    check_width(fields);
    ids
}

/// How many ids a field takes.
const fn slots(widths: &[u16]) -> u16 {
    narrow(widths.len())
}

/// The first id from `next` on at which `slots` ids are not those of removed fields.
const fn free_from(next: u16, slots: u16, removed: &[(u16, u16)]) -> u16 {
    let mut id = next;
    let mut rest = removed;
    while let [(first, count), tail @ ..] = rest {
        if id < first.saturating_add(*count) && *first < id.saturating_add(slots) {
            id = first.saturating_add(*count);
            rest = removed;
        } else {
            rest = tail;
        }
    }
    id
}

/// Each id from 0 on belongs to one field.
const fn check(fields: &[Field], ids: &[u16], removed: &[(u16, u16)]) {
    let mut total: u16 = 0;
    let mut rest = fields;
    while let [(.., widths), tail @ ..] = rest {
        total = total.saturating_add(slots(widths));
        rest = tail;
    }
    let mut rest = removed;
    while let [(_, slots), tail @ ..] = rest {
        total = total.saturating_add(*slots);
        rest = tail;
    }
    let mut id = 0;
    while id < total {
        let owners = owners(id, fields, ids, removed);
        assert!(owners > 0, "{}", LEFT_OUT);
        assert!(owners < 2, "{}", TWICE);
        id = id.saturating_add(1);
    }
}

const LEFT_OUT: &str = "the ids of the fields leave one out: they are 0, 1, 2, ... with none missing, and an enum \
    with data takes two; a field that was removed keeps its id with `#[store(removed(id = 3, name = \"old\", ty = \
    \"u32\"))]` on the struct";
const TWICE: &str = "two fields have the same id; an enum with data takes its id and the next one";

/// How many fields have `id`.
const fn owners(id: u16, fields: &[Field], ids: &[u16], removed: &[(u16, u16)]) -> u16 {
    let mut count: u16 = 0;
    let mut rest = (fields, ids);
    while let ([(.., widths), fields_tail @ ..], [first, ids_tail @ ..]) = rest {
        if *first <= id && id < first.saturating_add(slots(widths)) {
            count = count.saturating_add(1);
        }
        rest = (fields_tail, ids_tail);
    }
    let mut rest = removed;
    while let [(first, slots), tail @ ..] = rest {
        if *first <= id && id < first.saturating_add(*slots) {
            count = count.saturating_add(1);
        }
        rest = tail;
    }
    count
}

const fn check_width(fields: &[Field]) {
    let mut total: usize = 0;
    let mut rest = fields;
    while let [(.., widths), tail @ ..] = rest {
        let mut of_field = *widths;
        while let [width, widths_tail @ ..] = of_field {
            // Nothing is aligned wider than it is, nor than to eight.
            let padding = if *width < 8 { *width } else { 8 };
            total = total.saturating_add(wide(*width)).saturating_add(wide(padding));
            of_field = widths_tail;
        }
        rest = tail;
    }
    assert!(
        total <= INLINE_MAX,
        "the fields of a FlatBuffers table have room for 64 KiB, texts and lists aside; put an array into a `Vec`"
    );
}

/// What stands under the ids of a table: how wide it is there, and whose it is.
#[derive(Clone, Copy, Debug)]
pub struct Slots {
    widths: &'static [u16],
    widest: u16,
    fields: &'static [Field],
    ids: &'static [u16],
}

impl Slots {
    /// Those of a table without fields.
    pub const NONE: &'static Self = &Self { widths: &[], widest: 0, fields: &[], ids: &[] };

    /// Those of `fields`, which have `ids`; `widths` come from [`widths`].
    #[must_use]
    pub const fn new(
        widths: &'static [u16],
        fields: &'static [Field],
        ids: &'static [u16],
    ) -> Self {
        let mut widest = 0;
        let mut rest = widths;
        while let [width, tail @ ..] = rest {
            if *width > widest {
                widest = *width;
            }
            rest = tail;
        }
        Self { widths, widest, fields, ids }
    }

    /// The width under each id; 0 where a field was removed.
    #[inline]
    pub(super) const fn widths(&self) -> &'static [u16] {
        self.widths
    }

    /// The greatest width.
    #[inline]
    pub(super) const fn widest(&self) -> u16 {
        self.widest
    }

    /// The name of the field that has `id`.
    pub(super) fn owner(&self, id: u16) -> &'static str {
        let before = self.fields.iter().zip(self.ids).filter(|(_, first)| **first <= id);
        before.max_by_key(|(_, first)| **first).map_or("", |((name, ..), _)| name)
    }
}

/// How many ids there are up to the last of `fields`.
#[must_use]
pub const fn slot_count(fields: &[Field], ids: &[u16]) -> usize {
    let mut count = 0;
    let mut rest = (fields, ids);
    while let ([(.., widths), fields_tail @ ..], [id, ids_tail @ ..]) = rest {
        let end = wide(*id).saturating_add(widths.len());
        if end > count {
            count = end;
        }
        rest = (fields_tail, ids_tail);
    }
    count
}

/// The width under each id.
#[must_use]
pub const fn widths<const N: usize>(fields: &[Field], ids: &[u16]) -> [u16; N] {
    let mut all = [0; N];
    let mut rest = (fields, ids);
    while let ([(.., widths), fields_tail @ ..], [id, ids_tail @ ..]) = rest {
        if let Some((_, room)) = all.split_at_mut_checked(wide(*id))
            && let Some((room, _)) = room.split_at_mut_checked(widths.len())
        {
            room.copy_from_slice(widths);
        }
        rest = (fields_tail, ids_tail);
    }
    all
}

#[expect(clippy::as_conversions, reason = "widens")]
const fn wide(id: u16) -> usize {
    id as usize
}

/// The id of the field number `index`.
#[must_use]
pub const fn id_of<const N: usize>(ids: [u16; N], index: usize) -> u16 {
    id_at(&ids, index)
}

/// The id of the field number `index`.
///
/// # Panics
///
/// When there is no such field. It runs when the table is compiled.
#[must_use]
#[expect(clippy::panic, reason = "at compile time")]
pub const fn id_at(ids: &[u16], index: usize) -> u16 {
    let mut rest = ids;
    let mut skipped = 0;
    while let [id, tail @ ..] = rest {
        if skipped == index {
            return *id;
        }
        skipped = skipped.saturating_add(1);
        rest = tail;
    }
    panic!("no such field")
}
