//! What a person and a program get from an error: each cause once, and the bytes of the key beside its text.

mod blame;
mod disk;
mod every;
mod keys;
mod renewed;

use every::{
    NO_SPACE, every_error, full_disk_at_commit, full_disk_at_opening, undecodable, unknown_commit,
};
use std::{collections::BTreeSet, error::Error, fmt, fs, path::Path};
use storage::StorageError;

/// Prints an error as `{:#}` of `anyhow` and other reporters do: its text, and that of every source.
fn chain(error: &dyn Error) -> String {
    let sources = std::iter::successors(error.source(), |error| (*error).source());
    sources.fold(error.to_string(), |text, source| format!("{text}: {source}"))
}

/// The name of an error's variant.
fn variant(error: &StorageError) -> String {
    let debug = format!("{error:?}");
    debug.split(|c: char| !c.is_alphanumeric()).next().unwrap().to_owned()
}

#[test]
fn every_variant_is_among_the_examples() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../storage/src/error/mod.rs");
    let file = syn::parse_file(&fs::read_to_string(path).unwrap()).unwrap();
    let declared = file.items.iter().find_map(|item| match item {
        syn::Item::Enum(item) if item.ident == "StorageError" => Some(item),
        _ => None,
    });
    let declared = declared.unwrap().variants.iter().map(|variant| variant.ident.to_string());
    // The one takes a process of its own, the other a table of 65,535 layouts.
    let is_left_out = |name: &String| name == "Forked" || name == "LayoutsFull";
    let declared: BTreeSet<String> = declared.filter(|name| !is_left_out(name)).collect();
    let made: BTreeSet<String> = every_error().iter().map(variant).collect();
    assert_eq!(made, declared);
}

#[test]
fn a_chain_printer_prints_each_cause_once() {
    for error in every_error() {
        let mut parent: &dyn Error = &error;
        while let Some(source) = parent.source() {
            assert!(!parent.to_string().contains(&source.to_string()), "{error:?}");
            parent = source;
        }
    }
}

#[test]
fn a_plain_print_shows_the_cause() {
    for error in [full_disk_at_opening(), full_disk_at_commit(), unknown_commit()] {
        assert_eq!(error.to_string().matches(NO_SPACE).count(), 1, "{error}");
        assert_eq!(chain(&error), error.to_string());
        assert_eq!(error.io_error().unwrap().kind(), std::io::ErrorKind::StorageFull);
    }
}

/// The bytes are what was written: nobody should restore a backup.
#[test]
fn a_type_that_refuses_its_own_bytes_is_not_damage() {
    for error in undecodable() {
        assert!(matches!(error, StorageError::Decode(_)), "{error:?}");
        assert!(!error.is_corrupt());
        assert!(error.to_string().contains("there is no way back"), "{error}");
    }
}

#[derive(Debug)]
struct Outer(std::io::Error);

impl fmt::Display for Outer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the import stopped")
    }
}

impl Error for Outer {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

#[test]
fn an_error_of_the_callers_own_keeps_its_sources() {
    let error = StorageError::custom(Outer(std::io::Error::other("the wire was cut")));
    assert_eq!(chain(&error), "the import stopped: the wire was cut");
}

#[test]
fn texts_are_written_as_the_house_writes_them() {
    for error in every_error() {
        let text = error.to_string();
        assert!(!text.starts_with(char::is_uppercase), "{text}");
        assert!(!text.ends_with(['.', '!']), "{text}");
        let custom = variant(&error) == "Custom";
        // A guard knows no table, and a write is named by its place in the source.
        let unplaced =
            custom || matches!(&*variant(&error), "Decode" | "NestedWrite" | "WouldDeadlock");
        assert!(unplaced || text.contains('`'), "names nothing: {text}");
        assert!(custom || text.contains(';'), "no way out: {text}");
    }
}
