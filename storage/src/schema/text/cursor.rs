//! A place in a text, and the tokens that may begin there.

use super::print::{is_plain_in_type_names, is_plain_in_words};
use crate::{
    error::{SchemaTextError, SchemaTextReason},
    invariant::Invariant,
};
use std::str::FromStr;

pub(super) type Parsed<T> = Result<T, SchemaTextError>;

/// What of a text is not read yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    rest: &'t str,
}

impl<'t> Cursor<'t> {
    pub(super) const fn new(text: &'t str) -> Self {
        Self { text, rest: text }
    }

    pub(super) const fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    /// The text between this place and a later one.
    pub(super) fn up_to(&self, later: &Self) -> &'t str {
        let len = self.rest.len().checked_sub(later.rest.len());
        len.and_then(|len| self.rest.get(..len)).invariant("the other place is later in this text")
    }

    /// What is wrong at this place.
    #[cold]
    pub(super) fn error(&self, reason: SchemaTextReason) -> SchemaTextError {
        let read = Self::new(self.text).up_to(self);
        let line = read.split('\n').count();
        let column = read.split('\n').next_back().unwrap_or_default().chars().count();
        SchemaTextError { line, column: column.saturating_add(1), reason }
    }

    #[cold]
    pub(super) fn expected<T>(&self, what: &str) -> Parsed<T> {
        Err(self.error(SchemaTextReason::Expected { what: what.to_owned() }))
    }

    /// Skips `token`, if it comes next.
    pub(super) fn eat(&mut self, token: &str) -> bool {
        self.eat_both(token, "")
    }

    /// Skips `first` and then `second`, if both come next.
    pub(super) fn eat_both(&mut self, first: &str, second: &str) -> bool {
        let rest = self.rest.strip_prefix(first).and_then(|rest| rest.strip_prefix(second));
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    pub(super) fn expect(&mut self, token: &str) -> Parsed<()> {
        if self.eat(token) { Ok(()) } else { self.expected(&format!("`{token}`")) }
    }

    pub(super) fn end_line(&mut self) -> Parsed<()> {
        if self.eat("\n") { Ok(()) } else { self.expected("the end of the line") }
    }

    /// The characters that come next and are as `is_part` says.
    pub(super) fn take_while(&mut self, is_part: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).invariant("a character begins there");
        self.rest = rest;
        taken
    }

    pub(super) fn number<N: FromStr>(&mut self, what: &str) -> Parsed<N> {
        let start = *self;
        let digits = self.take_while(|c| c.is_ascii_digit() || c == '-');
        digits.parse().or_else(|_| start.expected(what))
    }

    /// The name of a type of the user's.
    pub(super) fn type_name(&mut self) -> Parsed<String> {
        if self.rest.starts_with('"') {
            return self.quoted();
        }
        if !self.rest.starts_with(|c: char| c.is_ascii_uppercase()) {
            return self.expected("the name of a type");
        }
        Ok(self.take_while(is_plain_in_type_names).to_owned())
    }

    /// Any other name.
    pub(super) fn word(&mut self) -> Parsed<String> {
        if self.rest.starts_with('"') {
            return self.quoted();
        }
        match self.take_while(is_plain_in_words) {
            "" => self.expected("a name"),
            word => Ok(word.to_owned()),
        }
    }

    /// Text between quotes.
    pub(super) fn quoted(&mut self) -> Parsed<String> {
        self.expect("\"")?;
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|c| !matches!(c, '"' | '\\' | '\n')));
            if self.eat("\"") {
                return Ok(text);
            } else if self.eat("\\\"") {
                text.push('"');
            } else {
                text.push(self.escape("a closing quote")?);
            }
        }
    }

    /// Text up to the end of the line.
    pub(super) fn text_line(&mut self) -> Parsed<String> {
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|c| !matches!(c, '\\' | '\n')));
            if self.eat("\n") {
                return Ok(text);
            }
            text.push(self.escape("the end of the line")?);
        }
    }

    /// `\\`, or a control character as `\u{a}`.
    fn escape(&mut self, otherwise: &str) -> Parsed<char> {
        if self.eat("\\\\") {
            return Ok('\\');
        }
        let start = *self;
        if !self.eat("\\u{") {
            return self.expected(otherwise);
        }
        let digits = self.take_while(|c| c.is_ascii_hexdigit());
        let c = u32::from_str_radix(digits, 16).ok().and_then(char::from_u32);
        match c.filter(|_| self.eat("}")) {
            Some(c) => Ok(c),
            None => start.expected("the number of a character"),
        }
    }
}
