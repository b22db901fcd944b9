//! The tokens of a filter.

/// A token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A field, a number, or one of the words.
    Word(&'t str),
    /// Text in quotes, as it is written.
    Text(&'t str),
    /// `&&`, `<=`, `(`.
    Sign(&'t str),
}

/// Longer ones first.
const SIGNS: [&str; 12] = ["&&", "||", "==", "!=", "<=", ">=", "<", ">", "=", "!", "(", ")"];

/// The tokens of `text`, each with its column; or the column at which there is none.
pub(super) fn tokens<'t>(text: &'t str) -> Result<Vec<(usize, Token<'t>)>, usize> {
    let mut found = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let read = text.len().saturating_sub(rest.len());
        let column = text.get(..read).map_or(0, |read| read.chars().count()).saturating_add(1);
        let sign = SIGNS.iter().find(|sign| rest.starts_with(**sign));
        let (len, token): (usize, fn(&'t str) -> Token<'t>) = match (sign, first) {
            (Some(sign), _) => (sign.len(), Token::Sign),
            (None, '"' | '\'') => (quoted_len(rest, first).ok_or(column)?, Token::Text),
            _ => (word_len(rest), Token::Word),
        };
        let (taken, behind) = rest.split_at_checked(len).filter(|_| len > 0).ok_or(column)?;
        found.push((column, token(taken)));
        rest = behind.trim_start();
    }
    Ok(found)
}

fn word_len(text: &str) -> usize {
    let is_part = |c: char| c.is_alphanumeric() || "_.-+:$#".contains(c);
    text.find(|c: char| !is_part(c)).unwrap_or(text.len())
}

fn quoted_len(text: &str, quote: char) -> Option<usize> {
    let mut is_escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            c if c == quote => return at.checked_add(1),
            _ => {}
        }
    }
    None
}
