//! Keys in the text of rows: two lower-case digits a byte.

use crate::key::KeyBuf;

pub(super) fn to_hex(key: &[u8]) -> String {
    let digits = key.iter().flat_map(|byte| [byte >> 4, byte & 0xF]);
    digits.filter_map(|digit| char::from_digit(digit.into(), 16)).collect()
}

/// The key that `digits` say; `None` if they say none.
pub(super) fn from_hex(mut digits: &str) -> Option<KeyBuf> {
    let mut key = KeyBuf::new();
    while !digits.is_empty() {
        let (byte, rest) = digits.split_at_checked(2)?;
        key.push(u8::from_str_radix(byte, 16).ok()?);
        digits = rest;
    }
    Some(key)
}
