//! A cursor over encoded key bytes that cannot read past their end.

use crate::error::KeyError;

/// Reads an encoded key from front to back.
#[derive(Clone, Debug)]
pub struct KeyReader<'a> {
    rest: &'a [u8],
}

impl<'a> KeyReader<'a> {
    /// Starts at the first of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next `N` bytes.
    ///
    /// # Errors
    ///
    /// [`KeyError::Truncated`] when fewer are left.
    pub fn take<const N: usize>(&mut self) -> Result<[u8; N], KeyError> {
        let (taken, rest) = self.rest.split_first_chunk::<N>().ok_or(KeyError::Truncated)?;
        self.rest = rest;
        Ok(*taken)
    }

    /// The next `len` bytes.
    ///
    /// # Errors
    ///
    /// [`KeyError::Truncated`] when fewer are left.
    pub fn take_slice(&mut self, len: usize) -> Result<&'a [u8], KeyError> {
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(KeyError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    /// All bytes that are left.
    pub fn take_rest(&mut self) -> &'a [u8] {
        std::mem::take(&mut self.rest)
    }

    /// The bytes that are left, without taking them.
    #[must_use]
    pub const fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Checks that nothing is left.
    ///
    /// # Errors
    ///
    /// [`KeyError::TrailingBytes`] when something is.
    pub const fn finish(&self) -> Result<(), KeyError> {
        match self.rest.len() {
            0 => Ok(()),
            count => Err(KeyError::TrailingBytes { count }),
        }
    }
}
