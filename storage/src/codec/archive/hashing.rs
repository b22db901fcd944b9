//! Where rkyv 0.8 puts an entry of a hash table: by the hash of its key, which Rust's types of these shapes have.

use super::{source::GROUP, value::HashTable};
use crate::{
    schema::{Scalar, Shape},
    value::Value,
};

/// The control byte of a bucket that has nothing in it.
const EMPTY: u8 = 0xff;

/// The hash of a key of the type `shape`; `None` if only the type knows how it is hashed.
pub(super) fn hash_of(shape: &Shape, key: &Value) -> Option<u64> {
    let mut hash = Hash(0);
    hash.add(shape, key)?;
    Some(hash.0)
}

/// `FxHasher64` of rkyv.
struct Hash(u64);

impl Hash {
    fn word(&mut self, word: u64) {
        const SEED: u64 = 0x51_7c_c1_b7_27_22_0a_95;
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(SEED);
    }

    fn bytes(&mut self, bytes: &[u8]) {
        let mut rest = bytes;
        while let Some((word, more)) = rest.split_first_chunk() {
            self.word(u64::from_le_bytes(*word));
            rest = more;
        }
        if let Some((word, more)) = rest.split_first_chunk() {
            self.word(u32::from_le_bytes(*word).into());
            rest = more;
        }
        if let Some((word, more)) = rest.split_first_chunk() {
            self.word(u16::from_le_bytes(*word).into());
            rest = more;
        }
        if let [byte] = rest {
            self.word((*byte).into());
        }
    }

    fn add(&mut self, shape: &Shape, key: &Value) -> Option<()> {
        match (shape, key) {
            (Shape::Boxed(inner), key) => self.add(inner, key)?,
            (Shape::Scalar(scalar) | Shape::NonZero(scalar), key) => self.number(*scalar, key)?,
            (Shape::Text, Value::Text(text)) => {
                self.bytes(text.as_bytes());
                self.word(0xff);
            }
            (Shape::Tuple(parts), Value::Tuple(values)) if parts.len() == values.len() => {
                parts.iter().zip(values).try_for_each(|(part, value)| self.add(part, value))?;
            }
            _ => return None,
        }
        Some(())
    }

    fn number(&mut self, scalar: Scalar, key: &Value) -> Option<()> {
        let bits = match key {
            Value::Bool(value) => u128::from(*value),
            Value::Char(value) => u32::from(*value).into(),
            Value::Signed(number) => number.cast_unsigned(),
            Value::Unsigned(number) => *number,
            _ => return None,
        };
        let low = |bits: u128| u64::try_from(bits & u128::from(u64::MAX)).unwrap_or_default();
        match scalar {
            Scalar::F32 | Scalar::F64 => return None,
            Scalar::I128 | Scalar::U128 => {
                self.word(low(bits));
                self.word(low(bits >> 64));
            }
            scalar => {
                let len = u32::try_from(scalar.width()).unwrap_or(8).saturating_mul(8);
                self.word(low(bits) & (u64::MAX >> u64::BITS.saturating_sub(len)));
            }
        }
        Some(())
    }
}

/// The table of entries with the hashes of their keys, in the order in which they come.
pub(super) fn hash_table<T>(entries: Vec<(u64, T)>) -> HashTable<'static, T> {
    let len = entries.len();
    if len == 0 {
        return HashTable { buckets: Vec::new(), controls: Vec::new().into() };
    }
    // Seven of eight buckets are full, and one is empty at least.
    let capacity = (len.saturating_mul(8) / 7).max(len.saturating_add(1));
    let probed = capacity.next_multiple_of(GROUP);
    let mut controls = vec![EMPTY; probed.saturating_add(GROUP).saturating_sub(1)];
    let mask = controls.len().next_power_of_two().saturating_sub(1);
    let mut buckets: Vec<Option<T>> = (0..capacity).map(|_| None).collect();
    for (hash, entry) in entries {
        let number = empty_bucket(hash, &controls, capacity, probed, mask);
        let control = u8::try_from(hash >> 57).unwrap_or_default();
        // The first controls stand behind the last once more, for groups that go over the end.
        for at in [number, capacity.saturating_add(number)] {
            if let Some(place) = controls.get_mut(at) {
                *place = control;
            }
        }
        if let Some(bucket) = buckets.get_mut(number) {
            *bucket = Some(entry);
        }
    }
    HashTable { buckets, controls: controls.into() }
}

/// The first empty bucket in the groups that are looked at for `hash`.
fn empty_bucket(hash: u64, controls: &[u8], capacity: usize, probed: usize, mask: usize) -> usize {
    let first = hash.checked_rem(u64::try_from(capacity).unwrap_or(u64::MAX)).unwrap_or_default();
    let mut at = usize::try_from(first).unwrap_or_default();
    let mut stride = 0_usize;
    loop {
        let group = controls.get(at..).and_then(|rest| rest.get(..GROUP)).unwrap_or_default();
        if let Some(found) = group.iter().position(|control| *control == EMPTY) {
            return at.saturating_add(found).checked_rem(capacity).unwrap_or_default();
        }
        loop {
            stride = stride.saturating_add(GROUP);
            at = at.saturating_add(stride) & mask;
            if at < probed {
                break;
            }
        }
    }
}
