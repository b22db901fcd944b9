//! MessagePack to values: what a field kept by serde holds.

use super::Value;

/// How deeply values may lie in one another; those that this crate writes do at most so.
const DEPTH_MAX: usize = 64;

/// The value that `bytes` are; `None` if they are none, or more than one.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Value> {
    let mut input = Input { rest: bytes };
    let value = input.value(0)?;
    input.rest.is_empty().then_some(value)
}

struct Input<'b> {
    rest: &'b [u8],
}

impl<'b> Input<'b> {
    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.rest.split_at_checked(len)?;
        self.rest = rest;
        Some(taken)
    }

    /// A number of `len` bytes, the highest first.
    fn unsigned(&mut self, len: usize) -> Option<u64> {
        Some(self.take(len)?.iter().fold(0, |number, byte| (number << 8) | u64::from(*byte)))
    }

    fn signed(&mut self, len: u32) -> Option<Value> {
        let raw = self.unsigned(usize::try_from(len).ok()?)?;
        let spare = u64::BITS.saturating_sub(len.saturating_mul(8));
        let number = raw.wrapping_shl(spare).cast_signed().wrapping_shr(spare);
        Some(Value::Signed(number.into()))
    }

    fn len(&mut self, len: usize) -> Option<usize> {
        usize::try_from(self.unsigned(len)?).ok()
    }

    fn text(&mut self, len: usize) -> Option<Value> {
        Some(Value::Text(str::from_utf8(self.take(len)?).ok()?.to_owned()))
    }

    fn bytes(&mut self, len: usize) -> Option<Value> {
        Some(Value::Bytes(self.take(len)?.to_vec()))
    }

    fn list(&mut self, len: usize, depth: usize) -> Option<Value> {
        let mut values = Vec::new();
        for _ in 0..len {
            values.push(self.value(depth)?);
        }
        Some(Value::List(values))
    }

    /// A map: an object, if all of its keys are text.
    fn map(&mut self, len: usize, depth: usize) -> Option<Value> {
        let mut entries = Vec::new();
        for _ in 0..len {
            entries.push((self.value(depth)?, self.value(depth)?));
        }
        Some(Value::Map(entries))
    }

    fn value(&mut self, depth: usize) -> Option<Value> {
        let depth = depth.checked_add(1).filter(|depth| *depth <= DEPTH_MAX)?;
        let marker = *self.take(1)?.first()?;
        let low = |mask: u8| usize::from(marker & mask);
        match marker {
            0x00..=0x7f => Some(Value::Unsigned(marker.into())),
            0x80..=0x8f => self.map(low(0x0f), depth),
            0x90..=0x9f => self.list(low(0x0f), depth),
            0xa0..=0xbf => self.text(low(0x1f)),
            0xc0 => Some(Value::Option(None)),
            0xc1 => None,
            0xc2 | 0xc3 => Some(Value::Bool(marker == 0xc3)),
            0xc4 => self.len(1).and_then(|len| self.bytes(len)),
            0xc5 => self.len(2).and_then(|len| self.bytes(len)),
            0xc6 => self.len(4).and_then(|len| self.bytes(len)),
            // Extensions, with their type before their bytes.
            0xc7 => self.len(1).and_then(|len| self.bytes(len.saturating_add(1))),
            0xc8 => self.len(2).and_then(|len| self.bytes(len.saturating_add(1))),
            0xc9 => self.len(4).and_then(|len| self.bytes(len.saturating_add(1))),
            0xca => {
                let bits = u32::try_from(self.unsigned(4)?).ok()?;
                Some(Value::F32(f32::from_bits(bits)))
            }
            0xcb => Some(Value::F64(f64::from_bits(self.unsigned(8)?))),
            0xcc => Some(Value::Unsigned(self.unsigned(1)?.into())),
            0xcd => Some(Value::Unsigned(self.unsigned(2)?.into())),
            0xce => Some(Value::Unsigned(self.unsigned(4)?.into())),
            0xcf => Some(Value::Unsigned(self.unsigned(8)?.into())),
            0xd0 => self.signed(1),
            0xd1 => self.signed(2),
            0xd2 => self.signed(4),
            0xd3 => self.signed(8),
            0xd4 => self.bytes(2),
            0xd5 => self.bytes(3),
            0xd6 => self.bytes(5),
            0xd7 => self.bytes(9),
            0xd8 => self.bytes(17),
            0xd9 => self.len(1).and_then(|len| self.text(len)),
            0xda => self.len(2).and_then(|len| self.text(len)),
            0xdb => self.len(4).and_then(|len| self.text(len)),
            0xdc => self.len(2).and_then(|len| self.list(len, depth)),
            0xdd => self.len(4).and_then(|len| self.list(len, depth)),
            0xde => self.len(2).and_then(|len| self.map(len, depth)),
            0xdf => self.len(4).and_then(|len| self.map(len, depth)),
            0xe0..=0xff => Some(Value::Signed(marker.cast_signed().into())),
        }
    }
}
