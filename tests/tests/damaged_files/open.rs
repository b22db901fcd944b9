//! Damage that is done while the store is open, below everything that could notice it but the sums of its pages.

use super::{
    probe::{Found, probe},
    store::{PAGE, PATH, Sample, files_of},
};
use std::{panic, path::Path};
use storage::{
    OpenOptions, Storage, Verify,
    backend::{FileSystem as _, MemoryFiles},
};
use tests::{
    child,
    random::{Random, setting},
};

const NAME: &str = "open::damage_that_is_done_while_a_store_is_open_is_noticed";

/// Damages the file as only somebody else can.
fn damage(files: &MemoryFiles, older: &[u8], kind: u64, random: &mut Random) {
    let disk = files.open(Path::new(PATH)).unwrap();
    let pages = disk.len().unwrap() as usize / PAGE;
    let page_at = |page: usize| {
        let mut bytes = vec![0; PAGE];
        disk.read((page * PAGE) as u64, &mut bytes).unwrap();
        bytes
    };
    let put = |page: usize, bytes: &[u8]| disk.write((page * PAGE) as u64, bytes).unwrap();
    for _ in 0..8 {
        let (one, other) = (1 + random.below(pages - 1), 1 + random.below(pages - 1));
        match kind % 4 {
            0 => {
                let mut bytes = page_at(one);
                bytes[random.below(PAGE)] ^= 1 << random.below(8);
                put(one, &bytes);
            }
            1 => put(one, &[0; PAGE]),
            2 => {
                if let Some(bytes) = older.get(one * PAGE..(one + 1) * PAGE) {
                    put(one, bytes);
                }
            }
            _ => {
                let (kept, moved) = (page_at(one), page_at(other));
                put(one, &moved);
                put(other, &kept);
            }
        }
    }
}

/// Opens the whole file, damages it, and reads it through with next to no memory for pages.
fn run(sample: &Sample, seed: u64, number: u64, verify_pages: bool) -> Found {
    let files = files_of(&sample.image);
    let options = OpenOptions::default().verify(Verify::Always).verify_pages(verify_pages);
    let options = options.cache_size(30_000).file_system(files.clone());
    let storage = Storage::open_with(PATH, &options).unwrap();
    let mut random = Random::new(seed ^ (number + 1).wrapping_mul(0x9e37_79b9));
    damage(&files, &sample.older_image, number, &mut random);
    let found = probe(&storage, sample);
    // What closing such a file does is another suite's matter; here a process reads many of them.
    std::mem::forget(storage);
    found
}

/// A hundred files; a twelfth of `STORAGE_DAMAGED_FILES`.
#[test]
fn damage_that_is_done_while_a_store_is_open_is_noticed() {
    let seed = setting("STORAGE_SEED", 1);
    if child::role().is_none() {
        let said = child::said(&mut child::again(NAME, "run"));
        let found: Vec<Found> = said.iter().map(|line| line.parse().unwrap()).collect();
        let [without, with] = found[..] else { panic!("{said:?}") };
        eprintln!("seed {seed}; without sums of pages: {without:?}");
        eprintln!("with sums of pages: {with:?}");
        assert_eq!(without.wrong, 0, "values carry checksums of their own");
        assert!(without.missing > 0 && without.stale > 0, "the damage is felt: {without:?}");
        assert_eq!((with.wrong, with.missing, with.stale), (0, 0, 0), "{with:?}");
        assert!(with.right > 0 && with.errors > 0, "{with:?}");
        return;
    }
    panic::set_hook(Box::new(|_| {}));
    let sample = Sample::new();
    for verify_pages in [false, true] {
        let mut sum = Found::default();
        for number in 0..setting("STORAGE_DAMAGED_FILES", 1200) / 12 {
            sum += run(&sample, seed, number, verify_pages);
        }
        child::say(&sum.to_string());
    }
}
