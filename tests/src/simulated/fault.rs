//! Failing at a call of choice.

use std::io;

/// How a disk fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fault {
    /// A change of bytes, lengths or names, or a sync, fails once with an input/output error.
    Once,
    /// The same, and every call after it.
    ForEver,
    /// The same, once, because the disk is full.
    Full,
    /// A write is done by half, then the disk is full.
    ShortWrite,
    /// A sync fails.
    Sync,
    /// A read, or the opening of a file, fails.
    Read,
    /// A question for a length fails.
    Len,
}

/// Every way.
pub const FAULTS: [Fault; 7] = [
    Fault::Once,
    Fault::ForEver,
    Fault::Full,
    Fault::ShortWrite,
    Fault::Sync,
    Fault::Read,
    Fault::Len,
];

/// What is asked of a file system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Call {
    Name,
    Write,
    SetLen,
    Sync,
    Read,
    Len,
}

/// The disk fails as `fault` says at the `at`th call, counted from 1, that can fail so.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How.
    pub fault: Fault,
    /// When.
    pub at: u64,
}

/// The calls that were made, and the plan for them.
#[derive(Debug)]
pub(super) struct Faults {
    plan: Plan,
    pub(super) call_count: u64,
}

/// What becomes of a call that does not fail at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    Whole,
    /// The first half is done, and then it fails.
    Half,
}

impl Faults {
    pub(super) const fn new(plan: Plan) -> Self {
        Self { plan, call_count: 0 }
    }

    /// Whether the disk has failed.
    pub(super) const fn has_struck(&self) -> bool {
        self.call_count >= self.plan.at
    }

    /// Lets `call` pass or fail.
    pub(super) fn pass(&mut self, call: Call) -> io::Result<Passed> {
        let Plan { fault, at } = self.plan;
        if self.has_struck() && fault == Fault::ForEver {
            return Err(input_output());
        }
        if !fault.strikes(call) {
            return Ok(Passed::Whole);
        }
        self.call_count += 1;
        match fault {
            _ if self.call_count != at => Ok(Passed::Whole),
            Fault::Full => Err(full()),
            Fault::ShortWrite => Ok(Passed::Half),
            _ => Err(input_output()),
        }
    }
}

impl Fault {
    fn strikes(self, call: Call) -> bool {
        match self {
            Self::Once | Self::ForEver | Self::Full => !matches!(call, Call::Read | Call::Len),
            Self::ShortWrite => call == Call::Write,
            Self::Sync => call == Call::Sync,
            Self::Read => call == Call::Read,
            Self::Len => call == Call::Len,
        }
    }
}

/// As Linux gives it when a disk does not answer: `EIO`.
fn input_output() -> io::Error {
    io::Error::from_raw_os_error(5)
}

/// `ENOSPC`.
pub(super) fn full() -> io::Error {
    io::Error::from_raw_os_error(28)
}
