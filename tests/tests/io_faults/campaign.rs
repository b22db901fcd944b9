//! One program, failing at every call.

use std::{
    collections::BTreeMap,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};
use storage::{OpenOptions, StorageError, Verify};
use tests::{
    simulated::{Fault, Image, Plan, SimulatedFiles},
    workload::{
        Defect, Handles, Program, STORE, Script, State, Step, Stopped, Trial, backup_path, message,
    },
};

/// How a program is run, and in which way its disk fails.
#[derive(Clone, Debug)]
pub(crate) struct Campaign {
    pub(crate) seed: u64,
    pub(crate) script: Script,
    pub(crate) fault: Fault,
    /// How many calls fail, if not all of them.
    pub(crate) sample: Option<u64>,
    /// Whether the program takes errors for acknowledgements.
    pub(crate) swallows_errors: bool,
}

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// How many calls failed, each in a run of its own.
    pub(crate) fault_count: u64,
    /// How many of them the program was told of.
    pub(crate) told_count: u64,
    /// How many commits had an unknown outcome, and how many of these are there.
    pub(crate) unknown_count: u64,
    pub(crate) unknown_and_there_count: u64,
    /// What the program was told, and how often.
    pub(crate) errors: BTreeMap<String, u64>,
    /// What was wrong, with the seed and the call that repeat it.
    pub(crate) defects: Vec<(u64, u64, Defect)>,
}

impl Campaign {
    pub(crate) fn new(seed: u64, step_count: usize, fault: Fault) -> Self {
        let script = Script::new(seed, step_count);
        Self { seed, script, fault, sample: None, swallows_errors: false }
    }

    fn options(&self) -> OpenOptions {
        let verify = [Verify::AfterCrash, Verify::Never, Verify::Always];
        OpenOptions::default()
            .verify(verify[(self.seed % 3) as usize])
            .verify_pages(self.seed % 4 >= 2)
            .cache_size(if self.seed.is_multiple_of(2) { 1 << 24 } else { 1 << 16 })
    }

    /// Fails at every call, one after the other, or at as many as there are to be.
    pub(crate) fn run(&self) -> Report {
        let mut report = Report::default();
        // Once without a fault, to count the calls.
        let files = SimulatedFiles::on(Image::default());
        files.fail(Plan { fault: self.fault, at: u64::MAX });
        let stopped = self.perform(&files);
        assert!(stopped.error.is_none(), "a disk without faults: {:?}", stopped.error);
        drop(stopped);
        let (call_count, _) = files.heal();
        let stride = self.sample.map_or(1, |sample| call_count.div_ceil(sample).max(1));
        for at in (1 + self.seed % stride..=call_count).step_by(stride as usize) {
            let point = || self.fail_at(at, &mut report);
            let outcome = catch_unwind(AssertUnwindSafe(point))
                .unwrap_or_else(|panic| Err(Defect::Panicked(message(&*panic))));
            if let Err(defect) = outcome {
                report.defects.push((self.seed, at, defect));
            }
        }
        report
    }

    fn perform(&self, files: &SimulatedFiles) -> Stopped {
        let options = self.options().file_system(Arc::new(files.clone()));
        let swallows_errors = self.swallows_errors;
        Program { script: &self.script, files, options: &options, swallows_errors }.run()
    }

    fn fail_at(&self, at: u64, report: &mut Report) -> Result<(), Defect> {
        let files = SimulatedFiles::on(Image::default());
        files.fail(Plan { fault: self.fault, at });
        let Stopped { step, error, is_done, handles } = self.perform(&files);
        let last = self.script.steps.get(step);
        let is_unknown = matches!(error, Some(StorageError::CommitUnknown(_)));
        if let Some(error) = &error {
            report.tell(error);
            check_words(error)?;
        }
        // What can be read meanwhile is right.
        let before = step.checked_sub(1);
        let is_visible =
            is_done || is_unknown || last.is_some_and(|step| step.changes().is_empty());
        let is_acknowledged = is_done || self.swallows_errors && error.is_some();
        let options = self.options();
        let trial = Trial {
            script: &self.script,
            begun: if is_visible { Some(step) } else { before },
            acknowledged: if is_acknowledged { Some(step) } else { before },
            options: &options,
        };
        if let Some(Ok(state)) = handles.as_ref().map(|handles| State::read(&handles.storage)) {
            let states = &self.script.states;
            let known = &states[step + usize::from(is_done)];
            let is_right = state == *known || is_unknown && state == states[step + 1];
            if !is_right {
                return Err(Defect::Mixed);
            }
        }
        let (_, has_struck) = files.heal();
        report.fault_count += u64::from(has_struck);
        if let Some(Step::Backup(number)) = last
            && self.fault != Fault::ForEver
            && files.has(&backup_path(*number))
        {
            return Err(Defect::Litter(format!("backup {number}, which failed")));
        }
        let Some(handles) = handles else { return trial.examine(&files) };
        self.take_up(&files, handles, &trial, report, is_unknown, step)
    }

    /// Re-opens the store on the healed disk and goes on through the handles that were there before.
    fn take_up(
        &self,
        files: &SimulatedFiles,
        handles: Handles,
        trial: &Trial<'_>,
        report: &mut Report,
        is_unknown: bool,
        step: usize,
    ) -> Result<(), Defect> {
        let clone = handles.storage.clone();
        let stuck = |error: StorageError| Defect::Stuck(error.to_string());
        clone.reopen().map_err(stuck)?;
        if is_unknown {
            report.unknown_count += 1;
            let state = State::read(&clone).map_err(stuck)?;
            report.unknown_and_there_count += u64::from(state == self.script.states[step + 1]);
        }
        drop(clone);
        trial.examine_open(files, handles)
    }
}

/// An error names the file or the table, and the way out.
fn check_words(error: &StorageError) -> Result<(), Defect> {
    let text = error.to_string();
    let places = [STORE, "/simulated/backup-", "_rows", "$catalog"];
    let ways_out = ["Storage::reopen", "open the store again", "and retry", "make room"];
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&places) && has(&ways_out) { Ok(()) } else { Err(Defect::Unsound(text)) }
}

impl Report {
    fn tell(&mut self, error: &StorageError) {
        self.told_count += 1;
        *self.errors.entry(error.to_string()).or_default() += 1;
    }

    /// Adds what another campaign found.
    pub(crate) fn add(&mut self, other: Self) {
        self.fault_count += other.fault_count;
        self.told_count += other.told_count;
        self.unknown_count += other.unknown_count;
        self.unknown_and_there_count += other.unknown_and_there_count;
        for (error, count) in other.errors {
            *self.errors.entry(error).or_default() += count;
        }
        self.defects.extend(other.defects);
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} faults, {} told, {} commits of unknown outcome ({} are there), {} defects",
            self.fault_count,
            self.told_count,
            self.unknown_count,
            self.unknown_and_there_count,
            self.defects.len()
        )?;
        for (seed, at, defect) in self.defects.iter().take(20) {
            write!(f, "\n  seed {seed}, call {at}: {defect}")?;
        }
        Ok(())
    }
}
