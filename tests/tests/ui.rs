//! What does not compile, and the message that mends it: one file a case, one folder a rule.
//!
//! `TRYBUILD=overwrite cargo test -p tests --test ui` writes the expected messages; read them, they are the product.
//!
//! The messages of the derives are ours to the letter. Those about traits, in `ui/trait`, are written by the compiler
//! around our words, so of them only our words, their places and the number of errors are compared.

#[path = "ui/compiler.rs"]
mod compiler;
#[path = "ui/templates.rs"]
mod templates;

use compiler::{Compiler, Complaint};
use std::{
    env, fs,
    path::{Path, PathBuf},
    thread,
};
use templates::Template;

const FOLDERS: [&str; 9] =
    ["attribute", "cascade", "codec", "conflict", "flatbuffers", "index", "key", "shape", "types"];

#[test]
fn misuse_of_the_derives_gets_the_message_that_mends_it() {
    let cases = trybuild::TestCases::new();
    for folder in FOLDERS {
        cases.compile_fail(format!("tests/ui/{folder}/*.rs"));
    }
}

#[test]
fn misuse_of_the_types_gets_the_message_that_mends_it() {
    let texts = templates::of_the_traits();
    let ours: Vec<Template> = texts.iter().map(|(_, _, text)| Template::new(text)).collect();
    let compiler = Compiler::find();
    let cases = cases("trait");
    let half = cases.len().div_ceil(2);
    let wrong: Vec<String> = thread::scope(|scope| {
        let (compiler, ours) = (&compiler, &ours);
        let check = |cases: &[PathBuf]| -> Vec<String> {
            cases.iter().filter_map(|case| mismatch(compiler, case, ours)).collect()
        };
        let threads: Vec<_> =
            cases.chunks(half).map(|cases| scope.spawn(move || check(cases))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_cases_is_run() {
    let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui");
    let folders = fs::read_dir(ui).unwrap().map(|entry| entry.unwrap().path());
    for folder in folders.filter(|path| path.is_dir()) {
        let name = folder.file_name().unwrap().to_str().unwrap();
        assert!(name == "trait" || FOLDERS.contains(&name), "nothing runs ui/{name}");
    }
}

fn cases(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui").join(folder);
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect();
    cases.sort();
    cases
}

/// How the complaints about `case` differ from the expected ones, if they do.
fn mismatch(compiler: &Compiler, case: &Path, ours: &[Template]) -> Option<String> {
    let complaints = compiler.complaints(case);
    let found: String = complaints.iter().map(|complaint| text(complaint, ours)).collect();
    let path = case.with_extension("stderr");
    if env::var("TRYBUILD").is_ok_and(|wish| wish == "overwrite") {
        fs::write(&path, &found).unwrap();
        return None;
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    let is_same = !found.is_empty() && found == expected;
    (!is_same).then(|| format!("{}\nexpected:\n{expected}\nfound:\n{found}", case.display()))
}

/// A complaint without what the compiler says in its own words.
fn text(complaint: &Complaint, ours: &[Template]) -> String {
    let is_ours = |text: &str| ours.iter().any(|template| template.matches(text));
    let Complaint { code, message, line, label, notes } = complaint;
    let error = code.as_ref().map_or_else(|| "error".to_owned(), |code| format!("error[{code}]"));
    let message = if is_ours(message) { format!(": {message}") } else { String::new() };
    let label = if is_ours(label) { format!(": {label}") } else { String::new() };
    let notes = notes.iter().filter(|note| is_ours(note));
    let notes: Vec<String> = notes.map(|note| format!("  = note: {note}\n")).collect();
    format!("{error}{message}\n --> line {line}{label}\n{}", notes.concat())
}
