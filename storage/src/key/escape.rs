//! Byte strings that end: what text and bytes share.
//!
//! ```text
//! last    raw bytes, up to the end of the key
//! inner   bytes with every 00 written as 00 FF ‖ 00 00
//!
//! "a"     inner   61 00 00
//! "a\0b"  inner   61 00 FF 62 00 00
//! ```
//!
//! A zero byte is followed by 00 at the end and by FF within: a string that ends sorts before one that goes on.

use super::{KeyBuf, KeyReader, Place};
use crate::{error::KeyError, invariant::Invariant as _};
use std::borrow::Cow;

const ZERO: u8 = 0x00;
const ESCAPED: [u8; 2] = [ZERO, 0xFF];
const END: [u8; 2] = [ZERO, 0x00];

/// Appends `bytes` as a whole part.
#[inline]
pub(super) fn encode(bytes: &[u8], out: &mut KeyBuf, place: Place) {
    encode_start(bytes, out, place);
    if place == Place::Inner {
        out.extend(&END);
    }
}

/// Appends what every part that starts with `bytes` starts with.
#[inline]
pub(super) fn encode_start(bytes: &[u8], out: &mut KeyBuf, place: Place) {
    match place {
        Place::Last => out.extend(bytes),
        Place::Inner => {
            let mut runs = bytes.split(|byte| *byte == ZERO);
            out.extend(runs.next().invariant("a split has a first part"));
            for run in runs {
                out.extend(&ESCAPED);
                out.extend(run);
            }
        }
    }
}

/// Reads a part; borrowed when nothing in it is escaped.
#[inline]
pub(super) fn decode<'a>(
    input: &mut KeyReader<'a>,
    place: Place,
) -> Result<Cow<'a, [u8]>, KeyError> {
    if place == Place::Last {
        return Ok(Cow::Borrowed(input.take_rest()));
    }
    let mut bytes = Cow::Borrowed(take_run(input)?);
    loop {
        match input.take()? {
            END => return Ok(bytes),
            ESCAPED => {
                let bytes = bytes.to_mut();
                bytes.push(ZERO);
                bytes.extend_from_slice(take_run(input)?);
            }
            _ => return Err(KeyError::BadEscape),
        }
    }
}

/// The bytes before the next zero.
fn take_run<'a>(input: &mut KeyReader<'a>) -> Result<&'a [u8], KeyError> {
    let len = input.rest().iter().position(|byte| *byte == ZERO).ok_or(KeyError::Truncated)?;
    input.take_slice(len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(bytes: &[u8]) -> KeyBuf {
        let mut out = KeyBuf::new();
        encode(bytes, &mut out, Place::Inner);
        out
    }

    #[test]
    fn the_end_sorts_before_a_zero_and_a_zero_before_a_one() {
        assert!(inner(b"a") < inner(b"a\0"));
        assert!(inner(b"a\0") < inner(b"a\0\0"));
        assert!(inner(b"a\0\xFF") < inner(b"a\x01"));
    }

    #[test]
    fn only_escaped_bytes_are_copied() {
        let decode = |bytes: &[u8]| {
            let bytes = inner(bytes);
            let mut input = KeyReader::new(&bytes);
            matches!(decode(&mut input, Place::Inner), Ok(Cow::Borrowed(_)))
        };
        assert!(decode(b"plain"));
        assert!(!decode(b"with a \0"));
    }
}
