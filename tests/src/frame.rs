//! The frame of a stored value, written as the specifications in `storage/src/hash.rs`, `storage/src/codec/frame.rs`
//! and `storage/src/catalog` say, without the crate's own code.

use storage::Storage;

/// How many bytes of a body one sum is for.
pub const BLOCK_LEN: usize = 512;
/// Number of the layout and check.
pub const TRAILER_LEN: usize = 6;

/// The catalogue's header of a file of format `format`.
#[must_use]
pub fn catalog_header(format: u32) -> Vec<u8> {
    catalog_header_with(format, "")
}

/// The same with `needs`, each of them a line.
#[must_use]
pub fn catalog_header_with(format: u32, needs: &str) -> Vec<u8> {
    let mut row = b"storage\0".to_vec();
    row.extend_from_slice(&format.to_le_bytes());
    row.extend_from_slice(needs.as_bytes());
    let mut crc = u32::MAX;
    for byte in &row {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    row.extend_from_slice(&(!crc).to_le_bytes());
    row
}

/// The layout fingerprint of a table: the hash of its catalogue entry.
#[must_use]
pub fn layout_fingerprint(store: &Storage, table: &str) -> u64 {
    let row = store.backend().get("$catalog", table.as_bytes(), <[u8]>::to_vec);
    let row = row.expect("the catalogue is read").expect("the table was written");
    let text = std::str::from_utf8(body(&row)).expect("an entry is text");
    hash(text.as_bytes(), 0)
}

/// What the entries of an index are sealed with besides the name: its line in the catalogue, and the key of its table.
#[must_use]
pub fn index_fingerprint(store: &Storage, table: &str, index: &str) -> u64 {
    let key = [table.as_bytes(), b"\0I", index.as_bytes()].concat();
    let text = |key: &[u8]| {
        let row = store.backend().get("$catalog", key, <[u8]>::to_vec);
        let row = row.expect("the catalogue is read").expect("the table was written");
        String::from_utf8(body(&row).to_vec()).expect("an entry is text")
    };
    let entry = text(table.as_bytes());
    let fact = |subject: &str| {
        let mut facts =
            entry.lines().filter_map(|line| line.strip_prefix(subject)?.strip_prefix(" = "));
        facts.next().expect("every entry has it").to_owned()
    };
    let of_key = format!("{}\n{}", fact("key encoding"), fact("key"));
    hash(text(&key).as_bytes(), hash(of_key.as_bytes(), 0))
}

/// The body of a sealed value.
#[must_use]
pub fn body(value: &[u8]) -> &[u8] {
    let content = &value[..value.len() - TRAILER_LEN];
    match content.len() {
        0..=BLOCK_LEN => content,
        len => &content[..len - 4 * len.div_ceil(BLOCK_LEN + 4)],
    }
}

/// Seals a value, which holds the body.
pub fn seal(table: &[u8], layout_fingerprint: u64, key: &[u8], layout: u16, value: &mut Vec<u8>) {
    let layout = layout.to_le_bytes();
    let mut summed = value.clone();
    if value.len() > BLOCK_LEN {
        let sums = value.chunks(BLOCK_LEN).map(|block| hash(block, 0) as u32);
        summed = sums.flat_map(u32::to_le_bytes).collect();
        value.extend_from_slice(&summed);
    }
    let seed = chain_key(chain(hash(&layout, layout_fingerprint), table), key);
    value.extend_from_slice(&layout);
    value.extend_from_slice(&(chain(seed, &summed) as u32).to_le_bytes());
}

const SECRETS: [u64; 3] = [0x2d35_8dcc_aa6c_78a5, 0x8bb8_4b93_962e_acc9, 0x4b33_a62e_d433_d4a3];

fn product(a: u64, b: u64) -> (u64, u64) {
    let product = u128::from(a) * u128::from(b);
    (product as u64, (product >> 64) as u64)
}

fn mix(a: u64, b: u64) -> u64 {
    let (low, high) = product(a, b);
    low ^ high
}

fn word(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("8 bytes"))
}

fn half(bytes: &[u8], at: usize) -> u64 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("4 bytes")).into()
}

/// `rapidhashNano_withSeed`.
#[must_use]
pub fn hash(bytes: &[u8], seed: u64) -> u64 {
    chain(seed ^ mix(seed ^ SECRETS[2], SECRETS[1]), bytes)
}

/// The same without the mixing of the seed.
fn chain(mut seed: u64, bytes: &[u8]) -> u64 {
    let len = bytes.len();
    let mut rest = bytes;
    let (a, b) = match len {
        0 => (0, 0),
        1..=3 => (u64::from(bytes[0]) << 45 | u64::from(bytes[len - 1]), bytes[len / 2].into()),
        4..=7 => (half(bytes, 0), half(bytes, len - 4)),
        8..=16 => (word(bytes, 0), word(bytes, len - 8)),
        _ => {
            let mut lanes = [seed; 3];
            while rest.len() > 48 {
                for (lane, state) in lanes.iter_mut().enumerate() {
                    let (a, b) = (word(rest, 16 * lane), word(rest, 16 * lane + 8));
                    *state = mix(a ^ SECRETS[lane], b ^ *state);
                }
                rest = &rest[48..];
            }
            if len > 48 {
                seed = lanes[0] ^ lanes[1] ^ lanes[2];
            }
            for at in [0, 16] {
                if rest.len() > at + 16 {
                    seed = mix(word(rest, at) ^ SECRETS[2], word(rest, at + 8) ^ seed);
                }
            }
            (word(bytes, len - 16) ^ rest.len() as u64, word(bytes, len - 8))
        }
    };
    if (4..=16).contains(&len) {
        seed ^= len as u64;
    }
    let (a, b) = product(a ^ SECRETS[1], b ^ seed);
    mix(a ^ 0xaaaa_aaaa_aaaa_aaaa, b ^ SECRETS[1] ^ rest.len() as u64)
}

/// The hash of a key after `before`.
fn chain_key(before: u64, key: &[u8]) -> u64 {
    let len = key.len();
    let (first, last) = match len {
        4..=7 => (half(key, 0), half(key, len - 4)),
        8..=16 => (word(key, 0), word(key, len - 8)),
        _ => return chain(before, key),
    };
    let (a, b) = (before ^ first, SECRETS[2] ^ last.rotate_left(32) ^ len as u64);
    mix(a, b) ^ a ^ b
}
