//! The file system itself.

use super::{
    Image, Op, Plan, Trace,
    disk::SimulatedDisk,
    fault::{Call, Faults, Passed},
    trace::FileId,
};
use std::{
    collections::BTreeSet,
    io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use storage::backend::{Disk, FileStat, FileSystem};

/// A file system in memory. Clones are the same.
#[derive(Clone, Debug)]
pub struct SimulatedFiles {
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) image: Image,
    pub(super) locked: BTreeSet<FileId>,
    next_file: FileId,
    trace: Trace,
    faults: Option<Faults>,
    pub(super) sync_time: Duration,
    /// Whether a file can have two names.
    has_links: bool,
}

impl SimulatedFiles {
    /// A file system that holds what `image` does. What is done to it is written down.
    #[must_use]
    pub fn on(image: Image) -> Self {
        let state = State {
            next_file: image.next_file(),
            trace: Trace::new(image.clone()),
            image,
            locked: BTreeSet::new(),
            faults: None,
            sync_time: Duration::ZERO,
            has_links: true,
        };
        Self { state: Arc::new(Mutex::new(state)) }
    }

    /// The file system of `trace` after `position` ops, when the program was killed there and the power stayed: all
    /// that was done is there, and what was not synced is as unsafe as it was.
    #[must_use]
    pub fn killed(trace: &Trace, position: usize) -> Self {
        let files = Self::on(trace.start.clone());
        for op in &trace.ops[..position] {
            files.state().perform(op.clone());
        }
        let next_file = files.state().image.next_file();
        files.state().next_file = next_file;
        files
    }

    /// Writes down that the program begins its step `step`.
    pub fn begin(&self, step: usize) {
        self.state().trace.ops.push(Op::Begin(step));
    }

    /// Writes down that the program was told that its step `step` is done.
    pub fn acknowledge(&self, step: usize) {
        self.state().trace.ops.push(Op::Acknowledged(step));
    }

    /// What was done so far.
    #[must_use]
    pub fn trace(&self) -> Trace {
        self.state().trace.clone()
    }

    /// What there is now.
    #[must_use]
    pub fn image(&self) -> Image {
        self.state().image.clone()
    }

    /// Whether there is a file of the name `path` now.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.state().image.has(path)
    }

    /// Takes `time` to sync a file, as a disk does: long enough for other threads to come.
    pub fn slow_down(&self, time: Duration) {
        self.state().sync_time = time;
    }

    /// From here on a file can have one name only, as on FAT.
    pub fn refuse_links(&self) {
        self.state().has_links = false;
    }

    /// Fails as `plan` says, from here on.
    pub fn fail(&self, plan: Plan) {
        self.state().faults = Some(Faults::new(plan));
    }

    /// Fails no more. Gives how many calls the plan was asked about and whether one of them failed.
    #[must_use]
    pub fn heal(&self) -> (u64, bool) {
        let faults = self.state().faults.take();
        faults.map_or((0, false), |faults| (faults.call_count, faults.has_struck()))
    }

    /// A change is made in one step, so a panic of another thread leaves nothing half done.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn disk(&self, file: FileId) -> Box<dyn Disk> {
        Box::new(SimulatedDisk::new(Arc::clone(&self.state), file))
    }
}

impl State {
    pub(super) fn pass(&mut self, call: Call) -> io::Result<Passed> {
        self.faults.as_mut().map_or(Ok(Passed::Whole), |faults| faults.pass(call))
    }

    /// Does what `op` says and writes it down.
    pub(super) fn perform(&mut self, op: Op) {
        self.image.apply(&op);
        self.trace.ops.push(op);
    }

    /// The same for a write, whose bytes are copied once.
    pub(super) fn write(&mut self, file: FileId, offset: u64, bytes: &[u8]) {
        self.image.write(file, offset, bytes);
        self.trace.push_write(file, offset, bytes);
    }

    fn file(&self, path: &Path) -> io::Result<FileId> {
        self.image.names.get(path).copied().ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn check_free(&self, path: &Path) -> io::Result<()> {
        if self.image.has(path) { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(()) }
    }
}

impl FileSystem for SimulatedFiles {
    fn stat(&self, path: &Path) -> io::Result<FileStat> {
        let mut state = self.state();
        state.pass(Call::Len)?;
        let file = state.file(path)?;
        Ok(FileStat { is_file: true, len: state.image.bytes(file).len() as u64 })
    }

    fn open(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        let mut state = self.state();
        state.pass(Call::Read)?;
        let file = state.file(path)?;
        drop(state);
        Ok(self.disk(file))
    }

    fn open_read_only(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        self.open(path)
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn Disk>> {
        let mut state = self.state();
        state.pass(Call::Name)?;
        state.check_free(path)?;
        let file = state.next_file;
        state.next_file += 1;
        state.perform(Op::Name(path.to_owned(), file));
        drop(state);
        Ok(self.disk(file))
    }

    fn link(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.pass(Call::Name)?;
        if !state.has_links {
            return Err(io::ErrorKind::Unsupported.into());
        }
        let file = state.file(from)?;
        state.check_free(to)?;
        state.perform(Op::Name(to.to_owned(), file));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.pass(Call::Name)?;
        let file = state.file(from)?;
        state.check_free(to)?;
        // Two steps, between which and of which the power may take one.
        state.perform(Op::Name(to.to_owned(), file));
        state.perform(Op::Unname(from.to_owned()));
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.pass(Call::Name)?;
        state.file(path)?;
        state.perform(Op::Unname(path.to_owned()));
        Ok(())
    }

    fn has_folder(&self, _: &Path) -> bool {
        true
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.pass(Call::Sync)?;
        state.perform(Op::SyncFolder(folder.to_owned()));
        Ok(())
    }
}
