//! Values to MessagePack, as a field that is kept by serde holds it: the counterpart of `unpack`.

use super::Value;

/// How deeply values may lie in one another; what is deeper is not read again.
const DEPTH_MAX: usize = 64;

/// The bytes of `value`; `None` if it is nested too deeply, or too long.
pub(super) fn pack(value: &Value) -> Option<Vec<u8>> {
    let mut output = Output { bytes: Vec::new() };
    output.value(value, 0)?;
    Some(output.bytes)
}

struct Output {
    bytes: Vec<u8>,
}

impl Output {
    /// A marker and the bytes behind it.
    fn put(&mut self, marker: u8, bytes: &[u8]) {
        self.bytes.push(marker);
        self.bytes.extend_from_slice(bytes);
    }

    fn unsigned(&mut self, number: u64) {
        if let Ok(byte @ 0..=0x7f) = u8::try_from(number) {
            self.bytes.push(byte);
        } else if let Ok(number) = u8::try_from(number) {
            self.put(0xcc, &[number]);
        } else if let Ok(number) = u16::try_from(number) {
            self.put(0xcd, &number.to_be_bytes());
        } else if let Ok(number) = u32::try_from(number) {
            self.put(0xce, &number.to_be_bytes());
        } else {
            self.put(0xcf, &number.to_be_bytes());
        }
    }

    fn signed(&mut self, number: i64) {
        if let Ok(number) = u64::try_from(number) {
            self.unsigned(number);
        } else if let Ok(byte @ -32..=-1) = i8::try_from(number) {
            self.bytes.push(byte.cast_unsigned());
        } else if let Ok(number) = i8::try_from(number) {
            self.put(0xd0, &number.to_be_bytes());
        } else if let Ok(number) = i16::try_from(number) {
            self.put(0xd1, &number.to_be_bytes());
        } else if let Ok(number) = i32::try_from(number) {
            self.put(0xd2, &number.to_be_bytes());
        } else {
            self.put(0xd3, &number.to_be_bytes());
        }
    }

    /// How many bytes or elements follow: in the marker itself if `short` has room for it, or behind one of `markers`,
    /// for lengths of one byte, of two and of four.
    fn len(
        &mut self,
        len: usize,
        short: Option<(u8, usize)>,
        markers: [Option<u8>; 3],
    ) -> Option<()> {
        let [one, two, four] = markers;
        match (u8::try_from(len), u16::try_from(len), short) {
            (Ok(byte), _, Some((marker, most))) if len <= most => self.bytes.push(marker | byte),
            (Ok(byte), ..) if one.is_some() => self.put(one?, &[byte]),
            (_, Ok(word), _) => self.put(two?, &word.to_be_bytes()),
            _ => self.put(four?, &u32::try_from(len).ok()?.to_be_bytes()),
        }
        Some(())
    }

    fn text(&mut self, text: &str) -> Option<()> {
        self.len(text.len(), Some((0xa0, 31)), [Some(0xd9), Some(0xda), Some(0xdb)])?;
        self.bytes.extend_from_slice(text.as_bytes());
        Some(())
    }

    fn octets(&mut self, octets: &[u8]) -> Option<()> {
        self.len(octets.len(), None, [Some(0xc4), Some(0xc5), Some(0xc6)])?;
        self.bytes.extend_from_slice(octets);
        Some(())
    }

    fn members(&mut self, len: usize) -> Option<()> {
        self.len(len, Some((0x80, 15)), [None, Some(0xde), Some(0xdf)])
    }

    fn value(&mut self, value: &Value, depth: usize) -> Option<()> {
        let depth = depth.checked_add(1).filter(|depth| *depth <= DEPTH_MAX)?;
        match value {
            Value::Unit | Value::Option(None) => self.bytes.push(0xc0),
            Value::Bool(value) => self.bytes.push(if *value { 0xc3 } else { 0xc2 }),
            Value::Char(value) => self.text(value.encode_utf8(&mut [0; 4]))?,
            Value::Signed(number) => match i64::try_from(*number) {
                Ok(number) => self.signed(number),
                Err(_) => self.octets(&number.to_be_bytes())?,
            },
            Value::Unsigned(number) => match u64::try_from(*number) {
                Ok(number) => self.unsigned(number),
                Err(_) => self.octets(&number.to_be_bytes())?,
            },
            Value::F32(number) => self.put(0xca, &number.to_be_bytes()),
            Value::F64(number) => self.put(0xcb, &number.to_be_bytes()),
            Value::Text(text) => self.text(text)?,
            Value::Bytes(bytes) => self.octets(bytes)?,
            Value::Uuid(bytes) => self.octets(bytes)?,
            Value::Option(Some(inner)) => self.value(inner, depth)?,
            Value::List(values) | Value::Tuple(values) => {
                self.len(values.len(), Some((0x90, 15)), [None, Some(0xdc), Some(0xdd)])?;
                values.iter().try_for_each(|value| self.value(value, depth))?;
            }
            Value::Map(entries) => {
                self.members(entries.len())?;
                for (key, value) in entries {
                    self.value(key, depth)?;
                    self.value(value, depth)?;
                }
            }
            Value::Struct(fields) => {
                self.members(fields.len())?;
                for (name, value) in fields {
                    self.text(name)?;
                    self.value(value, depth)?;
                }
            }
            Value::Variant(name, None) => self.text(name)?,
            Value::Variant(name, Some(content)) => {
                self.members(1)?;
                self.text(name)?;
                self.value(content, depth)?;
            }
            Value::Time(time) => self.text(&time.to_string())?,
            Value::Ip(ip) => self.text(&ip.to_string())?,
            Value::Socket(socket) => self.text(&socket.to_string())?,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::unpack, *};

    #[test]
    fn what_is_packed_is_unpacked() {
        let numbers = [0, 31, 32, 127, 128, 255, 256, 65_535, 65_536, u64::MAX];
        let mut values: Vec<_> = numbers.map(|number| Value::Unsigned(number.into())).into();
        let below = [-1, -32, -33, -128, -129, -32_768, -32_769, i64::MIN];
        values.extend(below.map(|number| Value::Signed(number.into())));
        for len in [0, 15, 16, 31, 32, 255, 256, 65_535, 65_536] {
            values.push(Value::Text("x".repeat(len)));
            values.push(Value::Bytes(vec![7; len]));
            values.push(Value::List(vec![Value::Bool(true); len]));
            values.push(Value::Map(vec![(Value::Unsigned(1), Value::Option(None)); len]));
        }
        values.extend([Value::F32(1.5), Value::F64(-0.0)]);
        for value in values {
            let packed = pack(&value);
            assert_eq!(packed.and_then(|packed| unpack(&packed)), Some(value));
        }
        let deep = (0..DEPTH_MAX).fold(Value::Unit, |inner, _| Value::List(vec![inner]));
        assert_eq!(pack(&deep), None);
    }
}
