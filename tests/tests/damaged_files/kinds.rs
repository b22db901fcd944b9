//! The kinds of damage.

use super::store::{PAGE, PATH, Sample, files_of};
use storage::{OpenOptions, Storage, Verify};
use tests::random::Random;

/// A kind of damage: its name, and what it does to the file.
pub(crate) type Kind = (&'static str, fn(&Pages, &mut Vec<u8>, &mut Random));

pub(crate) const KINDS: [Kind; 20] = [
    ("header bits", |_, file, random| flip(file, random, 0..64)),
    ("commit slot bits", |_, file, random| flip(file, random, 64..320)),
    ("leaf head bits", |pages, file, random| {
        let page = *random.one(&pages.leaves) * PAGE;
        flip(file, random, page..page + 200);
    }),
    ("leaf body bits", |pages, file, random| {
        let page = *random.one(&pages.leaves) * PAGE;
        flip(file, random, page + 200..page + PAGE);
    }),
    ("branch bits", |pages, file, random| {
        let page = *random.one(&pages.branches) * PAGE;
        flip(file, random, page..page + PAGE);
    }),
    ("catalogue bits", |pages, file, random| {
        let page = pages.catalogue * PAGE;
        flip(file, random, page..page + PAGE);
    }),
    ("any bit", |_, file, random| {
        let all = 0..file.len();
        flip(file, random, all);
    }),
    ("zeroed page", |pages, file, random| pages.any(file, random).fill(0)),
    ("random page", |pages, file, random| {
        let mut bytes = [0; PAGE];
        random.fill(&mut bytes);
        pages.any(file, random).copy_from_slice(&bytes);
    }),
    ("swapped leaves", |pages, file, random| {
        let (one, other) = (*random.one(&pages.leaves) * PAGE, *random.one(&pages.leaves) * PAGE);
        let kept = file[one..one + PAGE].to_vec();
        file.copy_within(other..other + PAGE, one);
        file[other..other + PAGE].copy_from_slice(&kept);
    }),
    ("stale page", |pages, file, random| {
        let page = *random.one(&pages.stale) * PAGE;
        file[page..page + PAGE].copy_from_slice(&pages.older[page..page + PAGE]);
    }),
    ("truncated", |_, file, random| file.truncate(random.below(file.len()))),
    ("extended", |_, file, random| file.resize(file.len() + 1 + random.below(200_000), 0)),
    ("zeroed tail", |_, file, random| {
        let start = random.below(file.len());
        file[start..].fill(0);
    }),
    ("16 random bytes", |_, file, random| {
        for _ in 0..16 {
            let at = random.below(file.len());
            file[at] = random.next() as u8;
        }
    }),
    ("random sector", |_, file, random| {
        let sector = random.below(file.len() / 512) * 512;
        random.fill(&mut file[sector..sector + 512]);
    }),
    ("random header sector", |_, file, random| random.fill(&mut file[9..512])),
    ("all zero", |_, file, _| file.fill(0)),
    ("all random", |_, file, random| random.fill(file)),
    ("all random behind the magic", |_, file, random| random.fill(&mut file[9..])),
];

fn flip(file: &mut [u8], random: &mut Random, range: std::ops::Range<usize>) {
    let at = range.start + random.below(range.len());
    file[at] ^= 1 << random.below(8);
}

/// The pages that matter: those whose damage the engine's own check notices.
#[derive(Debug)]
pub(crate) struct Pages {
    leaves: Vec<usize>,
    branches: Vec<usize>,
    stale: Vec<usize>,
    catalogue: usize,
    older: Vec<u8>,
}

impl Pages {
    pub(crate) fn of(sample: &Sample) -> Self {
        let image = &sample.image;
        let live: Vec<usize> =
            (1..image.len() / PAGE).filter(|page| is_live(image, *page)).collect();
        let of_type = |number: u8| live.iter().copied().filter(move |p| image[p * PAGE] == number);
        let differs = |page: &usize| {
            let range = page * PAGE..(page + 1) * PAGE;
            sample.older_image.get(range.clone()).is_some_and(|older| *older != image[range])
        };
        let header = b"storage\0";
        let has_header = |page: &usize| {
            image[page * PAGE..(page + 1) * PAGE].windows(header.len()).any(|w| w == header)
        };
        let pages = Self {
            leaves: of_type(1).collect(),
            branches: of_type(2).collect(),
            stale: live.iter().copied().filter(differs).collect(),
            catalogue: of_type(1).find(has_header).unwrap(),
            older: sample.older_image.clone(),
        };
        let counts = [&pages.leaves, &pages.branches, &pages.stale].map(Vec::len);
        assert!(counts[0] > 20 && counts[1] > 0 && counts[2] > 5, "{counts:?}");
        pages
    }

    /// Any of them, in `file`.
    fn any<'f>(&self, file: &'f mut [u8], random: &mut Random) -> &'f mut [u8] {
        let at = random.below(self.leaves.len() + self.branches.len());
        let page = *self.leaves.iter().chain(&self.branches).nth(at).unwrap() * PAGE;
        &mut file[page..page + PAGE]
    }
}

fn is_live(image: &[u8], page: usize) -> bool {
    let mut image = image.to_vec();
    image[page * PAGE + 8] ^= 0xff;
    let options = OpenOptions::default().verify(Verify::Always).file_system(files_of(&image));
    Storage::open_with(PATH, &options).is_err()
}
