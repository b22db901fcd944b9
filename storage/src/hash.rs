//! The hash of this crate, for checksums, fingerprints and look-ups in memory.
//!
//! [rapidhash](https://github.com/Nicoshev/rapidhash), version 3, in its smallest form (`rapidhashNano`): 64 bits, made
//! by multiplications alone, so they are the same on every machine. Files hold it: another hash is another file format.
//!
//! It notices accidents. Whoever chooses bytes on purpose can make two with one hash.
//!
//! `cargo bench -p bench --bench frame` compares it with others.

use rapidhash::v3::{DEFAULT_RAPID_SECRETS, RapidSecrets, rapidhash_v3_nano_inline};

/// What short keys are multiplied with: one of rapidhash's secrets.
const KEY_SECRET: u64 = 0x4b33_a62e_d433_d4a3;

/// Returns the hash of `bytes`, `rapidhashNano_withSeed`, for any `seed`.
#[inline]
pub(crate) fn hash(bytes: &[u8], seed: u64) -> u64 {
    rapidhash_v3_nano_inline::<true, false>(bytes, &RapidSecrets::seed_cpp(seed))
}

/// Returns the hash of `bytes` after what `before` is a hash of.
///
/// As [`hash`], without its first step, which mixes the seed: a hash is mixed.
#[inline]
pub(crate) fn chain(before: u64, bytes: &[u8]) -> u64 {
    let secrets = RapidSecrets { seed: before, ..DEFAULT_RAPID_SECRETS };
    rapidhash_v3_nano_inline::<true, false>(bytes, &secrets)
}

/// Returns the hash of `key` after what `before` is a hash of: that of [`chain`], but for keys of 4 to 16 bytes, where
/// one multiplication is enough.
///
/// Their first and last word, which may overlap, go into two factors, with `before` and the length. So no byte that
/// is hashed afterwards can make up for another key.
#[inline]
pub(crate) fn chain_key(before: u64, key: &[u8]) -> u64 {
    if key.len() <= 16 {
        if let (Some(first), Some(last)) = (key.first_chunk(), key.last_chunk()) {
            return chain_words(before, [first, last].map(|word| u64::from_le_bytes(*word)), key);
        }
        if let (Some(first), Some(last)) = (key.first_chunk(), key.last_chunk()) {
            let words = [first, last].map(|word| u32::from_le_bytes(*word).into());
            return chain_words(before, words, key);
        }
    }
    chain_long_key(before, key)
}

#[inline]
fn chain_words(before: u64, [first, last]: [u64; 2], key: &[u8]) -> u64 {
    let (a, b) = (before ^ first, KEY_SECRET ^ last.rotate_left(32) ^ widen(key.len()));
    // With the factors: a product of zero would say nothing of the other one.
    fold(a, b) ^ a ^ b
}

/// Apart from [`chain_key`], which is then short enough to be compiled into its callers.
#[inline(never)]
fn chain_long_key(before: u64, key: &[u8]) -> u64 {
    chain(before, key)
}

/// The two halves of a product, in one.
#[inline]
#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "the halves are meant")]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a).wrapping_mul(u128::from(b));
    product as u64 ^ (product >> 64) as u64
}

#[inline]
#[expect(clippy::as_conversions, reason = "no slice is longer than 64 bits can say")]
const fn widen(len: usize) -> u64 {
    len as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bytes without a period that a hash could fall into.
    fn bytes(len: usize) -> Vec<u8> {
        (0..len).map(|at| at.wrapping_mul(7).wrapping_add(3).to_le_bytes()[0]).collect()
    }

    /// Made with the C code of rapidhash, commit 92731ee.
    #[test]
    fn the_hash_is_that_of_the_reference() {
        for (len, seed_0, other_seed) in [
            (0, 0x0338_dc4b_e2ce_cdae, 0x565e_f32c_d8ef_b3dd),
            (1, 0xc693_9e8f_b007_09ff, 0x5ed8_3e26_08fc_233e),
            (3, 0x5655_e9f7_64e8_fb47, 0xc82e_b922_1b53_d004),
            (4, 0x4922_7fb2_f401_a8fc, 0xd814_8f84_9747_ec09),
            (7, 0xf8d2_bdfe_7f38_8df8, 0x15ed_25ef_1620_3477),
            (8, 0xf598_0b64_6f82_2e89, 0x1826_6e90_2877_7fa7),
            (16, 0xd0e6_8844_cb24_a480, 0x0203_11d9_259b_9e9e),
            (17, 0x7998_c836_066e_171b, 0x0f6d_b5ec_f711_d100),
            (48, 0x78e8_9226_6d50_2576, 0x4d15_5e31_fbf3_ddbc),
            (49, 0x3b64_ec2b_4166_561c, 0x843f_6c16_feaa_421e),
            (107, 0x0064_37cf_d8c5_88c4, 0x61cf_ba0a_a52c_9377),
            (300, 0xb5a7_ae7f_d810_cd1c, 0x4544_0442_7b58_e8af),
            (1024, 0x4e75_6c00_f13d_5d64, 0xb2ac_8a8b_6255_9cad),
        ] {
            assert_eq!(hash(&bytes(len), 0), seed_0, "{len} bytes");
            assert_eq!(hash(&bytes(len), 0x0123_4567_89ab_cdef), other_seed, "{len} bytes");
        }
    }

    /// Made with a few lines of Python.
    #[test]
    fn keys_have_the_hashes_that_files_hold() {
        for (len, expected) in [
            (0, 0xe93a_440e_b704_8d2e),
            (1, 0xf304_2364_0445_3357),
            (3, 0xc3db_c0b0_2dce_d49e),
            (4, 0xeb13_0a39_f525_ea8f),
            (5, 0xc72c_7a0c_3183_006a),
            (7, 0xc9dc_729a_b9ab_dced),
            (8, 0x4a5c_375b_fe4f_f469),
            (9, 0x229d_c5c0_610d_d864),
            (12, 0x27da_bb8c_5f09_6e55),
            (16, 0xa542_1b4e_0546_fcdc),
            (17, 0xbd38_07ca_f1f9_6642),
            (40, 0x00c6_e848_c355_a45a),
        ] {
            assert_eq!(chain_key(0x0123_4567_89ab_cdef, &bytes(len)), expected, "{len} bytes");
        }
    }

    #[test]
    fn a_chain_leaves_out_the_mixing_of_the_seed() {
        for (len, seed) in [(0, 0), (5, 7), (16, u64::MAX), (40, 1 << 40), (500, 0x55)] {
            let mixed = seed ^ fold(seed ^ KEY_SECRET, 0x8bb8_4b93_962e_acc9);
            assert_eq!(chain(mixed, &bytes(len)), hash(&bytes(len), seed), "{len} bytes");
        }
    }

    /// The one key whose factor is zero still counts, and so does what comes before it.
    #[test]
    fn no_key_is_blind() {
        let blind = (KEY_SECRET ^ 16).rotate_left(32).to_le_bytes();
        let key = |first: u64| [first.to_le_bytes(), blind].concat();
        assert_ne!(chain_key(1, &key(0)), chain_key(2, &key(0)));
        assert_ne!(chain_key(1, &key(0)), chain_key(1, &key(2)));
    }
}
