//! A test that runs in a process of its own: to be killed, to abort, to fork, to have limits.

use std::{
    env,
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};

const ROLE: &str = "STORAGE_TEST_ROLE";
/// What a line begins with that a child says to its parent: the test runner writes to the same pipe.
const MARK: &str = "@@ ";

/// The test `name` of this binary, to be run again in a process of its own, which learns `role` from [`role`].
#[must_use]
pub fn again(name: &str, role: &str) -> Command {
    let program = env::current_exe().expect("this program has a path");
    let mut command = Command::new(program);
    command.args([name, "--exact", "--nocapture", "--test-threads=1"]).env(ROLE, role);
    command
}

/// The same through the shell, behind `prelude`: `ulimit -n 64`.
#[must_use]
pub fn again_in_shell(prelude: &str, name: &str, role: &str) -> Command {
    let inner = again(name, role);
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{prelude}; exec \"$0\" \"$@\""));
    command.arg(inner.get_program()).args(inner.get_args()).env(ROLE, role);
    command
}

/// What this process was started for; `None` in the process that the test runner started.
#[must_use]
pub fn role() -> Option<String> {
    env::var(ROLE).ok()
}

/// Says a line to the process that started this one.
#[expect(clippy::print_stdout, reason = "standard output is the pipe to the parent")]
pub fn say(line: &str) {
    // One write, and nothing of the test runner's on the same line.
    print!("\n{MARK}{line}\n");
}

/// Starts `command` with a pipe from its standard output.
///
/// # Panics
///
/// When it cannot be started.
#[must_use]
pub fn start(command: &mut Command) -> Child {
    let piped = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    piped.spawn().expect("the child starts")
}

/// The lines that `child` says, until it ends. A line that was cut off is left out.
pub fn lines(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    let mut reader = BufReader::new(child.stdout.take().expect("the output is piped"));
    std::iter::from_fn(move || {
        loop {
            let mut line = String::new();
            let len = reader.read_line(&mut line).ok()?;
            if len == 0 || !line.ends_with('\n') {
                return None;
            }
            if let Some(said) = line.strip_prefix(MARK) {
                return Some(said.trim_end().to_owned());
            }
        }
    })
}

/// Runs `command` to its end and gives what it said.
///
/// # Panics
///
/// When it fails.
#[must_use]
pub fn said(command: &mut Command) -> Vec<String> {
    let output = command.stdin(Stdio::null()).output().expect("the child starts");
    let stdout = String::from_utf8_lossy(&output.stdout);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}\n{stdout}\n{stderr}", output.status);
    stdout.lines().filter_map(|line| line.strip_prefix(MARK)).map(str::to_owned).collect()
}
