//! How far a queued write is, shared by its ticket and the thread that runs it.

use crate::{
    backend::locks::{Condvar, Mutex, MutexGuard},
    error::Result,
};
use std::{
    sync::{Arc, PoisonError},
    task::Waker,
};

/// What a ticket and the one who runs the write share.
#[derive(Default)]
pub(super) struct Progress {
    state: Mutex<State>,
    told: Condvar,
}

#[derive(Default)]
struct State {
    result: Option<Result<bool>>,
    waker: Option<Waker>,
    /// The ticket was dropped: nobody will ask.
    is_abandoned: bool,
}

/// Who has to be told how a write ended.
pub(super) enum Told {
    /// The ticket knows, and this task wants to be woken.
    Waker(Option<Waker>),
    /// There is no ticket any more, and this is how it ended.
    Nobody(Result<bool>),
}

impl Progress {
    /// Whether the write has ended and nobody was told yet.
    pub(super) fn has_ended(&self) -> bool {
        self.lock().result.is_some()
    }

    /// Waits for the result.
    pub(super) fn wait(&self) -> Result<bool> {
        let mut state = self.lock();
        loop {
            if let Some(result) = state.result.take() {
                return result;
            }
            state = self.told.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Takes the result, or remembers `waker` to be woken when there is one.
    pub(super) fn take_or_wake(&self, waker: Waker) -> Option<Result<bool>> {
        let mut state = self.lock();
        let result = state.result.take();
        let unused = if result.is_some() { Some(waker) } else { state.waker.replace(waker) };
        // To drop a waker is to run the user's code, which may ask for this very write.
        drop(state);
        drop(unused);
        result
    }

    /// Nobody will ask any more. Returns the result, if the write has ended.
    pub(super) fn abandon(&self) -> Option<Result<bool>> {
        let mut state = self.lock();
        state.is_abandoned = true;
        let waker = state.waker.take();
        let result = state.result.take();
        drop(state);
        drop(waker);
        result
    }

    /// The write has ended.
    pub(super) fn tell(self: &Arc<Self>, result: Result<bool>) -> Told {
        let mut state = self.lock();
        if state.is_abandoned {
            return Told::Nobody(result);
        }
        state.result = Some(result);
        let waker = state.waker.take();
        drop(state);
        self.told.notify_all();
        Told::Waker(waker)
    }

    /// It is changed in one step, so a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
