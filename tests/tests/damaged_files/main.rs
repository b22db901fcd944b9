//! Files that were damaged outside the program, while they were closed and while they were open.
//!
//! A plain open promises that no value is wrong and that nothing panics out of the crate. One thing checksums alone
//! cannot see: a page that is a valid older version of itself, or a pointer to one, gives an older value, or none.
//! `Verify::Always` with `verify_pages(true)` promises that everything is right, or an error.
//!
//! 2,000 files; `STORAGE_DAMAGED_FILES=25000` for more, `STORAGE_SEED` for others. Cases run in processes of their
//! own: two panics of the engine at once end a process, and are counted.

mod kinds;
mod laundering;
mod open;
mod probe;
mod store;

use self::{
    kinds::{KINDS, Pages},
    probe::{Found, probe},
    store::{PATH, Part, Sample, files_of},
};
use std::{
    collections::BTreeMap,
    panic::{self, AssertUnwindSafe, catch_unwind},
};
use storage::{OpenOptions, Storage, StoredRecord as _, Verify};
use tests::{
    child,
    random::{Random, setting},
};

const NAME: &str = "damaged_files_give_no_wrong_value";

/// How a damaged file is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    Plain,
    Verified,
}

impl How {
    fn options(self) -> OpenOptions {
        match self {
            Self::Plain => OpenOptions::default(),
            Self::Verified => OpenOptions::default().verify(Verify::Always).verify_pages(true),
        }
    }
}

/// The file of case `number`: the kinds take turns.
fn damaged(sample: &Sample, pages: &Pages, seed: u64, number: u64) -> Vec<u8> {
    let mut random = Random::new(seed ^ (number + 1).wrapping_mul(0x9e37_79b9));
    let mut file = sample.image.clone();
    // Some kinds may change nothing by chance.
    for _ in 0..100 {
        KINDS[number as usize % KINDS.len()].1(pages, &mut file, &mut random);
        if file != sample.image {
            break;
        }
    }
    file
}

/// Opens, reads everything, changes something, and closes.
fn run(sample: &Sample, file: &[u8], how: How) -> String {
    let options = how.options().file_system(files_of(file));
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let Ok(storage) = Storage::open_with(PATH, &options) else { return "refused".to_owned() };
        let mut found = probe(&storage, sample);
        let report = storage.check();
        let is_sound = report.as_ref().is_ok_and(storage::maintenance::CheckReport::is_sound);
        // A change of one record is a change of its neighbours' page. What fails, fails.
        let new = Part { id: 3, group: 1, code: "NEW".into(), body: vec![1; 50] };
        let changed = Part::table(&storage).and_then(|table| table.put(&new)).is_ok();
        if changed {
            let again = Part::table(&storage).and_then(|table| table.load(3));
            found.see(again, Some(&new), |row| {
                sample.parts.was(row) || sample.parts.rows.get(&3) == Some(row)
            });
        }
        let closed = storage.close().is_ok();
        format!("opened {} {} {} {found}", u8::from(is_sound), u8::from(changed), u8::from(closed))
    }));
    outcome.unwrap_or_else(|_| "panic".to_owned())
}

/// Runs the cases from `first` on, as a child: a line before and a line after each.
fn run_cases(role: &str) {
    let numbers: Vec<u64> = role.split(' ').map(|number| number.parse().unwrap()).collect();
    let [seed, first, end, step] = numbers[..] else { panic!("{role}") };
    let sample = Sample::new();
    let pages = Pages::of(&sample);
    panic::set_hook(Box::new(|_| {}));
    for number in (first..end).step_by(step as usize) {
        let file = damaged(&sample, &pages, seed, number);
        for how in [How::Verified, How::Plain] {
            child::say(&format!("{number} {how:?} begun"));
            child::say(&format!("{number} {how:?} {}", run(&sample, &file, how)));
        }
    }
}

/// What all cases of one kind and one way to open gave.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    files: u64,
    refused: u64,
    aborts: u64,
    panics: u64,
    not_closed: u64,
    unsound: u64,
    found: Found,
}

impl Tally {
    fn add(&mut self, outcome: &str) {
        self.files += 1;
        match outcome {
            "refused" => self.refused += 1,
            "panic" => self.panics += 1,
            "begun" => self.aborts += 1,
            opened => {
                let rest = opened.strip_prefix("opened ").unwrap();
                let (flags, found) = rest.split_at(6);
                self.unsound += u64::from(flags.starts_with('0'));
                self.not_closed += u64::from(flags.ends_with("0 "));
                self.found += found.parse().unwrap();
            }
        }
    }
}

type Tallies = BTreeMap<(How, &'static str), Tally>;

/// Starts children until all cases of this share are done; a child that ended is followed by one for the rest.
fn run_share(seed: u64, share: u64, count: u64, shares: u64) -> Tallies {
    let mut tallies = Tallies::new();
    let mut first = share;
    while first < count {
        let mut running =
            child::start(&mut child::again(NAME, &format!("{seed} {first} {count} {shares}")));
        let mut last: Option<(u64, How, String)> = None;
        let mut add = |(number, how, outcome): (u64, How, String)| {
            let kind = KINDS[number as usize % KINDS.len()].0;
            tallies.entry((how, kind)).or_default().add(&outcome);
        };
        for line in child::lines(&mut running) {
            let mut words = line.splitn(3, ' ');
            let number = words.next().unwrap().parse().unwrap();
            let how = if words.next() == Some("Plain") { How::Plain } else { How::Verified };
            let outcome = words.next().unwrap().to_owned();
            match outcome.as_str() {
                "begun" => last = Some((number, how, outcome)),
                _ => {
                    last = None;
                    add((number, how, outcome));
                }
            }
            first = number + shares;
        }
        let status = running.wait().unwrap();
        match last {
            Some(cut_off) => {
                assert!(!status.success(), "{cut_off:?}");
                add(cut_off);
            }
            None => assert!(status.success() && first >= count, "{status}, {first} of {count}"),
        }
    }
    tallies
}

#[test]
fn damaged_files_give_no_wrong_value() {
    if let Some(role) = child::role() {
        return run_cases(&role);
    }
    let (count, seed) = (setting("STORAGE_DAMAGED_FILES", 2000), setting("STORAGE_SEED", 1));
    let tallies = std::thread::scope(|scope| {
        let shares = [0, 1].map(|share| scope.spawn(move || run_share(seed, share, count, 2)));
        let mut all = Tallies::new();
        for share in shares {
            all.extend(share.join().unwrap());
        }
        all
    });
    eprintln!("seed {seed}, {count} files; values: right, stale, wrong, missing, errors");
    for how in [How::Plain, How::Verified] {
        let mut sum = Tally::default();
        for ((_, kind), tally) in tallies.iter().filter(|((one, _), _)| *one == how) {
            eprintln!("{how:?} {kind}: {tally:?}");
            sum.files += tally.files;
            sum.refused += tally.refused;
            sum.aborts += tally.aborts;
            sum.panics += tally.panics;
            sum.not_closed += tally.not_closed;
            sum.unsound += tally.unsound;
            sum.found += tally.found;
        }
        eprintln!("{how:?}, all: {sum:?}");
        assert_eq!((sum.files, sum.panics, sum.found.wrong), (count, 0, 0), "{how:?}");
        assert!(sum.refused > 0 && sum.found.right > 0);
        match how {
            How::Plain => {
                // The damage is felt, or this suite would show nothing.
                assert!(
                    sum.found.errors > 0 && sum.found.missing > 0 && sum.unsound > 0,
                    "{sum:?}"
                );
            }
            How::Verified => {
                assert_eq!((sum.found.missing, sum.found.stale, sum.aborts), (0, 0, 0));
                assert_eq!((sum.found.errors, sum.unsound, sum.not_closed), (0, 0, 0));
            }
        }
    }
}
