//! Field ids: given one by one or counted in declaration order, with none left out.

/// What a field asks for: the number of ids it takes, and the first of them if it is given.
pub(super) type Wanted = (u16, Option<u16>);

/// The most bytes that the fields of a table take, texts and lists aside: offsets inside a table have 16 bits.
const INLINE_MAX: usize = 64 * 1024 - 16;

/// The ids of the fields of a table, in declaration order. `removed` has the first id and the number of ids of each
/// field that was removed.
///
/// # Panics
///
/// When the ids leave one out or give one twice, or the fields are too wide. It runs when the table is compiled.
#[must_use]
pub const fn assign<const N: usize>(
    wanted: [Wanted; N],
    removed: &[(u16, u16)],
    inline: &[usize],
) -> [u16; N] {
    let mut ids = [0; N];
    let mut next: u16 = 0;
    let mut rest: &[Wanted] = &wanted;
    let mut out: &mut [u16] = &mut ids;
    while let ([(slots, given), wanted_tail @ ..], [id, ids_tail @ ..]) = (rest, out) {
        *id = match given {
            Some(given) => *given,
            None => free_from(next, *slots, removed),
        };
        next = id.saturating_add(*slots);
        rest = wanted_tail;
        out = ids_tail;
    }
    check(&wanted, &ids, removed);
    check_width(inline);
    ids
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
const fn check<const N: usize>(wanted: &[Wanted; N], ids: &[u16; N], removed: &[(u16, u16)]) {
    let mut total: u16 = 0;
    let mut rest: &[Wanted] = wanted;
    while let [(slots, _), tail @ ..] = rest {
        total = total.saturating_add(*slots);
        rest = tail;
    }
    let mut rest = removed;
    while let [(_, slots), tail @ ..] = rest {
        total = total.saturating_add(*slots);
        rest = tail;
    }
    let mut id = 0;
    while id < total {
        let owners = owners(id, wanted, ids, removed);
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
const fn owners(id: u16, wanted: &[Wanted], ids: &[u16], removed: &[(u16, u16)]) -> u16 {
    let mut count: u16 = 0;
    let mut rest = (wanted, ids);
    while let ([(slots, _), wanted_tail @ ..], [first, ids_tail @ ..]) = rest {
        if *first <= id && id < first.saturating_add(*slots) {
            count = count.saturating_add(1);
        }
        rest = (wanted_tail, ids_tail);
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

const fn check_width(inline: &[usize]) {
    let mut total: usize = 0;
    let mut rest = inline;
    while let [width, tail @ ..] = rest {
        total = total.saturating_add(*width);
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
    owners: &'static [Owner],
}

/// The name of a field, its first id, and its width under each of its ids.
type Owner = (&'static str, u16, &'static [u16]);

impl Slots {
    /// Those of a table without fields.
    pub const NONE: &'static Self = &Self { widths: &[], widest: 0, owners: &[] };

    /// `widths` of `owners`, made by [`widths`].
    #[must_use]
    pub const fn new(widths: &'static [u16], owners: &'static [Owner]) -> Self {
        let mut widest = 0;
        let mut rest = widths;
        while let [width, tail @ ..] = rest {
            if *width > widest {
                widest = *width;
            }
            rest = tail;
        }
        Self { widths, widest, owners }
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
        let before = self.owners.iter().filter(|(_, first, _)| *first <= id);
        before.max_by_key(|(_, first, _)| *first).map_or("", |(name, ..)| name)
    }
}

/// How many ids there are up to the last of `owners`.
#[must_use]
pub const fn slot_count(owners: &[Owner]) -> usize {
    let mut count = 0;
    let mut rest = owners;
    while let [(_, id, widths), tail @ ..] = rest {
        let end = wide(*id).saturating_add(widths.len());
        if end > count {
            count = end;
        }
        rest = tail;
    }
    count
}

/// The width under each id.
#[must_use]
pub const fn widths<const N: usize>(owners: &[Owner]) -> [u16; N] {
    let mut all = [0; N];
    let mut rest = owners;
    while let [(_, id, widths), tail @ ..] = rest {
        if let Some((_, room)) = all.split_at_mut_checked(wide(*id))
            && let Some((room, _)) = room.split_at_mut_checked(widths.len())
        {
            room.copy_from_slice(widths);
        }
        rest = tail;
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
