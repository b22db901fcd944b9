//! The file of one table: its layouts, oldest first, and its indexes.
//!
//! ```text
//! # storage lock 1
//! # (a comment)
//! table = users
//! --- layout 1   released 2026-03-01   5f0c2ab7d91e4463
//! (the text of a schema without its indexes)
//! --- layout 2   draft
//! (the same)
//! --- indexes
//! (the lines of the indexes)
//! ```
//!
//! The number behind the date is the hash of the layout's text, so that a change is noticed. Numbers of layouts are for
//! people: in files a layout may have another. The indexes are last, so that a file that was cut off is noticed.

use crate::{error::LockReason, hash::hash};
use std::fmt;

const HEAD: &str = "# storage lock ";
const VERSION: u32 = 1;
const COMMENT: &str =
    "# Layouts that released programs write. Written by a test with `storage::lock!`: commit it.";
const TABLE: &str = "table = ";
const SECTION: &str = "--- ";
const INDEXES: &str = "indexes";
/// How lines begin that git writes where two sides have changed the same lines.
const CONFLICT_MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

/// What the file of a table says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lock {
    pub(super) table: String,
    pub(super) released: Vec<Released>,
    /// The texts of layouts that no released program writes. One, unless branches were merged.
    pub(super) drafts: Vec<String>,
    /// The lines of the indexes.
    pub(super) indexes: String,
}

/// A layout that a released program writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Released {
    pub(super) number: u32,
    pub(super) date: String,
    fingerprint: u64,
    pub(super) text: String,
}

impl Released {
    pub(super) fn numbered(self, number: u32) -> Self {
        Self { number, ..self }
    }

    pub(super) fn new(number: u32, date: String, text: String) -> Self {
        Self { number, date, fingerprint: fingerprint(&text), text }
    }

    /// Whether its text is what was released.
    pub(super) fn is_whole(&self) -> bool {
        fingerprint(&self.text) == self.fingerprint
    }
}

/// What a line belongs to.
#[derive(Clone, Copy)]
enum Section {
    Head,
    Released,
    Draft,
    Indexes,
}

impl Lock {
    /// Reads the text of a file; one that has the marks of a merge conflict only where `is_merging`.
    pub(super) fn parse(text: &str, is_merging: bool) -> Result<Self, LockReason> {
        let mut lines = (1_usize..).zip(text.lines());
        check_head(lines.next().map_or("", |(_, line)| line))?;
        let (mut lock, mut section, mut len, mut has_indexes) =
            (Self::default(), Section::Head, 1, false);
        for (line, text) in lines {
            len = line;
            if CONFLICT_MARKS.iter().any(|mark| text.starts_with(mark)) {
                if is_merging {
                    continue;
                }
                return Err(LockReason::Conflict { line });
            }
            if let Some(head) = text.strip_prefix(SECTION) {
                let expected = "the layout of a release, a draft, or the indexes";
                section = lock.begin(head).ok_or(LockReason::Damaged { line, expected })?;
                has_indexes |= matches!(section, Section::Indexes);
            } else if !lock.push(section, text) {
                let expected = "`table = ` and its name, then layouts";
                return Err(LockReason::Damaged { line, expected });
            }
        }
        if !has_indexes {
            let line = len.saturating_add(1);
            return Err(LockReason::Damaged { line, expected: "`--- indexes`" });
        }
        Ok(lock)
    }

    /// Begins the section that has this behind its mark.
    fn begin(&mut self, head: &str) -> Option<Section> {
        let words: Vec<&str> = head.split_whitespace().collect();
        match *words.as_slice() {
            [INDEXES] => return Some(Section::Indexes),
            ["layout", _, "draft"] => self.drafts.push(String::new()),
            ["layout", number, "released", date, fingerprint] if fingerprint.len() == 16 => {
                let fingerprint = u64::from_str_radix(fingerprint, 16).ok()?;
                let (number, date) = (number.parse().ok()?, date.to_owned());
                self.released.push(Released { number, date, fingerprint, text: String::new() });
                return Some(Section::Released);
            }
            _ => return None,
        }
        Some(Section::Draft)
    }

    /// Adds a line to the last section; `false` if it has no such line.
    fn push(&mut self, section: Section, line: &str) -> bool {
        let text = match section {
            Section::Head => {
                if let Some(table) = line.strip_prefix(TABLE) {
                    table.clone_into(&mut self.table);
                    return true;
                }
                return line.is_empty() || line.starts_with('#');
            }
            Section::Released => self.released.last_mut().map(|released| &mut released.text),
            Section::Draft => self.drafts.last_mut(),
            Section::Indexes => Some(&mut self.indexes),
        };
        // A schema has no empty lines: those were added.
        if let Some(text) = text.filter(|_| !line.is_empty()) {
            text.push_str(line);
            text.push('\n');
        }
        true
    }

    /// The number of the next layout.
    pub(super) fn next(&self) -> u32 {
        self.released.iter().map(|released| released.number).max().unwrap_or(0).saturating_add(1)
    }
}

impl fmt::Display for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { table, released, drafts, indexes } = self;
        write!(f, "{HEAD}{VERSION}\n{COMMENT}\n{TABLE}{table}\n")?;
        for Released { number, date, fingerprint, text } in released {
            write!(f, "{SECTION}layout {number}   released {date}   {fingerprint:016x}\n{text}")?;
        }
        for (number, text) in (self.next()..).zip(drafts) {
            write!(f, "{SECTION}layout {number}   draft\n{text}")?;
        }
        write!(f, "{SECTION}{INDEXES}\n{indexes}")
    }
}

fn check_head(line: &str) -> Result<(), LockReason> {
    let version = line.strip_prefix(HEAD).ok_or(LockReason::Foreign)?;
    match version.parse() {
        Ok(VERSION) => Ok(()),
        Ok(version) => Err(LockReason::Newer { version }),
        Err(_) => Err(LockReason::Foreign),
    }
}

fn fingerprint(text: &str) -> u64 {
    hash(text.as_bytes(), 0)
}
