//! What two texts differ in, by the facts that their lines state.

use crate::error::Difference;
use std::iter;

/// A line: what it is about, and what it says of it.
type Fact<'t> = (&'t str, &'t str);

/// The first thing in which the text of the code and that of the file differ.
///
/// By lines and not by models, so that what a newer release has written is compared as well.
pub(crate) fn difference(expected: &str, stored: &str) -> Option<Difference> {
    let mut sides = (facts(expected), facts(stored));
    loop {
        match (sides.0.next(), sides.1.next()) {
            (None, None) => return None,
            (a, b) if a == b => {}
            (a, b) => return Some(explain((expected, a), (stored, b))),
        }
    }
}

/// Two lines stand side by side and differ: finds out what that means.
fn explain(
    (expected, expected_fact): (&str, Option<Fact<'_>>),
    (stored, stored_fact): (&str, Option<Fact<'_>>),
) -> Difference {
    // Where the codecs differ, that is why the rest does. A subject that only one side has was added or removed; the
    // same subject was changed.
    let subjects = stored_fact.into_iter().chain(expected_fact).map(|(subject, _)| subject);
    for subject in iter::once("codec").chain(subjects) {
        let (stored, expected) = (value_of(stored, subject), value_of(expected, subject));
        if stored != expected {
            return Difference::new(subject, stored, expected);
        }
    }
    let subject = |fact: Option<Fact<'_>>| fact.map(|(subject, _)| subject.to_owned());
    let (stored, expected) = (subject(stored_fact), subject(expected_fact));
    Difference::new("the order", stored.as_deref(), expected.as_deref())
}

fn value_of<'t>(text: &'t str, subject: &str) -> Option<&'t str> {
    facts(text).find(|(other, _)| *other == subject).map(|(_, value)| value)
}

fn facts(text: &str) -> impl Iterator<Item = Fact<'_>> {
    text.lines().map(|line| {
        line.split_at_checked(subject_len(line)).map_or((line, ""), |(subject, rest)| {
            (subject, rest.strip_prefix(SEPARATOR).unwrap_or(rest))
        })
    })
}

/// Between what a line is about and what it says of it.
const SEPARATOR: &str = " = ";

/// Where the subject of a line ends: names between quotes may contain anything.
fn subject_len(line: &str) -> usize {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' if !is_escaped => is_quoted = !is_quoted,
            ' ' if !is_quoted && line.get(at..).is_some_and(|rest| rest.starts_with(SEPARATOR)) => {
                return at;
            }
            _ => {}
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    line.len()
}
