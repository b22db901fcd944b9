//! `storage completions` and `storage man`.

use crate::{cli::Cli, failure::Outcome, print::Out};
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use std::{io::Write as _, process::ExitCode};

/// Prints a script that completes the program's arguments in a shell.
#[derive(Args, Debug)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the manual as a page for `man`: of the program, or of a command.
#[derive(Args, Debug)]
pub(crate) struct Man {
    /// The command
    command: Option<String>,
}

impl Completions {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "storage", &mut script);
        out.write_all(&script)?;
        Ok(ExitCode::SUCCESS)
    }
}

impl Man {
    pub(crate) fn run(self, out: &mut Out) -> Outcome {
        let mut cli = Cli::command();
        cli.build();
        let command = match &self.command {
            None => cli,
            Some(name) => match cli.find_subcommand(name) {
                Some(command) => command.clone(),
                None => {
                    return Err(crate::failure::Failure::Call(format!(
                        "there is no command `{name}`"
                    )));
                }
            },
        };
        clap_mangen::Man::new(command).render(out)?;
        Ok(ExitCode::SUCCESS)
    }
}
