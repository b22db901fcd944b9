//! Looking at what a crash has left.

use super::{Change, Defect, Handles, Row, STORE, Script, Side, State, Step, backup_path};
use crate::{
    draft::draft_of,
    random::Random,
    simulated::{Cut, Image, Replay, SimulatedFiles, Syncs},
};
use std::{
    any::Any,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::Arc,
};
use storage::{OpenOptions, Result, Storage};

/// What is known of a program that was interrupted.
#[derive(Clone, Debug)]
pub struct Trial<'s> {
    /// What it did.
    pub script: &'s Script,
    /// The last step it began.
    pub begun: Option<usize>,
    /// The last step it was told is done.
    pub acknowledged: Option<usize>,
    /// How the store is opened.
    pub options: &'s OpenOptions,
}

impl Trial<'_> {
    /// Opens what is in `files`, compares it with what must be there, goes on with it, and gives the first defect.
    ///
    /// # Errors
    ///
    /// The defect.
    pub fn examine(&self, files: &SimulatedFiles) -> Result<(), Defect> {
        catch_unwind(AssertUnwindSafe(|| self.examine_files(files)))
            .unwrap_or_else(|panic| Err(Defect::Panicked(message(&*panic))))
    }

    /// Opens what is in `image`, commits nothing, and loses the power again.
    #[must_use]
    pub fn cut_again(&self, image: Image, cut: Cut, random: &mut Random) -> Image {
        let files = SimulatedFiles::on(image);
        let recover = || {
            let storage = Storage::open_with(STORE, &self.on(&files))?;
            storage.write(|_| Ok(()))
        };
        // A recovery that fails is found by who examines what it has left.
        let _ = catch_unwind(AssertUnwindSafe(recover));
        let trace = files.trace();
        let mut replay = Replay::new(&trace, Syncs::Honest);
        replay.advance_to(random.below(trace.ops.len() + 1));
        replay.cut(cut, random)
    }

    fn on(&self, files: &SimulatedFiles) -> OpenOptions {
        self.options.clone().file_system(Arc::new(files.clone()))
    }

    fn examine_files(&self, files: &SimulatedFiles) -> Result<(), Defect> {
        let had_store = files.has(Path::new(STORE));
        if self.acknowledged.is_some() && !had_store {
            return Err(Defect::Absent { file: STORE.to_owned() });
        }
        let handles = open(Path::new(STORE), &self.on(files))?;
        if !had_store {
            check_litter(files, Path::new(STORE))?;
        }
        self.examine_open(files, handles)
    }

    /// Compares the store that `handles` are of with what must be there, goes on with it, and gives the first defect.
    ///
    /// # Errors
    ///
    /// The defect.
    pub fn examine_open(&self, files: &SimulatedFiles, mut handles: Handles) -> Result<(), Defect> {
        self.examine_backup(files)?;
        // A step that replaced a table may be gone again, or only its handles could not be opened.
        let (oldest, newest) = self.possible();
        let mut steps = self.script.steps[oldest.saturating_sub(1)..newest].iter();
        if steps.any(Step::replaces_table) {
            handles.renew().map_err(stuck)?;
        }
        let state = self.state_of(&handles)?;
        self.back_up_again(files, &handles, &state)?;
        let state = go_on(&handles, state, self.script.has_releases())?;
        let acknowledged = power_cut(files);
        handles.close().map_err(stuck)?;
        // The file as it was closed, and as a power cut after the last acknowledgement leaves it.
        for files in [files, &SimulatedFiles::on(acknowledged)] {
            let handles = open(Path::new(STORE), &self.on(files))?;
            expect_rows(&handles.storage, &state)?;
        }
        Ok(())
    }

    /// The oldest and the newest state that may be there.
    fn possible(&self) -> (usize, usize) {
        let after = |step: Option<usize>| step.map_or(0, |step| step + 1);
        let durable =
            (0..after(self.acknowledged)).rev().find(|&number| self.script.is_durable(number));
        (after(durable), after(self.begun))
    }

    /// The content, when it is one that may be there.
    fn state_of(&self, handles: &Handles) -> Result<State, Defect> {
        let state = State::read(&handles.storage).map_err(stuck)?;
        let (oldest, newest) = self.possible();
        if !self.script.states[oldest..=newest].contains(&state) {
            return Err(match self.script.states.iter().rposition(|other| *other == state) {
                Some(found) => Defect::Lost { found, oldest },
                None => Defect::Mixed,
            });
        }
        expect_sound(&handles.storage, &state)?;
        Ok(state)
    }

    /// The last backup that was begun, with the state it is of and whether it was acknowledged. Nobody touches
    /// those before it.
    fn last_backup(&self) -> Option<(PathBuf, &State, bool)> {
        let begun = self.begun.map_or(0, |step| step + 1);
        let steps = self.script.steps[..begun].iter().enumerate();
        let mut backups = steps.filter_map(|(number, step)| match step {
            Step::Backup(backup) => Some((number, backup_path(*backup))),
            _ => None,
        });
        let (number, path) = backups.next_back()?;
        let is_acknowledged = self.acknowledged.is_some_and(|last| last >= number);
        Some((path, &self.script.states[number], is_acknowledged))
    }

    /// A backup is whole, or not there.
    fn examine_backup(&self, files: &SimulatedFiles) -> Result<(), Defect> {
        let Some((path, state, is_acknowledged)) = self.last_backup() else { return Ok(()) };
        if files.has(&path) {
            let copy = open(&path, &self.on(files).create(false))?;
            expect_rows(&copy.storage, state)
        } else if is_acknowledged {
            Err(Defect::Absent { file: path.display().to_string() })
        } else {
            Ok(())
        }
    }

    /// What is left of a backup does not keep the next one from being made.
    fn back_up_again(
        &self,
        files: &SimulatedFiles,
        handles: &Handles,
        state: &State,
    ) -> Result<(), Defect> {
        let Some((path, ..)) = self.last_backup() else { return Ok(()) };
        if files.has(&path) {
            return Ok(());
        }
        handles.storage.backup(&path).map_err(stuck)?;
        check_litter(files, &path)?;
        let copy = open(&path, &self.on(files).create(false))?;
        expect_rows(&copy.storage, state)
    }
}

fn open(path: &Path, options: &OpenOptions) -> Result<Handles, Defect> {
    Handles::open(path, options).map_err(|error| Defect::Dead {
        file: path.display().to_string(),
        error: error.to_string(),
    })
}

/// What is there after a power cut now, when nothing survives that was not synced.
fn power_cut(files: &SimulatedFiles) -> Image {
    let trace = files.trace();
    let mut replay = Replay::new(&trace, Syncs::Honest);
    replay.advance_to_end();
    replay.cut(Cut::Nothing, &mut Random::new(0))
}

/// The rows are there, and no others.
fn expect_rows(storage: &Storage, state: &State) -> Result<(), Defect> {
    if State::read(storage).map_err(stuck)? == *state { Ok(()) } else { Err(Defect::Mixed) }
}

/// Checksums and indexes fit the rows.
fn expect_sound(storage: &Storage, state: &State) -> Result<(), Defect> {
    match state.check(storage).map_err(stuck)? {
        None => Ok(()),
        Some(wrong) => Err(Defect::Unsound(wrong)),
    }
}

/// Makes three commits more; and brings the tables that change from release to release to the last.
fn go_on(handles: &Handles, mut state: State, has_releases: bool) -> Result<State, Defect> {
    if has_releases && let Some(wrong) = state.grow_up(&handles.storage).map_err(stuck)? {
        return Err(Defect::Unsound(wrong));
    }
    let row = |id: u32| Row {
        id,
        email: Some(format!("{id}@later.example")),
        city: "lima".to_owned(),
        tags: vec!["late".to_owned()],
        note: "n".repeat(id as usize),
    };
    let put = |side, id| Change::Put(side, row(id));
    let steps = [
        Step::One(put(Side::Rkyv, 900)),
        Step::One(put(Side::Flat, 901)),
        Step::Transaction(
            storage::Durability::Immediate,
            vec![put(Side::Rkyv, 902), put(Side::Flat, 903), Change::Delete(Side::Flat, 901)],
        ),
    ];
    for step in &steps {
        handles.perform(step).map_err(stuck)?;
        step.changes().iter().for_each(|change| state.apply(change));
    }
    expect_rows(&handles.storage, &state)?;
    expect_sound(&handles.storage, &state)?;
    Ok(state)
}

/// No draft of the file at `path`, which was just made anew, is left.
fn check_litter(files: &SimulatedFiles, path: &Path) -> Result<(), Defect> {
    let draft = draft_of(path);
    if files.has(&draft) { Err(Defect::Litter(draft.display().to_string())) } else { Ok(()) }
}

#[expect(clippy::needless_pass_by_value, reason = "for `map_err`")]
fn stuck(error: storage::StorageError) -> Defect {
    Defect::Stuck(error.to_string())
}

/// The text of a panic, if it has one.
#[must_use]
pub fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().map(str::to_owned);
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}
