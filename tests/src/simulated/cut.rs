//! What a power cut leaves of the changes that were not synced.

use super::{Image, trace::Op};
use crate::random::Random;

/// Which of the changes that were not synced survive. Those that do are made in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cut {
    /// The first ones, and of the next, if it is a write, its first sectors.
    Prefix,
    /// Each or not.
    Changes,
    /// Each sector of this many bytes of each or not.
    Sectors(usize),
    /// All but one.
    AllButOne,
    /// One only.
    OnlyOne,
    /// None.
    Nothing,
    /// All.
    All,
    /// Each sector of this many bytes of each or not, and those of one write may hold anything. Not a file's first,
    /// which every engine needs to be written whole or not at all.
    Garbage(usize),
}

/// Every way.
pub const CUTS: [Cut; 9] = [
    Cut::Prefix,
    Cut::Changes,
    Cut::Sectors(512),
    Cut::Sectors(4096),
    Cut::AllButOne,
    Cut::OnlyOne,
    Cut::Nothing,
    Cut::All,
    Cut::Garbage(512),
];

impl Cut {
    /// What is left of `safe` and of the `pending` changes made to it since.
    #[must_use]
    pub fn leaves(self, safe: &Image, pending: &[&Op], random: &mut Random) -> Image {
        let mut image = safe.clone();
        let (count, share) = (pending.len(), random.below(1001));
        let one = if count == 0 { 0 } else { random.below(count) };
        match self {
            Self::Nothing => {}
            Self::All => pending.iter().for_each(|op| image.apply(op)),
            Self::OnlyOne => pending.iter().skip(one).take(1).for_each(|op| image.apply(op)),
            Self::AllButOne => {
                let others = pending.iter().enumerate().filter(|(number, _)| *number != one);
                others.for_each(|(_, op)| image.apply(op));
            }
            Self::Prefix => {
                pending[..one].iter().for_each(|op| image.apply(op));
                pending[one..].iter().take(1).for_each(|op| tear(&mut image, op, random));
            }
            Self::Changes => {
                pending.iter().filter(|_| random.chance(share)).for_each(|op| image.apply(op));
            }
            Self::Sectors(len) | Self::Garbage(len) => {
                for (number, op) in pending.iter().enumerate() {
                    let is_garbled = number == one && matches!(self, Self::Garbage(_));
                    scatter(&mut image, op, len, share, is_garbled, random);
                }
            }
        }
        image.forget_nameless();
        image
    }
}

/// Writes the first sectors of a write; what is not a write is done or not.
fn tear(image: &mut Image, op: &Op, random: &mut Random) {
    match op {
        Op::Write(file, offset, bytes) => {
            let sector_len = *random.one(&[512, 4096]);
            let kept = sector_len * random.below(bytes.len() / sector_len + 1);
            image.write(*file, *offset, &bytes[..kept]);
        }
        op => {
            if random.chance(500) {
                image.apply(op);
            }
        }
    }
}

/// Writes each sector of a write or not, `share` of 1000, or garbage in its place; other changes are made or not.
fn scatter(
    image: &mut Image,
    op: &Op,
    sector_len: usize,
    share: usize,
    is_garbled: bool,
    random: &mut Random,
) {
    let Op::Write(file, offset, bytes) = op else {
        if random.chance(share) {
            image.apply(op);
        }
        return;
    };
    let mut rest = &**bytes;
    let mut at = *offset;
    while !rest.is_empty() {
        // Sectors lie at multiples of their length in the file, wherever the write begins.
        let len = (sector_len - at as usize % sector_len).min(rest.len());
        let (sector, others) = rest.split_at(len);
        if random.chance(share) {
            image.write(*file, at, sector);
        }
        if is_garbled && at >= sector_len as u64 && random.chance(300) {
            let garbage: Vec<u8> = sector.iter().map(|_| random.next() as u8).collect();
            image.write(*file, at, &garbage);
        }
        rest = others;
        at += len as u64;
    }
}
