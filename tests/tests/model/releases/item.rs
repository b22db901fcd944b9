//! What the table should hold: records with all that any release has, and what each write makes of them.

use std::{collections::BTreeMap, ops::Range};
use tests::random::Random;

pub(crate) type Key = (String, u32);
/// The records by key.
pub(crate) type Rows = BTreeMap<Key, Item>;

/// What `level` is where nobody has said it.
pub(crate) const LEVEL: u8 = 3;
/// The same of `nick` where it must be there.
pub(crate) const NICK: &str = "nobody, who has a long name";

const AREAS: [&str; 4] = ["", "a", "a\0", "b"];
/// How many keys each area has.
const NUMBERS: usize = 12;

/// A record, with all that any release has of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Item {
    pub(crate) area: String,
    pub(crate) number: u32,
    pub(crate) name: String,
    pub(crate) age: u64,
    pub(crate) code: Option<u32>,
    pub(crate) tags: Vec<String>,
    pub(crate) home: Home,
    pub(crate) nick: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) level: Option<u8>,
    pub(crate) seen: Option<u64>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Home {
    #[default]
    House,
    Work(u8),
    Shed,
}

impl Item {
    pub(crate) fn random(random: &mut Random) -> Self {
        let home = match random.below(3) {
            0 => Home::House,
            1 => Home::Work(random.below(9) as u8),
            _ => Home::Shed,
        };
        Self {
            area: (*random.one(&AREAS)).to_owned(),
            number: random.below(NUMBERS) as u32,
            name: Self::random_name(random),
            age: random.below(90) as u64,
            code: random.chance(500).then(|| random.below(200) as u32),
            tags: (0..random.below(4)).map(|tag| format!("tag {tag}")).collect(),
            home,
            nick: random.chance(500).then(|| "nick ".repeat(*random.one(&[0, 1, 2, 3, 40, 400]))),
            email: random.chance(500).then(|| format!("{}@example.org", random.below(9))),
            level: Some(random.below(9) as u8),
            seen: random.chance(500).then(|| random.next()),
        }
    }

    pub(crate) fn random_name(random: &mut Random) -> String {
        format!("name {}", random.below(9))
    }

    pub(crate) fn key(&self) -> Key {
        (self.area.clone(), self.number)
    }
}

pub(crate) fn random_key(random: &mut Random) -> Key {
    Item::random(random).key()
}

/// A write.
#[derive(Clone, Debug)]
pub(crate) enum Deed {
    Put(Item),
    Insert(Item),
    /// All fields but the key.
    Update(Item),
    Upsert(Item),
    CompareAndSet(Item, Item),
    Delete(Key),
    DeleteRange(Range<Key>),
    PutStream(Vec<Item>),
    /// Records get a name.
    UpdateRange(Range<Key>, String),
}

/// The error of a write that breaks a rule.
#[derive(Debug, PartialEq)]
pub(crate) struct Refused;

impl Deed {
    pub(crate) fn random(random: &mut Random, rows: &Rows) -> Self {
        let item = Item::random(random);
        let (one, other) = (random_key(random), random_key(random));
        let range = one.clone().min(other.clone())..one.clone().max(other);
        match random.below(20) {
            0..4 => Self::Put(item),
            4..6 => Self::Insert(item),
            6..9 => Self::Update(item),
            9..11 => Self::Upsert(item),
            11..14 => {
                let present = rows.get(&item.key()).cloned().unwrap_or_default();
                let expected = if random.chance(800) { present } else { item.clone() };
                let (area, number) = item.key();
                let new = Item { area, number, ..Item::random(random) };
                Self::CompareAndSet(expected, new)
            }
            14 => Self::Delete(one),
            15 if random.chance(300) => Self::DeleteRange(range),
            16 => Self::UpdateRange(range, Item::random_name(random)),
            _ => Self::PutStream((0..random.below(9)).map(|_| Item::random(random)).collect()),
        }
    }

    /// Whether it writes a row whatever is there, if it is not refused.
    pub(crate) fn writes_for_sure(&self) -> bool {
        match self {
            Self::Put(_) | Self::Insert(_) | Self::Upsert(_) => true,
            Self::PutStream(items) => !items.is_empty(),
            _ => false,
        }
    }

    /// What it makes of `rows` if a program writes that leaves of a record what `keep` says; gives the number of rows
    /// that were there, or that were written.
    pub(crate) fn apply(&self, rows: &mut Rows, keep: fn(Item) -> Item) -> Result<u64, Refused> {
        match self {
            Self::Insert(item) if rows.contains_key(&item.key()) => Err(Refused),
            Self::Update(item) if !rows.contains_key(&item.key()) => Ok(0),
            Self::Put(item) | Self::Insert(item) | Self::Update(item) => {
                put(rows, keep(item.clone()))
            }
            Self::Upsert(item) => put(rows, keep(item.clone())).map(|_| 1),
            Self::CompareAndSet(expected, new) => {
                let present = rows.get(&expected.key()).cloned().map(keep);
                if present != Some(keep(expected.clone())) {
                    return Ok(0);
                }
                if expected.key() == new.key() {
                    return put(rows, keep(new.clone()));
                }
                let mut draft = rows.clone();
                let removed = draft.remove(&expected.key());
                if draft.contains_key(&new.key()) || removed.is_none() {
                    return Err(Refused);
                }
                put(&mut draft, keep(new.clone()))?;
                *rows = draft;
                Ok(1)
            }
            Self::Delete(key) => Ok(rows.remove(key).map_or(0, |_| 1)),
            Self::DeleteRange(range) => {
                let before = rows.len();
                rows.retain(|key, _| !range.contains(key));
                Ok((before - rows.len()) as u64)
            }
            Self::PutStream(items) => {
                let mut draft = rows.clone();
                for item in items {
                    put(&mut draft, keep(item.clone()))?;
                }
                *rows = draft;
                Ok(items.len() as u64)
            }
            Self::UpdateRange(range, name) => {
                let mut count = 0;
                for (_, item) in rows.iter_mut().filter(|(key, _)| range.contains(key)) {
                    *item = keep(Item { name: name.clone(), ..keep(item.clone()) });
                    count += 1;
                }
                Ok(count)
            }
        }
    }
}

/// Puts `item`, whose code no other may have.
fn put(rows: &mut Rows, item: Item) -> Result<u64, Refused> {
    let key = item.key();
    let is_taken =
        |(other, row): (&Key, &Item)| *other != key && row.code.is_some() && row.code == item.code;
    if rows.iter().any(is_taken) {
        return Err(Refused);
    }
    Ok(rows.insert(key, item).map_or(0, |_| 1))
}
