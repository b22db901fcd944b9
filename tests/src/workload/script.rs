//! The steps of a program and the state after each, made of a seed.

use super::{Change, Growth, Row, Side, State};
use crate::random::Random;
use storage::Durability;

/// One step: at most one commit.
#[derive(Clone, Debug)]
pub enum Step {
    /// The store is created.
    Create,
    /// A record is changed by a table's verb.
    One(Change),
    /// Records of both tables are changed in one transaction.
    Transaction(Durability, Vec<Change>),
    /// The store is copied to the backup of this number.
    Backup(usize),
    /// The file is made as short as its content.
    Compact,
    /// The file is closed and opened again.
    Reopen,
}

/// Steps, and the states between them.
#[derive(Clone, Debug)]
pub struct Script {
    /// The steps in order; the first creates the store.
    pub steps: Vec<Step>,
    /// The state before each step, and the one after the last.
    pub states: Vec<State>,
}

/// The most keys of a table.
const IDS: usize = 60;
const CITIES: [&str; 5] = ["berne", "lima", "oslo", "pune", "turin"];
const TAGS: [&str; 4] = ["blue", "green", "red", "white"];

impl Script {
    /// `len` steps at random, with two backups, a compaction and a reopening among them.
    #[must_use]
    pub fn new(seed: u64, len: usize) -> Self {
        let mut random = Random::new(seed);
        let step_at = |number: usize| match number {
            0 => Step::Create,
            _ if number == len / 3 => Step::Backup(0),
            _ if number == len / 2 => Step::Compact,
            // Who re-opens a store keeps what is durable, and no more than that.
            _ if number + 1 == len * 2 / 3 => {
                Step::One(Change::Put(side(&mut random), row(number, &mut random)))
            }
            _ if number == len * 2 / 3 => Step::Reopen,
            _ if number == len - 2 => Step::Backup(1),
            number => write_step(number, &mut random),
        };
        Self::of((0..len).map(step_at).collect())
    }

    /// The script of a program that creates the store, puts a few records and copies it.
    #[must_use]
    pub fn of_files() -> Self {
        let mut random = Random::new(0);
        let put = |side, random: &mut Random| {
            Step::One(Change::Stream(side, (0..8).map(|_| row(0, random)).collect()))
        };
        let (rkyv, flat) = (put(Side::Rkyv, &mut random), put(Side::Flat, &mut random));
        Self::of(vec![Step::Create, rkyv, flat, Step::Backup(0)])
    }

    /// `len` steps of a program that is changed from release to release, beginning with the first.
    #[must_use]
    pub fn of_releases(seed: u64, len: usize) -> Self {
        let mut random = Random::new(seed);
        let step_at = |number: usize| match number {
            0 => Step::Create,
            1 => Step::One(Change::Grow(Growth::first(Side::Rkyv, &mut random))),
            2 => Step::One(Change::Grow(Growth::first(Side::Flat, &mut random))),
            number => {
                let life = (number - 3) * 1000 / (len - 3);
                let growth = Growth::new(side(&mut random), number, life, &mut random);
                Step::One(Change::Grow(growth))
            }
        };
        Self::of((0..len).map(step_at).collect())
    }

    /// Whether it is one of a program that is changed from release to release.
    #[must_use]
    pub fn has_releases(&self) -> bool {
        self.steps.iter().any(|step| matches!(step, Step::One(Change::Grow(_))))
    }

    fn of(steps: Vec<Step>) -> Self {
        let mut states = vec![State::default()];
        for step in &steps {
            let mut state = states[states.len() - 1].clone();
            step.changes().iter().for_each(|change| state.apply(change));
            states.push(state);
        }
        Self { steps, states }
    }

    /// Whether the step of this number, and all before it, is there after a crash once it is acknowledged. To change
    /// nothing in a table that was never written is no commit.
    #[must_use]
    pub fn is_durable(&self, number: usize) -> bool {
        self.steps[number].is_durable()
            && (number == 0 || self.states[number] != self.states[number + 1])
    }
}

impl Step {
    /// What it does to records.
    #[must_use]
    pub fn changes(&self) -> Vec<Change> {
        match self {
            Self::One(change) => vec![change.clone()],
            Self::Transaction(_, changes) => changes.clone(),
            Self::Create | Self::Backup(_) | Self::Compact | Self::Reopen => Vec::new(),
        }
    }

    /// Whether a table is now another one.
    #[must_use]
    pub fn replaces_table(&self) -> bool {
        self.changes().iter().any(Change::replaces_table)
    }

    const fn is_durable(&self) -> bool {
        matches!(self, Self::Create | Self::One(_) | Self::Transaction(Durability::Immediate, _))
    }
}

fn write_step(number: usize, random: &mut Random) -> Step {
    match random.below(10) {
        0..=3 => Step::One(change(number, random)),
        4..=5 => Step::One(stream(number, random)),
        kind => {
            let count = 1 + random.below(12);
            let durability = if kind >= 8 { Durability::None } else { Durability::Immediate };
            let changes = (0..count).map(|_| change_of_many(number, random)).collect();
            Step::Transaction(durability, changes)
        }
    }
}

/// Of few keys, so that some come twice.
fn stream(number: usize, random: &mut Random) -> Change {
    let (side, count) = (side(random), 1 + random.below(30));
    Change::Stream(side, (0..count).map(|_| row(number, random)).collect())
}

/// One change among others of a transaction.
fn change_of_many(number: usize, random: &mut Random) -> Change {
    match random.below(20) {
        0 => Change::Aside(side(random)),
        1 => stream(number, random),
        2..=3 => {
            let count = 1 + random.below(4);
            let mut changes: Vec<_> = (0..count).map(|_| change(number, random)).collect();
            if random.chance(300) {
                changes.push(Change::Aside(side(random)));
                changes.push(change(number, random));
            }
            Change::Undone(changes)
        }
        _ => change(number, random),
    }
}

fn change(number: usize, random: &mut Random) -> Change {
    let (side, id) = (side(random), random.below(IDS) as u32);
    let to = id + random.below(IDS / 4) as u32;
    match random.below(44) {
        0 => Change::Clear(side),
        40..=41 => Change::DeleteRows(side, id, to),
        42..=43 => Change::UpdateRows(side, id, to, (*random.one(&CITIES)).to_owned()),
        1..=11 => Change::Delete(side, id),
        12..=19 => Change::Update(side, id, (*random.one(&CITIES)).to_owned()),
        _ => Change::Put(side, row(number, random)),
    }
}

fn side(random: &mut Random) -> Side {
    *random.one(&[Side::Rkyv, Side::Flat])
}

fn row(number: usize, random: &mut Random) -> Row {
    let id = random.below(IDS) as u32;
    let note_len = match random.below(20) {
        0 => 5000 + random.below(15_000),
        1..=4 => 500 + random.below(1500),
        _ => random.below(100),
    };
    let letter = char::from(b'a' + random.below(26) as u8);
    let tag_count = random.below(3);
    Row {
        id,
        // Of its own for each record, so that no unique index refuses it.
        email: random.chance(700).then(|| format!("{id}@step{number}.example")),
        city: (*random.one(&CITIES)).to_owned(),
        tags: (0..tag_count).map(|tag| TAGS[(id as usize + tag) % TAGS.len()].to_owned()).collect(),
        note: letter.to_string().repeat(note_len),
    }
}
