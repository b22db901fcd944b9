//! Finds the word that was probably meant.

/// What is said of a word that is none of `words`: ``unknown store attribute `tabel`; expected `table` ``.
pub(crate) fn unknown(what: &str, found: &str, words: &[&str]) -> String {
    let expected = match words {
        [only] => format!("`{only}`"),
        several => format!("one of `{}`", several.join("`, `")),
    };
    let hint = match closest(found, words) {
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
    row.last().copied().unwrap_or_default()
}
