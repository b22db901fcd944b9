//! Text to values, before their type is known: JSON, and what people write for it.
//!
//! ```text
//! value   = "null" | "true" | "false" | NUMBER | '"' … '"' | "'" … "'" | WORD
//!         | "[" [ value { "," value } ] "]" | "(" [ value { "," value } ] ")"
//!         | "{" [ name ":" value { "," name ":" value } ] "}"
//! WORD    = characters other than space, quotes, brackets, commas and colons: text
//! ```
//!
//! Strings have JSON's escapes.

use super::Value;
use crate::error::ValueError;

/// How deeply values may lie in one another.
const DEPTH_MAX: usize = 64;

type Parsed<T> = Result<T, ValueError>;

impl Value {
    /// Reads text as a value of no certain type: JSON, or what people write for it.
    ///
    /// ```
    /// use storage::dynamic::Value;
    ///
    /// let value = Value::parse("(Dingling, 7)")?;
    /// assert_eq!(value, Value::Tuple(vec![Value::Text("Dingling".into()), Value::Signed(7)]));
    /// # Ok::<(), storage::dynamic::ValueError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ValueError::Syntax`] with the column.
    pub fn parse(text: &str) -> Parsed<Self> {
        let mut input = Input { text, rest: text, depth: 0 };
        let value = input.value()?;
        input.skip_space();
        if input.rest.is_empty() { Ok(value) } else { input.expected("the end") }
    }
}

struct Input<'t> {
    text: &'t str,
    rest: &'t str,
    depth: usize,
}

impl<'t> Input<'t> {
    fn skip_space(&mut self) {
        self.rest = self.rest.trim_start();
    }

    fn eat(&mut self, token: char) -> bool {
        self.skip_space();
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    #[cold]
    fn expected<T>(&self, what: &'static str) -> Parsed<T> {
        let read = self.text.len().saturating_sub(self.rest.len());
        let column = self.text.get(..read).map_or(0, |read| read.chars().count());
        Err(ValueError::Syntax { column: column.saturating_add(1), expected: what })
    }

    fn value(&mut self) -> Parsed<Value> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEPTH_MAX {
            return self.expected("fewer brackets in one another");
        }
        self.skip_space();
        let value = match self.rest.chars().next() {
            Some(quote @ ('"' | '\'')) => Value::Text(self.quoted(quote)?),
            Some('[') => Value::List(self.items('[', ']')?),
            Some('(') => Value::Tuple(self.items('(', ')')?),
            Some('{') => Value::Struct(self.members()?),
            _ => word(self.word()?),
        };
        self.depth = self.depth.saturating_sub(1);
        Ok(value)
    }

    fn items(&mut self, open: char, close: char) -> Parsed<Vec<Value>> {
        let mut items = Vec::new();
        self.eat(open);
        while !self.eat(close) {
            items.push(self.value()?);
            if !self.eat(',') && !self.rest.starts_with(close) {
                return self.expected("a comma or a closing bracket");
            }
        }
        Ok(items)
    }

    fn members(&mut self) -> Parsed<Vec<(std::sync::Arc<str>, Value)>> {
        let mut members = Vec::new();
        self.eat('{');
        while !self.eat('}') {
            self.skip_space();
            let name = match self.rest.chars().next() {
                Some(quote @ ('"' | '\'')) => self.quoted(quote)?,
                _ => self.word()?.to_owned(),
            };
            if !self.eat(':') {
                return self.expected("a colon");
            }
            members.push((name.into(), self.value()?));
            if !self.eat(',') && !self.rest.starts_with('}') {
                return self.expected("a comma or a closing brace");
            }
        }
        Ok(members)
    }

    fn word(&mut self) -> Parsed<&'t str> {
        let is_end = |c: char| c.is_whitespace() || "\"'[](){},:".contains(c);
        // Times and addresses have colons: one that digits surround is no end.
        let mut end = self.rest.len();
        for (at, c) in self.rest.char_indices() {
            let before = self.rest.get(..at).unwrap_or_default();
            let next = self.rest.get(at.saturating_add(1)..).and_then(|rest| rest.chars().next());
            let is_inside = c == ':'
                && before.ends_with(|c: char| c.is_ascii_hexdigit() || c == ':')
                && next.is_some_and(|c| c.is_ascii_hexdigit() || c == ':');
            if is_end(c) && !is_inside {
                end = at;
                break;
            }
        }
        match self.rest.split_at_checked(end) {
            Some((word, rest)) if !word.is_empty() => {
                self.rest = rest;
                Ok(word)
            }
            _ => self.expected("a value"),
        }
    }

    fn quoted(&mut self, quote: char) -> Parsed<String> {
        let mut text = String::new();
        let mut chars = self.rest.chars();
        chars.next();
        loop {
            match chars.next() {
                Some(c) if c == quote => break,
                Some('\\') => match escaped(&mut chars) {
                    Some(c) => text.push(c),
                    None => return self.expected("an escape that JSON has"),
                },
                Some(c) => text.push(c),
                None => return self.expected("a closing quote"),
            }
        }
        self.rest = chars.as_str();
        Ok(text)
    }
}

/// The character of an escape, behind its backslash.
fn escaped(chars: &mut std::str::Chars<'_>) -> Option<char> {
    Some(match chars.next()? {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => {
            let first = hex(chars)?;
            if !(0xd800..0xdc00).contains(&first) {
                return char::from_u32(first);
            }
            if (chars.next(), chars.next()) != (Some('\\'), Some('u')) {
                return None;
            }
            let second = hex(chars)?;
            return char::decode_utf16([u16::try_from(first).ok()?, u16::try_from(second).ok()?])
                .next()?
                .ok();
        }
        c @ ('"' | '\'' | '\\' | '/') => c,
        _ => return None,
    })
}

fn hex(chars: &mut std::str::Chars<'_>) -> Option<u32> {
    (0..4).try_fold(0_u32, |number, _| Some((number << 4) | chars.next()?.to_digit(16)?))
}

fn word(word: &str) -> Value {
    match word {
        "null" => Value::Option(None),
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        _ => number(word).unwrap_or_else(|| Value::Text(word.to_owned())),
    }
}

fn number(word: &str) -> Option<Value> {
    if !word.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.')) {
        return None;
    }
    let digits = word.replace('_', "");
    let signed = digits.parse().ok().map(Value::Signed);
    let unsigned = || digits.parse().ok().map(Value::Unsigned);
    let float = || digits.parse().ok().filter(|float: &f64| float.is_finite()).map(Value::F64);
    signed.or_else(unsigned).or_else(float)
}
