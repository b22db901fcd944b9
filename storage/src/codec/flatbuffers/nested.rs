//! Buffers that are nested in a field of flatc's tables: its verifier takes them for bytes, its accessors for tables.
//!
//! They wait for their turn in a list, so that no depth of nesting takes stack. Their bytes count against one budget:
//! it bounds the work, however deeply they lie in one another and however many tables share one.

use super::flatc::FlatbuffersType;
use crate::error::{DecodeError, FlatFault};

/// How many times its length in bytes a value may have in nested buffers; one that several tables share counts for
/// each of them.
const NESTED_MAX: usize = 16;

/// A table that flatc generated, as its verifier and its accessors see it.
///
/// Implemented by [`flatbuffers_type!`](crate::flatbuffers_type).
///
/// # Safety
///
/// When `verify` returns `Ok`, every access of the table and of those it leads to is defined, at any address, but for
/// those that follow a nested buffer; and `verify` pushed the bytes of each nested buffer that they can follow, with
/// the type that they follow it as.
#[expect(unsafe_code, reason = "the adapter vouches for the format")]
pub unsafe trait FlatcTable: FlatbuffersType {
    /// Verifies `bytes`, returns the table at their root, and pushes the buffers nested in it.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] with what the verifier says.
    fn verify<'a>(
        bytes: &'a [u8],
        nested: &mut NestedBuffers<'a>,
    ) -> Result<Self::View<'a>, DecodeError>;
}

/// The buffers nested in a value under verification, as [`flatbuffers_type!`](crate::flatbuffers_type) has them
/// handed over.
#[derive(Debug)]
pub struct NestedBuffers<'a> {
    waiting: Vec<Nested<'a>>,
    /// How many bytes may still come; `None` when more came.
    budget: Option<usize>,
}

#[derive(Debug)]
struct Nested<'a> {
    field: &'static str,
    bytes: &'a [u8],
    verify: Verify<'a>,
}

type Verify<'a> = fn(&'a [u8], &mut NestedBuffers<'a>) -> Result<(), DecodeError>;

impl<'a> NestedBuffers<'a> {
    /// Hands over the `bytes` of the field `field`, whose accessor reads them as a `V`.
    pub fn push<V: FlatcTable>(&mut self, field: &'static str, bytes: &'a [u8]) {
        self.budget = self.budget.and_then(|budget| budget.checked_sub(bytes.len()));
        if self.budget.is_some() {
            let verify: Verify<'a> = |bytes, nested| V::verify(bytes, nested).map(|_| ());
            self.waiting.push(Nested { field, bytes, verify });
        }
    }

    /// Verifies `bytes` with all buffers that are nested in them, and returns the table at their root.
    ///
    /// # Errors
    ///
    /// [`DecodeError`] with what the verifier found, and in the field of which nested buffer.
    #[doc(hidden)]
    pub fn verified<V: FlatcTable>(bytes: &'a [u8]) -> Result<V::View<'a>, DecodeError> {
        let budget = Some(bytes.len().saturating_mul(NESTED_MAX));
        let mut nested = Self { waiting: Vec::new(), budget };
        let view = V::verify(bytes, &mut nested)?;
        while let Some(Nested { field, bytes, verify }) = nested.waiting.pop() {
            verify(bytes, &mut nested).map_err(|fault| fault.in_nested_buffer(field))?;
        }
        match nested.budget {
            Some(_) => Ok(view),
            None => Err(FlatFault::Budget.into()),
        }
    }
}
