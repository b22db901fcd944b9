use std::{
    collections::HashMap,
    num::{NonZeroIsize, NonZeroUsize},
    ops::Range,
};
use storage::StoredType;

#[derive(StoredType)]
#[store(codec = "rkyv")]
struct Split {
    id: u64,
    docs: usize,
    offsets: Option<Vec<isize>>,
    counts: HashMap<String, usize>,
    range: Range<isize>,
    width: NonZeroUsize,
    step: NonZeroIsize,
    bytes: [u8; usize::BITS as usize],
    both: (usize, isize),
}

#[derive(StoredType)]
#[store(crate = "::storage")]
enum Size {
    Rows(usize),
}

fn main() {}
