//! What ends a command: the text for people, and the exit code for programs.

use std::{fmt, io, process::ExitCode};
use storage::{
    StorageError,
    dynamic::DynamicError,
    error::{Blame, OpenReason},
};

/// What a command returns.
pub(crate) type Outcome<T = ExitCode> = Result<T, Failure>;

/// There is no such row, or two files differ.
pub(crate) const NO: u8 = 1;
const WRONG_CALL: u8 = 2;
const UNUSABLE: u8 = 3;
/// The file is damaged.
pub(crate) const DAMAGED: u8 = 4;
const IO: u8 = 5;

/// Why a command ended.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The call is wrong.
    Call(String),
    /// There is nothing of the kind.
    Nothing(String),
    /// The store says so.
    Store(Box<DynamicError>),
    /// A file cannot be written.
    Disk(String),
    /// What is printed cannot be written.
    Output(io::Error),
}

impl Failure {
    /// Prints it, and returns its exit code. Whoever closed the pipe has seen enough: that is no failure.
    pub(crate) fn report(self) -> ExitCode {
        let code = match &self {
            Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                return ExitCode::SUCCESS;
            }
            Self::Output(_) | Self::Disk(_) => IO,
            Self::Call(_) => WRONG_CALL,
            Self::Nothing(_) => NO,
            Self::Store(error) => code_of(error),
        };
        complain(&self);
        ExitCode::from(code)
    }
}

/// Prints a message to stderr; where that is closed, nobody reads it.
pub(crate) fn complain(message: &impl fmt::Display) {
    use io::Write as _;
    let text = crate::print::plain(&message.to_string());
    let _ = writeln!(io::stderr(), "storage: {text}");
}

fn code_of(error: &DynamicError) -> u8 {
    match error {
        DynamicError::Storage(error) => match error.blame() {
            _ if is_unusable(error) => UNUSABLE,
            Blame::Busy | Blame::Mismatch => UNUSABLE,
            Blame::Corrupt => DAMAGED,
            Blame::Misuse | Blame::Violation => WRONG_CALL,
            _ => IO,
        },
        DynamicError::Unreadable { .. } => UNUSABLE,
        _ => WRONG_CALL,
    }
}

/// Whether there is no file that a command could look into.
fn is_unusable(error: &StorageError) -> bool {
    let StorageError::Open(error) = error else { return false };
    !matches!(error.reason(), OpenReason::Damaged(_) | OpenReason::Io(_))
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(text) | Self::Nothing(text) | Self::Disk(text) => f.write_str(text),
            Self::Store(error) => error.fmt(f),
            Self::Output(error) => write!(f, "cannot write: {error}"),
        }
    }
}

impl From<DynamicError> for Failure {
    fn from(error: DynamicError) -> Self {
        Self::Store(Box::new(error))
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        DynamicError::from(error).into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}
