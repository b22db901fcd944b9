//! The check of a value: what it costs in other forms, what each of them misses, and what the length of the summed
//! blocks does to the projection of a long value.
//!
//! `cargo bench -p bench --bench frame`

use bench::compare;
use rapidhash::v3::{DEFAULT_RAPID_SECRETS, RapidSecrets, rapidhash_v3_micro_inline};
use std::hint::black_box;
use xxhash_rust::xxh3::xxh3_64_with_seed;

// Private there.
#[path = "../../storage/src/hash.rs"]
#[allow(dead_code, unused_imports, reason = "lints compile its tests with it, which run elsewhere")]
mod hash;

use self::hash::{chain, chain_key, hash as hash_of};

const SEED: u64 = 0x1234_5678_9abc_def1;

/// The check of a body under a key, in a table with this seed.
type Check = fn(u64, &[u8], &[u8]) -> u32;

/// As in files of format 1.
fn xxh3(seed: u64, key: &[u8], body: &[u8]) -> u32 {
    xxh3_64_with_seed(body, xxh3_64_with_seed(key, seed)) as u32
}

fn folded_xxh3(seed: u64, key: &[u8], body: &[u8]) -> u32 {
    xxh3_64_with_seed(body, chain_key(seed, key)) as u32
}

/// The key multiplied once, modulo 2^64, so that no two keys of 8 bytes have one seed.
fn affine(seed: u64, key: &[u8], body: &[u8]) -> u32 {
    let seed = match key.try_into().map(u64::from_le_bytes) {
        Ok(key) => (key ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_right(32),
        Err(_) => chain_key(seed, key),
    };
    chain(seed, body) as u32
}

fn micro(seed: u64, key: &[u8], body: &[u8]) -> u32 {
    let secrets = RapidSecrets { seed: chain_key(seed, key), ..DEFAULT_RAPID_SECRETS };
    rapidhash_v3_micro_inline::<true, false>(body, &secrets) as u32
}

/// What `storage` does with a body without sums.
fn shipped(seed: u64, key: &[u8], body: &[u8]) -> u32 {
    chain(chain_key(seed, key), body) as u32
}

const CHECKS: [(&str, Check); 5] = [
    ("XXH3 of the key and of the body", xxh3),
    ("key folded, XXH3", folded_xxh3),
    ("key multiplied modulo 2^64, rapidhashNano", affine),
    ("key folded, rapidhashMicro", micro),
    ("key folded, rapidhashNano (storage)", shipped),
];

/// Numbers without an order.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(1);
        hash_of(&self.0.to_le_bytes(), 7)
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.next() as u8).collect()
    }
}

type Values = Vec<([u8; 8], Vec<u8>)>;

/// Few enough values for the processor's first cache.
fn values(len: usize) -> Values {
    let mut random = Random(len as u64);
    let count = (20_000 / len as u64).max(2);
    (0..count).map(|key| (key.to_be_bytes(), random.bytes(len))).collect()
}

/// So many bytes are checked in a round.
const ROUND_LEN: usize = 4_000_000;

fn checked(values: &Values, check: impl Fn(&[u8], &[u8]) -> u32) {
    let len: usize = values.iter().map(|(_, body)| body.len() + 60).sum();
    for _ in 0..ROUND_LEN / len {
        for (key, body) in values {
            black_box(check(key, body));
        }
    }
}

fn costs() {
    for len in [30, 107, 300, 1024, 10_240] {
        let values = &values(len);
        let variants = CHECKS.map(|(name, check)| {
            let run: Box<dyn FnMut() + '_> =
                Box::new(move || checked(values, |key, body| check(SEED, key, body)));
            (name, run)
        });
        compare(&format!("check of {len} bytes under a key of 8"), 41, variants.into());
    }
}

/// What a projection verifies of a value of `len` bytes whose fields lie in its last 40, if a sum is for `BLOCK` bytes.
fn verify_end<const BLOCK: usize>(sums: &[u8], key: &[u8], body: &[u8]) -> u32 {
    let first = (body.len() - 40) / BLOCK;
    let blocks = body.chunks(BLOCK).skip(first);
    shipped(SEED, key, sums) ^ blocks.fold(0, |sum, block| sum ^ hash_of(block, 0) as u32)
}

fn verify_all<const BLOCK: usize>(sums: &[u8], key: &[u8], body: &[u8]) -> u32 {
    let blocks = body.chunks(BLOCK);
    shipped(SEED, key, sums) ^ blocks.fold(0, |sum, block| sum ^ hash_of(block, 0) as u32)
}

fn block_lengths() {
    // Values whose last blocks are of many lengths.
    let mut random = Random(1);
    let values: Values = (0..64_u64)
        .map(|key| (key.to_be_bytes(), random.bytes(9_800 + 8 * key as usize)))
        .collect();
    let (values, sums) = (&values, &random.bytes(16 * 1024));
    let all = |work: fn(&[u8], &[u8], &[u8]) -> u32, block: usize| {
        let run: Box<dyn FnMut() + '_> = Box::new(move || {
            checked(values, |key, body| work(&sums[..4 * body.len().div_ceil(block)], key, body));
        });
        run
    };
    let variants = vec![
        ("all, blocks of 1024", all(verify_all::<1024>, 1024)),
        ("all, blocks of 2048", all(verify_all::<2048>, 2048)),
        ("all, blocks of 512", all(verify_all::<512>, 512)),
        ("all, blocks of 256", all(verify_all::<256>, 256)),
        ("the last 40 bytes, blocks of 2048", all(verify_end::<2048>, 2048)),
        ("the last 40 bytes, blocks of 1024", all(verify_end::<1024>, 1024)),
        ("the last 40 bytes, blocks of 512", all(verify_end::<512>, 512)),
        ("the last 40 bytes, blocks of 256", all(verify_end::<256>, 256)),
    ];
    compare("verifying a value of 10 KB", 41, variants);
}

/// How often changes of one kind were tried, and how often a check did not notice.
#[derive(Clone, Copy, Default)]
struct Tried {
    missed: u64,
    tried: u64,
}

const CHANGES: [&str; 8] = [
    "one bit",
    "two bits",
    "a burst of 32 bits",
    "another key",
    "a bit of the key and one of the value",
    "another table or layout",
    "shorter, or its end zeroed",
    "two parts swapped",
];

/// Every single bit, and many of the other changes, at 23 lengths and with keys of six lengths.
fn missed(check: Check) -> [Tried; CHANGES.len()] {
    let mut tried = [Tried::default(); CHANGES.len()];
    let mut random = Random(3);
    let lens = [
        0, 1, 3, 4, 7, 8, 15, 16, 17, 30, 31, 32, 33, 48, 49, 96, 107, 128, 129, 240, 241, 500,
        1024,
    ];
    for (len, key_len) in lens.into_iter().flat_map(|len| [8, 4, 12, 16, 2, 21].map(|k| (len, k))) {
        let key = random.bytes(key_len);
        let mut good = random.bytes(len);
        let sum = check(SEED, &key, &good);
        good.extend_from_slice(&sum.to_le_bytes());
        let mut look = |kind: usize, seed: u64, other_key: &[u8], value: &[u8]| {
            if (seed, other_key, value) == (SEED, &key, &good) {
                return;
            }
            let (body, sum) = value.split_last_chunk().unwrap();
            tried[kind].tried += 1;
            tried[kind].missed +=
                u64::from(check(seed, other_key, body) == u32::from_le_bytes(*sum));
        };
        let bit_count = good.len() * 8;
        let flipped = |bytes: &[u8], bit: usize| {
            let mut bytes = bytes.to_vec();
            bytes[bit / 8] ^= 1 << (bit % 8);
            bytes
        };
        (0..bit_count).for_each(|bit| look(0, SEED, &key, &flipped(&good, bit)));
        (0..key_len * 8).for_each(|bit| look(3, SEED, &flipped(&key, bit), &good));
        (0..64).for_each(|bit| look(5, SEED ^ 1 << bit, &key, &good));
        for _ in 0..4000 {
            let one = flipped(&good, random.below(bit_count));
            look(1, SEED, &key, &flipped(&one, random.below(bit_count)));
            let mut burst = good.clone();
            let at = random.below(good.len() - 3);
            let bits = (random.next() as u32).to_le_bytes();
            burst[at..at + 4].iter_mut().zip(bits).for_each(|(byte, bits)| *byte ^= bits);
            look(2, SEED, &key, &burst);
            let mut other = key.clone();
            other[random.below(key_len)] = random.next() as u8;
            look(3, SEED, &other, &good);
            look(3, SEED, &key[..random.below(key_len)], &good);
            look(4, SEED, &flipped(&key, random.below(key_len * 8)), &one);
            look(5, random.next(), &key, &good);
            let cut = random.below(len + 1);
            look(6, SEED, &key, &[&good[..cut], &good[len..]].concat());
            let mut zeroed = good.clone();
            zeroed[cut..len].fill(0);
            look(6, SEED, &key, &zeroed);
            let part = [1, 2, 4, 8, 16][random.below(5)];
            if len / part > 1 {
                let mut swapped = good.clone();
                let (a, b) = (random.below(len / part) * part, random.below(len / part) * part);
                (0..part).for_each(|at| swapped.swap(a + at, b + at));
                look(7, SEED, &key, &swapped);
            }
        }
    }
    tried
}

#[expect(clippy::print_stdout, reason = "the result of a benchmark")]
fn misses() {
    for (name, check) in CHECKS {
        println!("missed by: {name}");
        for (change, Tried { missed, tried }) in CHANGES.iter().zip(missed(check)) {
            println!("  {change:<40} {missed:>6} of {tried}");
        }
    }
}

fn main() {
    costs();
    block_lengths();
    misses();
}
