//! What the indexes of the model's record ask of it, and where its random values come from.

pub(crate) use super::record::Item;
use jiff::SignedDuration;

/// The primary key of an [`Item`].
pub(crate) type ItemKey = (String, i32);

pub(crate) fn is_open(item: &Item) -> bool {
    item.open
}

pub(crate) fn initial(item: &Item) -> Option<char> {
    item.payload.chars().next()
}

impl Item {
    pub(crate) fn is_open_and_shown(&self) -> bool {
        self.open && self.level >= 0
    }

    pub(crate) fn key(&self) -> ItemKey {
        (self.area.clone(), self.number)
    }
}

/// Areas that a careless encoding would put in the wrong order or run together.
pub(crate) const AREAS: [&str; 9] = ["", "\0", "a", "a\0", "a\0b", "ab", "b", "é", "\u{10FFFF}"];
pub(crate) const COUNTRIES: [&str; 6] = ["", "D", "DE", "DE\0", "GB", "é"];
pub(crate) const TAGS: [&str; 6] = ["", "red", "red\0", "reddish", "green", "blue"];
pub(crate) const LEVELS: [i32; 9] = [i32::MIN, -300, -2, -1, 0, 1, 2, 300, i32::MAX];
pub(crate) const SPANS: [SignedDuration; 7] = [
    SignedDuration::MIN,
    SignedDuration::from_secs(-70_000),
    SignedDuration::from_nanos(-1),
    SignedDuration::ZERO,
    SignedDuration::from_nanos(1),
    SignedDuration::from_secs(70_000),
    SignedDuration::MAX,
];

/// A sequence of numbers that its seed decides (`SplitMix64`).
#[derive(Clone, Debug)]
pub(crate) struct Rng(u64);

impl Rng {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end).unwrap()).unwrap()
    }

    pub(crate) fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub(crate) fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }

    /// One of nine areas with one of twenty numbers.
    pub(crate) fn key(&mut self) -> ItemKey {
        let number = match self.below(20) {
            0 => i32::MIN,
            1 => i32::MAX,
            n => i32::try_from(n).unwrap() - 11,
        };
        ((*self.pick(&AREAS)).to_owned(), number)
    }

    pub(crate) fn code(&mut self) -> String {
        format!("C{}", self.below(160))
    }

    pub(crate) fn alias(&mut self) -> u16 {
        u16::try_from(self.below(500)).unwrap() * 131
    }

    fn payload(&mut self) -> String {
        let unit = *self.pick(&["", "x", "yz", "é", "\0"]);
        // Some are longer than a block of the stored frame.
        unit.repeat(*self.pick(&[1, 2, 9, 20, 1100]))
    }

    fn country(&mut self) -> String {
        (*self.pick(&COUNTRIES)).to_owned()
    }

    fn lasted(&mut self) -> Option<SignedDuration> {
        self.percent(65).then(|| *self.pick(&SPANS))
    }

    pub(crate) fn tag(&mut self) -> String {
        (*self.pick(&TAGS)).to_owned()
    }

    fn tags(&mut self) -> Vec<String> {
        let tags = (0..self.below(4)).map(|_| self.tag());
        let mut tags: Vec<String> = tags.collect();
        if self.below(120) == 0 {
            tags.push("too long for a key ".repeat(3500));
        }
        tags
    }

    /// A record under `key`.
    pub(crate) fn item(&mut self, (area, number): ItemKey) -> Item {
        Item {
            area,
            number,
            country: self.country(),
            level: *self.pick(&LEVELS),
            code: self.percent(50).then(|| self.code()),
            tags: self.tags(),
            aliases: (0..self.below(3)).map(|_| self.alias()).collect(),
            lasted: self.lasted(),
            slot: u8::try_from(self.below(256)).unwrap(),
            open: self.percent(40),
            payload: self.payload(),
        }
    }

    /// Changes one thing of `item`, or most.
    pub(crate) fn change(&mut self, item: &mut Item) {
        match self.below(11) {
            0 => item.country = self.country(),
            1 => item.level = *self.pick(&LEVELS),
            2 => item.code = self.percent(70).then(|| self.code()),
            3 => item.tags = self.tags(),
            4 => item.aliases = (0..self.below(4)).map(|_| self.alias()).collect(),
            5 => item.lasted = self.lasted(),
            6 => item.open = !item.open,
            7 => item.payload = self.payload(),
            8 => (item.area, item.number) = self.key(),
            9 => *item = self.item(item.key()),
            _ => {
                let key = self.key();
                *item = self.item(key);
            }
        }
    }
}
