//! The locks of what threads share here: std's, or with `--cfg shuttle` those of a scheduler that tries orders.
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
