//! The record that all stores keep, and the ids that are asked for.

use rkyv::{Archive, Deserialize, Serialize};
use storage::StoredRecord;

/// About 107 bytes as rkyv writes it.
#[derive(Clone, Archive, Serialize, Deserialize, StoredRecord)]
#[store(codec = "rkyv", table = "records")]
pub struct Record {
    #[store(key)]
    pub id: u64,
    pub name: String,
    pub email: String,
    pub age: u32,
    pub score: f64,
    pub tags: Vec<String>,
}

/// Ages are below this.
pub const AGES: u32 = 80;

/// A scan looks for scores above this: 10 of 100.
pub const HIGH_SCORE: f64 = 90.0;

const FIRST_NAMES: [&str; 8] =
    ["Alexander", "Maria", "Jonathan", "Li", "Fatima", "Christopher", "Anna", "Guadalupe"];
const LAST_NAMES: [&str; 8] =
    ["Smith", "Garcia", "Featherstone", "Okonkwo", "Johansson", "Nguyen", "Kim", "Papadopoulos"];
const TAGS: [&str; 8] =
    ["admin", "beta", "newsletter", "eu-west", "us-east", "premium", "internal", "archived"];

/// The record `id`: the same in every run.
pub fn record(id: u64) -> Record {
    let mut random = fastrand::Rng::with_seed(id);
    let mut pick = |list: &[&'static str; 8]| list[random.usize(..8)];
    let (first, last) = (pick(&FIRST_NAMES), pick(&LAST_NAMES));
    let tags = vec![pick(&TAGS).to_owned(), pick(&TAGS).to_owned()];
    Record {
        id,
        name: format!("{first} {last}"),
        email: email(id),
        age: random.u32(..AGES),
        score: f64::from(random.u32(..1_000_000)) / 10_000.0,
        tags,
    }
}

/// The e-mail address of the record `id`.
pub fn email(id: u64) -> String {
    // Scattered, so that an index over it is not filled in order.
    format!("user{:016x}@example.com", mix(id))
}

/// The records below `count`.
pub fn records(count: u64) -> Vec<Record> {
    (0..count).map(record).collect()
}

/// `count` ids below `below`, all as likely.
pub fn uniform(count: usize, below: u64, seed: u64) -> Vec<u64> {
    let mut random = fastrand::Rng::with_seed(seed);
    (0..count).map(|_| random.u64(..below)).collect()
}

/// A bijection of 64 bits that scatters.
pub fn mix(id: u64) -> u64 {
    let mut x = id.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

/// Ranks after Zipf's law with exponent 0.99, as YCSB draws them (Gray et al., "Quickly generating billion-record
/// synthetic databases").
pub struct Zipf {
    count: f64,
    zeta: f64,
    eta: f64,
}

const THETA: f64 = 0.99;

impl Zipf {
    pub fn new(count: u64) -> Self {
        let zeta = |count: u64| (1..=count).map(|rank| (rank as f64).powf(-THETA)).sum::<f64>();
        let (all, two) = (zeta(count), zeta(2.min(count)));
        let count = count as f64;
        let eta = (1.0 - (2.0 / count).powf(1.0 - THETA)) / (1.0 - two / all);
        Self { count, zeta: all, eta }
    }

    /// A rank, 0 the most likely.
    pub fn rank(&self, random: &mut fastrand::Rng) -> u64 {
        let u = random.f64();
        let scaled = u * self.zeta;
        if scaled < 1.0 {
            return 0;
        }
        if scaled < 1.0 + 0.5_f64.powf(THETA) {
            return 1;
        }
        let rank = self.count * (self.eta * u - self.eta + 1.0).powf(1.0 / (1.0 - THETA));
        (rank as u64).min(self.count as u64 - 1)
    }

    /// The id of a rank: the likely ones lie scattered over all.
    pub fn id(&self, rank: u64) -> u64 {
        mix(rank) % self.count as u64
    }

    /// `count` ids.
    pub fn ids(&self, count: usize, seed: u64) -> Vec<u64> {
        let mut random = fastrand::Rng::with_seed(seed);
        (0..count).map(|_| self.id(self.rank(&mut random))).collect()
    }
}
