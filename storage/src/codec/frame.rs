//! The frame of a stored value: its bytes, the number of their layout and checksums.
//!
//! ```text
//! up to 512 bytes    body                          │ layout u16 │ check u32
//! more               body │ sum u32 │ … │ sum u32  │ layout u16 │ check u32
//! ```
//!
//! All little-endian. A body of more than [`BLOCK_LEN`] bytes has one `sum` for each block of that length (the last
//! block is shorter): the low 32 bits of the block's hash. `check` is the low 32 bits of the hash of the sums, or of
//! the body where there are none, after the hash of the key, after the table's seal name and its layout (`hash.rs` has
//! the functions). So
//!
//! - a value under another key, in another table or of another layout is noticed, and
//! - reading a part of a long value costs the checksums of the blocks it lies in, not of the whole.
//!
//! `layout` counts the layouts that the values of a table had; each has a seal of its own, so a wrong number is noticed
//! as well. The body comes first, so that another program can read it as it is.

use crate::{
    error::Damage,
    hash::{chain, chain_key, hash},
    invariant::Invariant as _,
};
use std::{cell::Cell, ops::Range};

/// How many bytes of a body one sum is for: with less, whole values cost more and projections no less
/// (`docs/performance.md`).
const BLOCK_LEN: usize = 512;
/// A sum, or the check.
const SUM_LEN: usize = size_of::<u32>();
/// Layout and check.
const TRAILER_LEN: usize = size_of::<u16>() + SUM_LEN;
/// A block and its sum.
const SUMMED_BLOCK_LEN: usize = BLOCK_LEN + SUM_LEN;

/// The longest body in bytes; the engine takes values of up to 3 GiB.
pub(crate) const VALUE_LEN_MAX: usize = 2 * 1024 * 1024 * 1024;

/// What the values of one layout of one table are sealed with: nothing else opens them.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Seal {
    seed: u64,
    layout: u16,
}

/// A value taken apart; its checksums are not compared yet.
#[derive(Debug)]
pub struct Frame<'a> {
    pub(crate) body: &'a [u8],
    sums: &'a [u8],
    check: u32,
    seed: u64,
    /// Whether `check` was compared, and is right.
    is_checked: Cell<bool>,
}

/// The number of the layout that `value` says it has; not verified.
#[inline]
pub(crate) fn layout_number(value: &[u8]) -> Option<u16> {
    let [l0, l1, ..] = *value.last_chunk::<TRAILER_LEN>()?;
    Some(u16::from_le_bytes([l0, l1]))
}

impl Seal {
    /// The seal of the values of the table `table` that are laid out as `fingerprint` says; it is the table's layout
    /// with the number `layout`.
    pub(crate) fn new(table: &str, layout: u16, fingerprint: u64) -> Self {
        let seed = hash(&layout.to_le_bytes(), fingerprint);
        Self { seed: chain(seed, table.as_bytes()), layout }
    }

    /// The number of the layout that it is for.
    #[inline]
    pub(crate) const fn layout(self) -> u16 {
        self.layout
    }

    /// A seal for something that belongs to `part` of what this one is for.
    pub(crate) fn derive(self, part: &[u8]) -> Self {
        Self { seed: chain(self.seed, part), ..self }
    }

    /// Appends the trailer to `value`, which holds the body.
    pub(crate) fn close(self, key: &[u8], value: &mut Vec<u8>) {
        let body_len = value.len();
        if body_len > BLOCK_LEN {
            let sums: Vec<u8> =
                value.chunks(BLOCK_LEN).flat_map(|block| block_sum(block).to_le_bytes()).collect();
            value.extend_from_slice(&sums);
        }
        let summed =
            value.get(if body_len > BLOCK_LEN { body_len } else { 0 }..).unwrap_or_default();
        let check = low32(chain(chain_key(self.seed, key), summed));
        value.extend_from_slice(&self.layout.to_le_bytes());
        value.extend_from_slice(&check.to_le_bytes());
    }

    /// Seals a value anew that another seal has closed and that was not stored since; nothing is verified.
    pub(crate) fn close_again(self, key: &[u8], value: &[u8]) -> Vec<u8> {
        let content_len = value.len().saturating_sub(TRAILER_LEN);
        let body = body_len(content_len).and_then(|len| value.get(..len));
        let mut value = body.invariant("a value that was closed has a body").to_vec();
        self.close(key, &mut value);
        value
    }

    /// Takes `value` apart. Nothing is trusted before [`Frame::verify`] or [`Frame::verify_range`] returns `Ok`.
    ///
    /// # Errors
    ///
    /// [`Damage`] if `value` has a length that no sealed value has, or names another layout.
    #[inline]
    pub(crate) fn open<'a>(self, key: &[u8], value: &'a [u8]) -> Result<Frame<'a>, Damage> {
        let damage = || Damage::Length { len: value.len() };
        let (content, trailer) = value.split_last_chunk::<TRAILER_LEN>().ok_or_else(damage)?;
        let [l0, l1, c0, c1, c2, c3] = *trailer;
        let layout = u16::from_le_bytes([l0, l1]);
        if layout != self.layout {
            return Err(Damage::Layout { layout });
        }
        let body_len = body_len(content.len()).ok_or_else(damage)?;
        let (body, sums) = content.split_at_checked(body_len).ok_or_else(damage)?;
        let seed = chain_key(self.seed, key);
        let check = u32::from_le_bytes([c0, c1, c2, c3]);
        Ok(Frame { body, sums, check, seed, is_checked: Cell::new(false) })
    }

    /// Opens `value` and verifies all of it: the body.
    #[inline]
    pub(crate) fn verified<'a>(self, key: &[u8], value: &'a [u8]) -> Result<&'a [u8], Damage> {
        let frame = self.open(key, value)?;
        frame.verify()?;
        Ok(frame.body)
    }
}

impl<'a> Frame<'a> {
    /// The frame of a body that was verified before.
    pub(crate) const fn verified(body: &'a [u8]) -> Self {
        // Without sums, what is checked is checked as a whole.
        Self { body, sums: &[], check: 0, seed: 0, is_checked: Cell::new(true) }
    }
}

impl Frame<'_> {
    /// Whether verifying any part verifies all.
    pub(crate) const fn is_one_block(&self) -> bool {
        self.sums.is_empty()
    }

    /// Verifies the whole value.
    #[inline]
    pub(crate) fn verify(&self) -> Result<(), Damage> {
        self.verify_range(0..self.body.len())
    }

    /// Verifies the blocks that `range` of the body lies in; a value without sums is verified whole.
    #[inline]
    pub(crate) fn verify_range(&self, range: Range<usize>) -> Result<(), Damage> {
        self.verify_check()?;
        if self.sums.is_empty() { Ok(()) } else { self.verify_blocks(range) }
    }

    /// Compares `check`, once: a projection of many fields asks for many ranges.
    #[inline]
    fn verify_check(&self) -> Result<(), Damage> {
        if !self.is_checked.get() {
            let summed = if self.sums.is_empty() { self.body } else { self.sums };
            if low32(chain(self.seed, summed)) != self.check {
                return Err(Damage::Checksum);
            }
            self.is_checked.set(true);
        }
        Ok(())
    }

    /// The blocks that `range` of the body lies in.
    pub(crate) const fn blocks_of(range: &Range<usize>) -> Range<usize> {
        range.start / BLOCK_LEN..range.end.div_ceil(BLOCK_LEN)
    }

    fn verify_blocks(&self, range: Range<usize>) -> Result<(), Damage> {
        let wanted = Self::blocks_of(&range);
        // From the first of them on: to skip those before would take as long as there are.
        let body = self.body.get(wanted.start.saturating_mul(BLOCK_LEN)..).unwrap_or_default();
        let sums = self.sums.as_chunks::<SUM_LEN>().0.get(wanted.start..).unwrap_or_default();
        for (block, sum) in body.chunks(BLOCK_LEN).zip(sums).take(wanted.len()) {
            if block_sum(block) != u32::from_le_bytes(*sum) {
                return Err(Damage::Checksum);
            }
        }
        Ok(())
    }
}

fn block_sum(block: &[u8]) -> u32 {
    low32(hash(block, 0))
}

/// The low half of a hash.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "the low half is meant"
)]
const fn low32(hash: u64) -> u32 {
    hash as u32
}

/// The length of the body in `content_len` bytes of body and sums; `None` when no body has that length with its sums.
#[inline]
fn body_len(content_len: usize) -> Option<usize> {
    if content_len <= BLOCK_LEN {
        return Some(content_len);
    }
    let block_count = content_len.div_ceil(SUMMED_BLOCK_LEN);
    let body_len = content_len.checked_sub(block_count.checked_mul(SUM_LEN)?)?;
    (body_len > BLOCK_LEN && body_len.div_ceil(BLOCK_LEN) == block_count).then_some(body_len)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sealed(body: &[u8]) -> (Seal, Vec<u8>) {
        let seal = Seal::new("table", 3, 7);
        let mut value = body.to_vec();
        seal.close(b"key", &mut value);
        (seal, value)
    }

    #[test]
    fn every_length_round_trips() {
        for len in (0..3000).chain([10_239, 10_240, 10_241, 100_000]) {
            let body: Vec<u8> = (0..=250_u8).cycle().take(len).collect();
            let (seal, value) = sealed(&body);
            let frame = seal.open(b"key", &value).unwrap();
            assert_eq!(frame.body, &body[..], "{len}");
            frame.verify().unwrap();
        }
    }

    #[test]
    fn every_bit_counts() {
        for len in [0, 1, 100, 512, 513, 1024, 1025, 3000] {
            let (seal, value) = sealed(&vec![0x5a; len]);
            for bit in 0..value.len() * 8 {
                let mut damaged = value.clone();
                damaged[bit / 8] ^= 1 << (bit % 8);
                assert!(seal.verified(b"key", &damaged).is_err(), "length {len}, bit {bit}");
            }
        }
    }

    #[test]
    fn key_table_and_layout_count() {
        let (seal, value) = sealed(b"body");
        assert!(seal.verified(b"key", &value).is_ok());
        assert!(seal.verified(b"kez", &value).is_err());
        assert!(Seal::new("table", 3, 8).verified(b"key", &value).is_err());
        assert!(Seal::new("table", 4, 7).verified(b"key", &value).is_err());
        assert!(Seal::new("tables", 3, 7).verified(b"key", &value).is_err());
    }

    #[test]
    fn a_range_verifies_its_blocks_and_no_others() {
        let (seal, mut value) = sealed(&vec![1; 5000]);
        value[2100] ^= 1;
        let frame = seal.open(b"key", &value).unwrap();
        assert!(frame.verify_range(0..2048).is_ok());
        assert!(frame.verify_range(2560..5000).is_ok());
        assert!(frame.verify_range(2047..2049).is_err());
        assert!(frame.verify_range(2559..2561).is_err());
        assert!(frame.verify().is_err());
    }

    #[test]
    fn damaged_sums_are_refused_each_time() {
        let (seal, mut value) = sealed(&vec![1; 5000]);
        value[5001] ^= 1;
        let frame = seal.open(b"key", &value).unwrap();
        for range in [0..10, 0..10, 3072..5000, 0..0] {
            assert!(frame.verify_range(range.clone()).is_err(), "{range:?}");
        }
    }

    #[test]
    fn truncated_values_are_refused() {
        let (seal, value) = sealed(&vec![1; 5000]);
        for len in 0..value.len() {
            assert!(seal.verified(b"key", &value[..len]).is_err(), "{len}");
        }
    }
}
