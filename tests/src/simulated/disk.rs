//! An open file of the file system.

use super::{
    Op,
    fault::{Call, Passed, full},
    files::State,
    trace::FileId,
};
use std::{
    io,
    path::Path,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};
use storage::backend::Disk;

#[derive(Debug)]
pub(super) struct SimulatedDisk {
    state: Arc<Mutex<State>>,
    file: FileId,
    has_lock: AtomicBool,
}

impl SimulatedDisk {
    pub(super) fn new(state: Arc<Mutex<State>>, file: FileId) -> Self {
        Self { state, file, has_lock: AtomicBool::new(false) }
    }

    /// As in [`SimulatedFiles`](super::SimulatedFiles).
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Disk for SimulatedDisk {
    fn len(&self) -> io::Result<u64> {
        let mut state = self.state();
        state.pass(Call::Len)?;
        Ok(state.image.bytes(self.file).len() as u64)
    }

    fn read(&self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        let mut state = self.state();
        state.pass(Call::Read)?;
        let start = offset as usize;
        let found = state.image.bytes(self.file).get(start..start + out.len());
        out.copy_from_slice(found.ok_or(io::ErrorKind::UnexpectedEof)?);
        Ok(())
    }

    fn write(&self, offset: u64, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        match state.pass(Call::Write)? {
            Passed::Whole => state.write(self.file, offset, bytes),
            Passed::Half => {
                state.write(self.file, offset, &bytes[..bytes.len() / 2]);
                return Err(full());
            }
        }
        Ok(())
    }

    fn set_len(&self, len: u64) -> io::Result<()> {
        let mut state = self.state();
        state.pass(Call::SetLen)?;
        state.perform(Op::SetLen(self.file, len));
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        let sync_time = self.state().sync_time;
        if !sync_time.is_zero() {
            thread::sleep(sync_time);
        }
        let mut state = self.state();
        if let Err(error) = state.pass(Call::Sync) {
            state.perform(Op::FailedSync(self.file));
            return Err(error);
        }
        state.perform(Op::Sync(self.file));
        Ok(())
    }

    fn try_lock(&self) -> io::Result<bool> {
        let locked = self.state().locked.insert(self.file);
        self.has_lock.fetch_or(locked, Ordering::AcqRel);
        Ok(locked)
    }

    fn close(&self) -> io::Result<()> {
        if self.has_lock.swap(false, Ordering::AcqRel) {
            self.state().locked.remove(&self.file);
        }
        Ok(())
    }

    fn len_at(&self, path: &Path) -> io::Result<Option<u64>> {
        // The store asks with an absolute path, and every path of a test is.
        let is_here = self.state().image.names.get(path) == Some(&self.file);
        is_here.then(|| self.len()).transpose()
    }
}

impl Drop for SimulatedDisk {
    fn drop(&mut self) {
        // Nothing can go wrong.
        let _ = self.close();
    }
}
