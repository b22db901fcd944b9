//! The catalogue's header: what a build must know before it reads anything else in the file.
//!
//! ```text
//! "storage\0" │ format u32 │ need ␊ … need ␊ │ check u32
//! ```
//!
//! *This form never changes*, and neither does its key, so that every build can say of every file whether it is for
//! it: a file of another format, or with a need that it does not know, is not damaged, but newer or older.
//!
//! Little-endian. A need is a feature that whoever reads or writes the file must know, by its name, in UTF-8 and
//! followed by a line feed. `check` is the CRC-32 of all that stands before it, as zip files have it.

use crate::error::{CatalogDamage, Damage, FileDamage, OpenReason};

/// The version of the file format that this build reads and writes.
pub const FORMAT_VERSION: u32 = 2;

/// What every header begins with.
const MAGIC: [u8; 8] = *b"storage\0";
/// The needs that this build knows.
const KNOWN_NEEDS: [&str; 0] = [];
/// A header of format 1 behind its magic, without its checksum: it was sealed as values were.
const FORMAT_1: [u8; 6] = [1, 0, 0, 0, 1, 0];
const FORMAT_1_LEN: usize = MAGIC.len() + FORMAT_1.len() + size_of::<u32>();

/// The header of a new file.
pub(super) fn header() -> Vec<u8> {
    let mut row = MAGIC.to_vec();
    row.extend_from_slice(&FORMAT_VERSION.to_le_bytes());
    let check = crc32(&row);
    row.extend_from_slice(&check.to_le_bytes());
    row
}

/// Checks that `row` is the header of a file that this build reads and writes.
pub(super) fn check_header(row: &[u8]) -> Result<(), OpenReason> {
    let (format, needs) = read_header(row).map_err(|damage| {
        let is_format_1 = row.len() == FORMAT_1_LEN
            && row.strip_prefix(&MAGIC).is_some_and(|rest| rest.starts_with(&FORMAT_1));
        match is_format_1 {
            true => OpenReason::OlderFormat { found: 1, supported: FORMAT_VERSION },
            false => OpenReason::Damaged(FileDamage::Header(damage)),
        }
    })?;
    if format > FORMAT_VERSION {
        return Err(OpenReason::NewerFormat { found: format, supported: FORMAT_VERSION });
    }
    if format < FORMAT_VERSION {
        return Err(OpenReason::OlderFormat { found: format, supported: FORMAT_VERSION });
    }
    let is_unknown = |need: &&str| !KNOWN_NEEDS.contains(need);
    match String::from_utf8_lossy(needs).lines().find(is_unknown) {
        None => Ok(()),
        Some(need) => Err(OpenReason::UnknownNeed { need: need.to_owned() }),
    }
}

/// The format and the needs of a header that is what was written.
pub(super) fn read_header(row: &[u8]) -> Result<(u32, &[u8]), Damage> {
    let not_a_header = || Damage::Catalog(CatalogDamage::NotAHeader);
    if !row.starts_with(&MAGIC) {
        return Err(not_a_header());
    }
    let (content, check) = row.split_last_chunk().ok_or_else(not_a_header)?;
    if crc32(content) != u32::from_le_bytes(*check) {
        return Err(Damage::Checksum);
    }
    let rest = content.strip_prefix(&MAGIC).ok_or_else(not_a_header)?;
    let (format, needs) = rest.split_first_chunk().ok_or_else(not_a_header)?;
    Ok((u32::from_le_bytes(*format), needs))
}

/// CRC-32: the polynomial 0x04c11db7, its bits and those of the bytes in reverse, all ones at first and inverted at
/// the end.
fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 0 { crc >> 1 } else { crc >> 1 ^ 0xedb8_8320 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(format: u32, needs: &str) -> Vec<u8> {
        let mut row = [&MAGIC[..], &format.to_le_bytes(), needs.as_bytes()].concat();
        row.extend_from_slice(&crc32(&row).to_le_bytes());
        row
    }

    #[test]
    fn the_checksum_is_that_of_zip_files() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    /// These bytes are in every file.
    #[test]
    fn this_is_the_header() {
        let expected = *b"storage\0\x02\0\0\0\x98\x84#8";
        assert_eq!(header(), expected);
        assert_eq!(check_header(&expected), Ok(()));
    }

    #[test]
    fn what_is_not_for_this_build_is_not_called_damaged() {
        let supported = FORMAT_VERSION;
        for found in [3, 4, u32::MAX] {
            for needs in ["", "blocks\n", "\u{ff}"] {
                let newer = OpenReason::NewerFormat { found, supported };
                assert_eq!(check_header(&row(found, needs)), Err(newer));
            }
        }
        for found in [0, 1] {
            let older = OpenReason::OlderFormat { found, supported };
            assert_eq!(check_header(&row(found, "")), Err(older));
        }
        for (needs, need) in [("log\n", "log"), ("log\nblocks\n", "log"), ("no end", "no end")] {
            let unknown = OpenReason::UnknownNeed { need: need.into() };
            assert_eq!(check_header(&row(2, needs)), Err(unknown), "{needs:?}");
        }
        // As a build of format 1 wrote it.
        let older = OpenReason::OlderFormat { found: 1, supported };
        assert_eq!(check_header(b"storage\0\x01\0\0\0\x01\0\x12\x34\x56\x78"), Err(older));
    }

    #[test]
    fn every_damage_is_noticed() {
        for good in [header(), row(2, "log\n"), row(3, ""), row(3, "log\nblocks\n")] {
            for bit in 0..good.len() * 8 {
                let mut bad = good.clone();
                bad[bit / 8] ^= 1 << (bit % 8);
                let refused = check_header(&bad);
                assert!(matches!(refused, Err(OpenReason::Damaged(_))), "bit {bit}: {refused:?}");
            }
            for len in 0..good.len() {
                let refused = check_header(&good[..len]);
                assert!(matches!(refused, Err(OpenReason::Damaged(_))), "{len}: {refused:?}");
            }
        }
    }
}
