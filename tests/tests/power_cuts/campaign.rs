//! One program, cut at every position of its trace.

use super::report::{Found, Report};
use std::{path::Path, sync::Arc};
use storage::{OpenOptions, Verify, backend::FileSystem};
use tests::{
    random::Random,
    simulated::{CUTS, HastyFiles, Image, Replay, SimulatedFiles, Syncs, Trace},
    workload::{Program, STORE, Script, Step, Trial},
};

/// How a program is run and cut.
#[derive(Clone, Debug)]
pub(crate) struct Campaign {
    /// Of the cuts, and of the script if it has any choice.
    pub(crate) seed: u64,
    /// What the program does.
    pub(crate) script: Script,
    /// How the store is opened.
    pub(crate) verify: Verify,
    /// Whether it verifies pages as it reads them.
    pub(crate) verify_pages: bool,
    /// The engine's memory in bytes; with little, it writes before it commits, and reads.
    pub(crate) cache_size: usize,
    /// How many cuts at least; every position has one.
    pub(crate) cut_count: usize,
    /// How many there are instead, at positions that lie apart.
    pub(crate) sample: Option<usize>,
    /// Cuts at this position only, many times: to look at what was found there.
    pub(crate) only_at: Option<usize>,
    /// What the disk's syncs are worth.
    pub(crate) syncs: Syncs,
    /// Whether new files are made in place.
    pub(crate) is_hasty: bool,
    /// Whether a file can have two names.
    pub(crate) has_links: bool,
}

/// How often a position is cut that is looked at by itself.
const REPETITIONS: usize = 200;

impl Campaign {
    /// The campaign of `seed`, each with other options than the one before.
    pub(crate) fn new(seed: u64, script: Script, cut_count: usize) -> Self {
        let verify = [Verify::AfterCrash, Verify::Never, Verify::Always];
        Self {
            verify: verify[(seed % 3) as usize],
            verify_pages: seed % 4 >= 2,
            cache_size: if seed.is_multiple_of(5) { 64 * 1024 } else { 16 * 1024 * 1024 },
            seed,
            script,
            cut_count,
            sample: None,
            only_at: None,
            syncs: Syncs::Honest,
            is_hasty: false,
            has_links: true,
        }
    }

    fn options(&self) -> OpenOptions {
        OpenOptions::default()
            .verify(self.verify)
            .verify_pages(self.verify_pages)
            .cache_size(self.cache_size)
    }

    /// Runs the program and writes down what it does to the disk.
    pub(crate) fn record(&self) -> Trace {
        let files = SimulatedFiles::on(Image::default());
        if !self.has_links {
            files.refuse_links();
        }
        let seen: Arc<dyn FileSystem> = if self.is_hasty {
            Arc::new(HastyFiles::new(files.clone()))
        } else {
            Arc::new(files.clone())
        };
        let options = self.options().file_system(seen);
        let program = Program {
            script: &self.script,
            files: &files,
            options: &options,
            swallows_errors: false,
        };
        let stopped = program.run();
        assert!(stopped.error.is_none(), "a disk without faults: {:?}", stopped.error);
        stopped.handles.expect("an open store").close().expect("it closes");
        assert!(files.image().has(Path::new(STORE)));
        files.trace()
    }

    /// Cuts at every position, and at each as often as it takes until there are enough.
    pub(crate) fn run(&self) -> Report {
        let trace = self.record();
        let position_count = trace.ops.len() + 1;
        let mut report = Report { position_count, ..Report::default() };
        let mut replay = Replay::new(&trace, self.syncs);
        for position in 0..position_count {
            replay.advance_to(position);
            // As many at each as there must be for all, and one more at the first ones if that is not even.
            let spare = usize::from(position < self.cut_count % position_count);
            let repetitions = match (self.only_at, self.sample) {
                (Some(only), _) if only != position => 0,
                (Some(_), _) => REPETITIONS,
                (None, Some(sample)) => {
                    let cuts_before = |position| position * sample / position_count;
                    cuts_before(position + 1) - cuts_before(position)
                }
                (None, None) => (self.cut_count / position_count + spare).max(1),
            };
            for repetition in 0..repetitions {
                // Of its own for each cut, so that one can be repeated without the others.
                let place = (position as u64) << 32 | repetition as u64;
                let mut random = Random::new(Random::new(self.seed).next() ^ place);
                self.cut(&replay, position, &mut random, &mut report);
            }
        }
        report
    }

    fn cut(&self, replay: &Replay<'_>, position: usize, random: &mut Random, report: &mut Report) {
        let options = self.options();
        let trial = Trial {
            script: &self.script,
            begun: replay.begun(),
            acknowledged: replay.acknowledged(),
            options: &options,
        };
        let cut = *random.one(&CUTS);
        let mut image = replay.cut(cut, random);
        let was_cut_again = random.below(3) == 0;
        if was_cut_again {
            image = trial.cut_again(image, *random.one(&CUTS), random);
            report.cut_again_count += 1;
        }
        *report.cuts.entry(cut).or_default() += 1;
        if let Err(defect) = trial.examine(&SimulatedFiles::on(image)) {
            report.found.push(Found {
                seed: self.seed,
                options: format!("{:?}, verify_pages {}", self.verify, self.verify_pages),
                position,
                cut,
                was_cut_again,
                step: self.step(replay),
                defect,
            });
        }
    }

    /// The step that the program was in, in one word.
    fn step(&self, replay: &Replay<'_>) -> String {
        let step = replay.begun().and_then(|step| self.script.steps.get(step));
        let word = match step {
            None => "nothing",
            Some(Step::Create) => "creation",
            Some(Step::One(_)) => "one change",
            Some(Step::Transaction(..)) => "a transaction",
            Some(Step::Backup(_)) => "a backup",
            Some(Step::Compact) => "a compaction",
            Some(Step::Reopen) => "a reopening",
        };
        word.to_owned()
    }
}
