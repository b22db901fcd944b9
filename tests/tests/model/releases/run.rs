//! A life of a file: programs of all releases open it, older ones for as long as they may.

use super::{
    item::{Deed, Rows},
    program::{Handle, Program},
};
use storage::{ReadTxn, Result, Storage, StorageError};
use tests::{Scratch, random::Random};

/// How many steps a life has.
const STEPS: usize = 160;
/// The number of handles that live on, and of states that are held.
const KEPT: usize = 5;

/// How old a program may be that opens the file: as long as it only could have been written by one that is younger, an
/// older one may be refused or not.
#[derive(Clone, Copy, Debug, Default)]
struct Ages {
    written: usize,
    may_be_written: usize,
}

struct Life {
    programs: [Program; 4],
    is_cached: bool,
    scratch: Scratch,
    storage: Option<Storage>,
    rows: Rows,
    ages: Ages,
    random: Random,
    handles: Vec<(Program, Box<dyn Handle>)>,
    states: Vec<(ReadTxn, Rows, Ages)>,
    /// What was done, shown when the test fails.
    trace: Vec<String>,
    /// What happened of what is wanted: refusals, ends of migrations, and turns of the middle two.
    pub(crate) tally: Tally,
}

/// How often something happened that a run must see.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) refused: usize,
    pub(crate) old_handles: usize,
    pub(crate) stopped: usize,
    pub(crate) migrated: usize,
    pub(crate) mixed: usize,
}

impl Ages {
    /// Whether a program of this age must be able to open the file, or must not.
    fn allow(self, age: usize) -> Option<bool> {
        match age {
            _ if age >= self.may_be_written => Some(true),
            _ if age < self.written => Some(false),
            _ => None,
        }
    }

    fn wrote(&mut self, age: usize, is_sure: bool) {
        self.may_be_written = self.may_be_written.max(age);
        if is_sure {
            self.written = self.written.max(age);
        }
    }
}

/// Runs a life, and adds what happened.
pub(crate) fn live(programs: [Program; 4], is_cached: bool, seed: u64, tally: &mut Tally) {
    let scratch = Scratch::new();
    let mut life = Life {
        programs,
        is_cached,
        storage: Some(scratch.open()),
        scratch,
        rows: Rows::default(),
        ages: Ages::default(),
        random: Random::new(seed),
        handles: Vec::new(),
        states: Vec::new(),
        trace: vec![format!("STORAGE_SEED={seed}")],
        tally: *tally,
    };
    for step in 0..STEPS {
        life.step(step);
    }
    life.check_states();
    life.end();
    *tally = life.tally;
}

impl Life {
    fn storage(&self) -> Storage {
        self.storage.clone().unwrap()
    }

    fn say(&mut self, words: impl Into<String>) {
        self.trace.push(words.into());
    }

    /// A program that there is at this step: younger ones come later.
    fn program(&mut self, step: usize) -> Program {
        let count = 1 + (step * 5 / STEPS).min(3);
        let program = self.programs[self.random.below(count)];
        // Those that are refused are not tried all the time.
        if self.ages.allow(program.age) == Some(false) && self.random.chance(700) {
            return self.program(step);
        }
        program
    }

    fn step(&mut self, step: usize) {
        match self.random.below(24) {
            0 => self.reopen(),
            1 => self.open_a_backup(),
            2 if self.states.len() < KEPT => {
                let state = self.storage().read().unwrap();
                self.states.push((state, self.rows.clone(), self.ages));
            }
            3 => self.check_states(),
            4..7 => self.migrate(step),
            7..11 => self.transaction(step),
            _ => self.write(step),
        }
        if self.random.chance(300) {
            let program = self.program(step);
            self.check(program);
        }
    }

    /// A handle of a program: a new one, if it is not refused, or one that has seen other states.
    fn handle(&mut self, step: usize) -> Option<(Program, Box<dyn Handle>)> {
        if !self.handles.is_empty() && self.random.chance(500) {
            let at = self.random.below(self.handles.len());
            self.tally.old_handles += 1;
            self.say("with an old handle:");
            return Some(self.handles.swap_remove(at));
        }
        let before = self.ages;
        let program = self.program(step);
        let is_cached = self.is_cached && self.random.chance(700);
        let opened = (program.open)(&self.storage(), is_cached);
        self.ages.wrote(program.age, false);
        self.say(format!("{} opens", program.name));
        Some((program, self.opened(program, before, opened)?))
    }

    /// Puts a handle aside, or drops it.
    fn keep(&mut self, program: Program, handle: Box<dyn Handle>) {
        if self.handles.len() < KEPT && self.random.chance(600) {
            self.handles.push((program, handle));
        }
    }

    fn write(&mut self, step: usize) {
        let Some((program, handle)) = self.handle(step) else { return };
        for _ in 0..=self.random.below(4) {
            let deed = Deed::random(&mut self.random, &self.rows);
            self.say(format!("{}: {deed:?}", program.name));
            let before = self.ages;
            let told = handle.write(&deed);
            self.ages.wrote(program.age, false);
            let mut rows = self.rows.clone();
            if self.agree(program, before, &deed, told, &mut rows) {
                self.rows = rows;
            }
        }
        self.keep(program, handle);
    }

    /// What was opened, if it could be.
    fn opened<T>(&mut self, program: Program, ages: Ages, opened: Result<T>) -> Option<T> {
        match opened {
            Ok(opened) => {
                let allowed = ages.allow(program.age);
                assert_ne!(allowed, Some(false), "{} opened {ages:?}", program.name);
                Some(opened)
            }
            Err(error) => {
                self.assert_refused(program, ages, &error);
                None
            }
        }
    }

    /// The program is told that it is old, and is.
    fn assert_refused(&mut self, program: Program, ages: Ages, error: &StorageError) {
        let is_newer = matches!(error, StorageError::Schema(mismatch) if mismatch.is_newer());
        let is_schema = matches!(error, StorageError::Schema(_));
        // One that has never written has no number to compare.
        assert!(is_newer || is_schema && program.age == 0, "{}: {error}", program.name);
        let allowed = ages.allow(program.age);
        assert_ne!(allowed, Some(true), "{} in {ages:?}: {error}", program.name);
        self.tally.refused += 1;
    }

    /// Compares what a write of `program` was told with what it should be; whether it has done what `rows` have now.
    fn agree(
        &mut self,
        program: Program,
        ages: Ages,
        deed: &Deed,
        told: Result<u64>,
        rows: &mut Rows,
    ) -> bool {
        let expected = deed.apply(rows, program.keep);
        match (told, expected) {
            (Ok(told), Ok(expected)) => {
                assert_eq!(told, expected, "{deed:?}");
                let allowed = ages.allow(program.age);
                assert_ne!(allowed, Some(false), "{} wrote {ages:?}", program.name);
                self.ages.wrote(program.age, deed.writes_for_sure());
                true
            }
            (Err(StorageError::AlreadyExists(_) | StorageError::Unique(_)), Err(_)) => false,
            (Err(error @ StorageError::Schema(_)), _) => {
                self.assert_refused(program, ages, &error);
                false
            }
            (told, expected) => panic!("{told:?}, expected {expected:?}: {deed:?}"),
        }
    }

    /// Several writes at once, which come to nothing in some cases.
    fn transaction(&mut self, step: usize) {
        let program = self.program(step);
        let is_undone = self.random.chance(300);
        self.say(format!("a transaction of {}, undone: {is_undone}", program.name));
        let (mut rows, ages, storage) = (self.rows.clone(), self.ages, self.storage());
        let written = storage.write(|txn| {
            for _ in 0..=self.random.below(6) {
                let deed = Deed::random(&mut self.random, &rows);
                self.say(format!("  {deed:?}"));
                let told = (program.write_in)(txn, &deed);
                if let Err(error @ StorageError::Schema(_)) = told {
                    return Err(error);
                }
                let mut draft = rows.clone();
                if self.agree(program, ages, &deed, told, &mut draft) {
                    rows = draft;
                }
            }
            if is_undone { Err(StorageError::custom("undone")) } else { Ok(()) }
        });
        match written {
            Ok(()) => self.rows = rows,
            Err(StorageError::Custom(_)) => self.ages.written = ages.written,
            Err(error) => self.assert_refused(program, ages, &error),
        }
        self.ages.wrote(program.age, false);
    }

    fn migrate(&mut self, step: usize) {
        let Some((program, handle)) = self.handle(step) else { return };
        let (rows, batches) = (1 + self.random.below(12), 1 + self.random.below(4));
        self.say(format!("{}: migrate {batches} times {rows}", program.name));
        let (before, migrated) = (self.ages, handle.migrate(rows, batches));
        self.ages.wrote(program.age, false);
        match migrated {
            Ok(true) => {
                self.tally.migrated += 1;
                let tables = self.storage().tables().unwrap();
                assert!(tables.iter().all(|table| table.layout_count == 1), "{tables:?}");
            }
            Ok(false) => self.tally.stopped += 1,
            Err(error) => self.assert_refused(program, before, &error),
        }
        self.keep(program, handle);
    }

    fn check(&mut self, program: Program) {
        let storage = self.storage();
        let tables = storage.tables().unwrap();
        self.tally.mixed += usize::from(tables.iter().any(|table| table.layout_count > 1));
        let report = storage.check().unwrap();
        assert!(report.is_sound(), "{report:?}");
        let before = self.ages;
        if !self.handles.is_empty() {
            let at = self.random.below(self.handles.len());
            let (program, handle) = self.handles.swap_remove(at);
            self.say(format!("{} checks with an old handle", program.name));
            let checked = handle.check(&self.rows, false, &mut self.random);
            self.opened(program, before, checked);
            self.handles.push((program, handle));
        }
        self.say(format!("{} opens and checks", program.name));
        let opened = (program.open)(&storage, self.is_cached);
        self.ages.wrote(program.age, false);
        if let Some(handle) = self.opened(program, before, opened) {
            handle.check(&self.rows, true, &mut self.random).unwrap();
            self.keep(program, handle);
        }
    }

    /// Looks at states of the file from before, each with a program that could be as old.
    fn check_states(&mut self) {
        for (state, rows, ages) in std::mem::take(&mut self.states) {
            let program = *self.random.one(&self.programs);
            self.say(format!("{} looks at an older state", program.name));
            let checked = (program.check_in)(&state, &rows, &mut self.random);
            self.opened(program, ages, checked);
        }
    }

    fn reopen(&mut self) {
        self.say("re-open");
        self.check_states();
        self.handles.clear();
        drop(self.storage.take());
        self.storage = Some(self.scratch.open());
    }

    /// The file is lost, and its backup is taken in its place.
    fn open_a_backup(&mut self) {
        self.say("a backup takes the place of the file");
        self.check_states();
        self.handles.clear();
        let scratch = Scratch::new();
        self.storage().backup(scratch.path()).unwrap();
        drop(self.storage.take());
        self.scratch = scratch;
        self.storage = Some(self.scratch.open());
    }

    /// The newest program migrates whatever there is.
    fn end(&mut self) {
        self.reopen();
        let newest = self.programs[3];
        self.check(newest);
        let handle = (newest.open)(&self.storage(), false).unwrap();
        assert!(handle.migrate(7, usize::MAX).unwrap());
        self.rows.values_mut().for_each(|item| *item = (newest.keep)(item.clone()));
        self.check(newest);
    }
}

impl Drop for Life {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let last = self.trace.len().saturating_sub(40);
            eprintln!("{}; the last of {} steps:", self.trace[0], self.trace.len());
            self.trace[last..].iter().for_each(|line| eprintln!("  {line:.300}"));
        }
    }
}
