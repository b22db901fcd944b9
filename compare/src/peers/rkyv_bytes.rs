//! rkyv's bytes as programs without `storage` write and read them.

use crate::records::{ArchivedRecord, Record};
use rkyv::{rancor::Error, util::AlignedVec};

pub fn encode(record: &Record) -> AlignedVec {
    rkyv::to_bytes::<Error>(record).unwrap()
}

/// Lends `read` the record in `bytes` after rkyv's check.
pub fn checked<T>(bytes: &[u8], read: impl FnOnce(&ArchivedRecord) -> T) -> T {
    aligned(bytes, |bytes| read(rkyv::access::<ArchivedRecord, Error>(bytes).unwrap()))
}

/// Lends `read` the record in `bytes` without any check: the floor.
///
/// # Safety
///
/// `bytes` are what [`encode`] made.
#[expect(unsafe_code, reason = "the floor reads unchecked")]
pub unsafe fn unchecked<T>(bytes: &[u8], read: impl FnOnce(&ArchivedRecord) -> T) -> T {
    // SAFETY: the caller vouches for the bytes, and `aligned` for where they lie.
    aligned(bytes, |bytes| read(unsafe { rkyv::access_unchecked::<ArchivedRecord>(bytes) }))
}

/// The record in `bytes`, owned.
pub fn decode(bytes: &[u8]) -> Record {
    aligned(bytes, |bytes| rkyv::from_bytes::<Record, Error>(bytes).unwrap())
}

/// Lends `read` the bytes where they lie, or a copy at an aligned address. With rkyv's `unaligned` every address is.
fn aligned<T>(bytes: &[u8], read: impl FnOnce(&[u8]) -> T) -> T {
    if bytes.as_ptr().align_offset(align_of::<ArchivedRecord>()) == 0 {
        return read(bytes);
    }
    let mut copy = AlignedVec::<16>::with_capacity(bytes.len());
    copy.extend_from_slice(bytes);
    read(&copy)
}
