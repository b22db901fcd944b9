//! What threads share here: std's locks, or with `--cfg shuttle` those of a scheduler that tries orders.
//!
//! What is taken inside a call of the engine stays std's, because the engine's own locks are.

#[cfg(not(shuttle))]
pub(super) use std::{
    sync::atomic::AtomicU64,
    sync::{Condvar, Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard},
    thread,
};

#[cfg(shuttle)]
pub(super) use shuttle::{
    sync::atomic::AtomicU64,
    sync::{Condvar, Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard},
    thread,
};

/// A value that is replaced whole, and that readers take without a lock.
#[cfg(not(shuttle))]
pub(super) type ArcCell<T> = arc_swap::ArcSwapOption<T>;

#[cfg(shuttle)]
pub(super) use arc_cell::ArcCell;

/// The same where the scheduler sees it: each call is a step.
#[cfg(shuttle)]
mod arc_cell {
    use super::Mutex;
    use std::sync::{Arc, PoisonError};

    #[derive(Debug)]
    pub(in crate::backend) struct ArcCell<T>(Mutex<Option<Arc<T>>>);

    impl<T> Default for ArcCell<T> {
        fn default() -> Self {
            Self(Mutex::default())
        }
    }

    impl<T> ArcCell<T> {
        pub(in crate::backend) fn load(&self) -> Box<Option<Arc<T>>> {
            Box::new(self.load_full())
        }

        pub(in crate::backend) fn load_full(&self) -> Option<Arc<T>> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
        }

        pub(in crate::backend) fn store(&self, value: Option<Arc<T>>) {
            drop(self.swap(value));
        }

        pub(in crate::backend) fn swap(&self, value: Option<Arc<T>>) -> Option<Arc<T>> {
            std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), value)
        }
    }
}
