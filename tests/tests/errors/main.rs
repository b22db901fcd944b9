//! What a person and a program get from an error: each cause once, and the bytes of the key beside its text.

mod every;
mod keys;

use every::{NO_SPACE, every_error, full_disk_at_opening, unknown_commit};
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
    let declared: BTreeSet<String> = declared.filter(|name| name != "Forked").collect();
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
    for error in [full_disk_at_opening(), unknown_commit()] {
        assert_eq!(error.to_string().matches(NO_SPACE).count(), 1, "{error}");
        assert_eq!(chain(&error), error.to_string());
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
