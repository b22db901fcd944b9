//! Whether bytes are one value of MessagePack: a pass over their lengths, before anybody believes them.

use crate::error::PackFault;

/// How deeply a value may be nested; more is refused when it is written and when it is read.
pub(super) const DEPTH_MAX: usize = 64;

/// Checks that `bytes` are one value: whole, with nothing behind it, and nested at most [`DEPTH_MAX`] levels deep.
pub(super) fn scan(bytes: &[u8]) -> Result<(), PackFault> {
    let mut rest = bytes;
    // How many values are still to come at each level.
    let mut open = vec![1_usize];
    while let Some(expected) = open.last_mut() {
        match expected.checked_sub(1) {
            Some(others) => *expected = others,
            None => {
                open.pop();
                continue;
            }
        }
        let (content, values) = head(&mut rest)?;
        take(&mut rest, content)?;
        if values > rest.len() {
            return Err(PackFault::Ends); // Each takes a byte at least.
        }
        if values > 0 {
            open.push(values);
            if open.len() > DEPTH_MAX {
                return Err(PackFault::Depth { max: DEPTH_MAX });
            }
        }
    }
    match rest.len() {
        0 => Ok(()),
        left => Err(PackFault::Follows { left }),
    }
}

/// Reads what a value begins with: how many bytes of content follow, and how many values it holds.
fn head(rest: &mut &[u8]) -> Result<(usize, usize), PackFault> {
    let marker = number::<1>(rest)?;
    let low = |mask: u8| marker & usize::from(mask);
    Ok(match marker {
        0x80..=0x8f => (0, low(0x0f).saturating_mul(2)),
        0x90..=0x9f => (0, low(0x0f)),
        0xa0..=0xbf => (low(0x1f), 0),
        0xc1 => return Err(PackFault::Unused),
        // Bytes and text, each by the width of its length.
        0xc4 | 0xd9 => (number::<1>(rest)?, 0),
        0xc5 | 0xda => (number::<2>(rest)?, 0),
        0xc6 | 0xdb => (number::<4>(rest)?, 0),
        // Extensions have a byte for their type.
        0xc7 => (number::<1>(rest)?.saturating_add(1), 0),
        0xc8 => (number::<2>(rest)?.saturating_add(1), 0),
        0xc9 => (number::<4>(rest)?.saturating_add(1), 0),
        // Numbers, and extensions of a fixed length.
        0xcc | 0xd0 => (1, 0),
        0xcd | 0xd1 | 0xd4 => (2, 0),
        0xd5 => (3, 0),
        0xca | 0xce | 0xd2 => (4, 0),
        0xd6 => (5, 0),
        0xcb | 0xcf | 0xd3 => (8, 0),
        0xd7 => (9, 0),
        0xd8 => (17, 0),
        0xdc => (0, number::<2>(rest)?),
        0xdd => (0, number::<4>(rest)?),
        0xde => (0, number::<2>(rest)?.saturating_mul(2)),
        0xdf => (0, number::<4>(rest)?.saturating_mul(2)),
        // A number, nothing, or a truth value, in the marker itself.
        _ => (0, 0),
    })
}

/// Reads a number of `N` bytes, the highest first.
fn number<const N: usize>(rest: &mut &[u8]) -> Result<usize, PackFault> {
    let bytes = take(rest, N)?;
    Ok(bytes.iter().fold(0, |number, byte| (number << 8) | usize::from(*byte)))
}

fn take<'a>(rest: &mut &'a [u8], len: usize) -> Result<&'a [u8], PackFault> {
    let (taken, others) = rest.split_at_checked(len).ok_or(PackFault::Ends)?;
    *rest = others;
    Ok(taken)
}
