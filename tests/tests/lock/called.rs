//! The macro, as a user's test calls it: where it finds its folder, and what it does as the environment says.

use crate::releases::{order1, user1, user2_bare};
use std::{path::Path, process::Command};
use tests::child;

/// The lock of this package is in version control.
#[test]
fn the_lock_is_beside_the_package() {
    match child::role().as_deref() {
        None => storage::lock!("tests/lock/schemas": user1::User, order1::Order),
        Some("changed") => storage::lock!("tests/lock/schemas": user2_bare::User, order1::Order),
        Some(_) => storage::lock!("tests/lock/never_made": user1::User),
    }
}

/// Runs the test above in a process of its own. Returns what it says, if it fails.
fn run(role: &str, variables: &[(&str, &str)]) -> Option<String> {
    let mut command: Command = child::again("called::the_lock_is_beside_the_package", role);
    command.env_remove("STORAGE_LOCK").env_remove("CI").envs(variables.iter().copied());
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (!output.status.success()).then(|| String::from_utf8(said).unwrap())
}

#[test]
fn it_panics_with_the_text_of_the_error() {
    let told = run("changed", &[]).unwrap();
    let expected = [
        "the lock does not hold\n\n",
        "users.schema: layout 1, which was released, is not read by this code",
    ];
    assert!(expected.iter().all(|expected| told.contains(expected)), "{told}");
}

#[test]
fn the_environment_says_what_is_written() {
    let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lock/never_made");
    let told = run("new", &[("CI", "true")]).unwrap();
    assert!(told.contains("never_made: it is missing: restore it"), "{told}");
    let told = run("new", &[("STORAGE_LOCK", "check")]).unwrap();
    assert!(told.contains("never_made: it is missing: restore it"), "{told}");
    let told = run("new", &[("STORAGE_LOCK", "yes")]).unwrap();
    assert!(
        told.contains("STORAGE_LOCK is `yes`: it may be `check`, `update` or `release`"),
        "{told}"
    );
    assert!(!made.exists());
}
