//! One writer at a time, in the order they came, and none that waits for itself.
//!
//! A writer may pass a baton to the next one: a transaction that both write to (see `group.rs`).

use crate::{
    backend::locks::{Condvar, Mutex, MutexGuard, thread},
    error::{Result, StorageError},
};
use std::{
    collections::VecDeque,
    mem,
    panic::Location,
    sync::{Arc, PoisonError},
};

/// Lets one write in; a second one of the same thread is an error, one of another thread waits.
///
/// *Invariant*: while somebody waits, somebody holds, and a holder that leaves lets the first one in.
#[derive(Debug)]
pub(crate) struct WriterGate<B> {
    state: Mutex<GateState<B>>,
}

#[derive(Debug)]
struct GateState<B> {
    holder: Option<Holder>,
    waiting: VecDeque<Arc<Waiter<B>>>,
}

#[derive(Clone, Copy, Debug)]
struct Holder {
    thread: thread::ThreadId,
    begun_at: &'static Location<'static>,
}

#[derive(Debug)]
struct Waiter<B> {
    writer: Holder,
    takes_baton: bool,
    signal: Mutex<Signal<B>>,
    told: Condvar,
}

/// What a waiter is told.
#[derive(Debug)]
enum Signal<B> {
    Wait,
    Enter,
    EnterWith(B),
}

/// The right to write, given on when dropped.
#[derive(Debug)]
pub(crate) struct Permit<'gate, B>(&'gate WriterGate<B>);

impl<B> Default for WriterGate<B> {
    fn default() -> Self {
        Self { state: Mutex::new(GateState { holder: None, waiting: VecDeque::new() }) }
    }
}

impl<B> WriterGate<B> {
    /// Fails when this thread has the right to write.
    pub(crate) fn check_outside(&self, attempted_at: &'static Location<'static>) -> Result<()> {
        match self.lock().holder {
            Some(Holder { thread, begun_at }) if thread == thread::current().id() => {
                Err(StorageError::NestedWrite { begun_at, attempted_at })
            }
            _ => Ok(()),
        }
    }

    /// Waits for the right to write alone.
    pub(crate) fn enter(&self, attempted_at: &'static Location<'static>) -> Result<Permit<'_, B>> {
        self.wait(attempted_at, false).map(|(permit, _)| permit)
    }

    /// Waits for the right to write, alone or with the baton of the writer before.
    pub(crate) fn join(
        &self,
        attempted_at: &'static Location<'static>,
    ) -> Result<(Permit<'_, B>, Option<B>)> {
        self.wait(attempted_at, true)
    }

    fn wait(
        &self,
        attempted_at: &'static Location<'static>,
        takes_baton: bool,
    ) -> Result<(Permit<'_, B>, Option<B>)> {
        let writer = Holder { thread: thread::current().id(), begun_at: attempted_at };
        let mut state = self.lock();
        match state.holder {
            None => {
                state.holder = Some(writer);
                return Ok((Permit(self), None));
            }
            Some(Holder { thread, begun_at }) if thread == writer.thread => {
                return Err(StorageError::NestedWrite { begun_at, attempted_at });
            }
            Some(_) => {}
        }
        let signal = Mutex::new(Signal::Wait);
        let waiter = Arc::new(Waiter { writer, takes_baton, signal, told: Condvar::new() });
        state.waiting.push_back(Arc::clone(&waiter));
        drop(state);
        Ok((Permit(self), waiter.wait()))
    }

    /// Lets the first waiter in that may have `baton`: the first of all, if it takes one.
    fn let_in(&self, baton: Option<B>) -> Result<(), Option<B>> {
        let mut state = self.lock();
        let next = state.waiting.front();
        if baton.is_some() && !next.is_some_and(|waiter| waiter.takes_baton) {
            return Err(baton);
        }
        let next = state.waiting.pop_front();
        state.holder = next.as_ref().map(|waiter| waiter.writer);
        drop(state);
        if let Some(waiter) = next {
            let signal = baton.map_or(Signal::Enter, Signal::EnterWith);
            *waiter.signal.lock().unwrap_or_else(PoisonError::into_inner) = signal;
            waiter.told.notify_one();
        }
        Ok(())
    }

    /// The state is changed whole, so a panic of another thread leaves nothing half done.
    fn lock(&self) -> MutexGuard<'_, GateState<B>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<B> Waiter<B> {
    fn wait(&self) -> Option<B> {
        let mut signal = self.signal.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            match mem::replace(&mut *signal, Signal::Wait) {
                Signal::Wait => {}
                Signal::Enter => return None,
                Signal::EnterWith(baton) => return Some(baton),
            }
            signal = self.told.wait(signal).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl<B> Permit<'_, B> {
    /// Gives the right to write and `baton` to the next writer; both come back when it takes none, or there is none.
    pub(crate) fn pass(self, baton: B) -> Result<(), (Self, B)> {
        match self.0.let_in(Some(baton)) {
            Err(Some(baton)) => Err((self, baton)),
            _ => {
                // Given on already.
                mem::forget(self);
                Ok(())
            }
        }
    }
}

impl<B> Drop for Permit<'_, B> {
    fn drop(&mut self) {
        // Without a baton nobody refuses.
        let _ = self.0.let_in(None);
    }
}
