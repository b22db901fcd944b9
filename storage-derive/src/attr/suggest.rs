//! Finds the word that was probably meant.

/// What other libraries call a thing, and what it is called here.
const SYNONYMS: [(&str, &str); 9] = [
    ("changelog", "feed"),
    ("format", "codec"),
    ("ignore", "skip"),
    ("name", "table"),
    ("pk", "key"),
    ("primary", "key"),
    ("primary_key", "key"),
    ("secondary_key", "index"),
    ("table_name", "table"),
];

/// Words that other libraries have, or that belong elsewhere here, and what to do instead.
const ABSENT: [(&[&str], &str); 5] = [
    (&["alias", "rename", "rename_all"], "names are stored as they are written in the code"),
    (&["auto_increment", "autoincrement"], "a key that the table counts is `#[store(key, auto)]`"),
    (&["fields", "if", "with"], "it belongs in `index(...)` on the struct of a stored record"),
    (&["flatbuffers", "rkyv"], "write `codec = \"rkyv\"` or `codec = \"flatbuffers\"`"),
    (
        &["version"],
        "the file remembers the layout itself, and opening a table reports what changed",
    ),
];

/// What to do without the word `found`, if it is one that others have.
pub(crate) fn absent(found: &str) -> Option<&'static str> {
    let entry = ABSENT.iter().find(|(words, _)| words.contains(&found))?;
    Some(entry.1)
}

/// What is said of a word that is none of `words`: ``unknown store attribute `tabel`; expected `table` ``.
pub(crate) fn unknown(what: &str, found: &str, words: &[&str]) -> String {
    let expected = match words {
        [only] => format!("`{only}`"),
        several => format!("one of `{}`", several.join("`, `")),
    };
    let synonym = SYNONYMS.iter().find(|(other, own)| *other == found && words.contains(own));
    let meant = synonym.map(|(_, own)| *own).or_else(|| closest(found, words));
    let hint = match meant {
        Some(meant) if words.len() > 1 => format!(" (did you mean `{meant}`?)"),
        _ => String::new(),
    };
    format!("unknown {what} `{found}`; expected {expected}{hint}")
}

/// The one of `words` that is at most two slips of the pen away from `found`, and leaves half of it.
pub(crate) fn closest<'a>(found: &str, words: &[&'a str]) -> Option<&'a str> {
    const SLIPS_MAX: usize = 2;
    let is_near = |slips: usize, word: &str| {
        slips <= SLIPS_MAX && slips.saturating_mul(2) <= found.len().min(word.len())
    };
    words
        .iter()
        .map(|word| (slips(found, word), *word))
        .filter(|(slips, word)| is_near(*slips, word))
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, word)| word)
}

/// How many letters must be added, dropped or replaced to make `b` of `a` (Levenshtein's distance, row by row).
fn slips(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (index, letter) in a.chars().enumerate() {
        let mut above_left = index;
        let mut left = index.saturating_add(1);
        for (cell, other) in row.iter_mut().skip(1).zip(b.chars()) {
            let replaced = above_left.saturating_add(usize::from(letter != other));
            let moved = left.min(*cell).saturating_add(1);
            above_left = *cell;
            left = replaced.min(moved);
            *cell = left;
        }
    }
    debug_assert!(!row.is_empty(), "a row has a cell for no letter");
    row.last().copied().unwrap_or_default()
}
