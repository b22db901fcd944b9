//! Values as JSON.

use super::Value;
use std::fmt::{self, Display, Formatter, Write as _};

/// How many spaces a level is moved to the right.
const INDENT: usize = 2;

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let is_pretty = f.alternate();
        Printer { out: f, is_pretty, level: 0 }.value(self)
    }
}

struct Printer<'f, 'o> {
    out: &'f mut Formatter<'o>,
    is_pretty: bool,
    level: usize,
}

impl Printer<'_, '_> {
    fn value(&mut self, value: &Value) -> fmt::Result {
        match value {
            Value::Unit | Value::Option(None) => self.out.write_str("null"),
            Value::Bool(value) => write!(self.out, "{value}"),
            Value::Char(value) => self.text(value.encode_utf8(&mut [0; 4])),
            Value::Signed(value) => write!(self.out, "{value}"),
            Value::Unsigned(value) => write!(self.out, "{value}"),
            Value::F32(value) if value.is_finite() => write!(self.out, "{value:?}"),
            Value::F64(value) if value.is_finite() => write!(self.out, "{value:?}"),
            Value::F32(value) => write!(self.out, "\"{value}\""),
            Value::F64(value) => write!(self.out, "\"{value}\""),
            Value::Text(text) => self.text(text),
            Value::Bytes(bytes) => write!(self.out, "\"{}\"", Hex(bytes)),
            Value::Option(Some(inner)) => self.value(inner),
            Value::List(values) | Value::Tuple(values) => self.all('[', ']', values, Self::value),
            Value::Map(entries) => self.map(entries),
            Value::Struct(fields) => {
                self.all('{', '}', fields, |it, (name, value)| it.member(name, value))
            }
            Value::Variant(name, None) => self.text(name),
            Value::Variant(name, Some(content)) => {
                self.all('{', '}', [content], |it, content| it.member(name, content))
            }
            Value::Time(time) => write!(self.out, "\"{time}\""),
            Value::Ip(ip) => write!(self.out, "\"{ip}\""),
            Value::Socket(socket) => write!(self.out, "\"{socket}\""),
            Value::Uuid(bytes) => write!(self.out, "\"{}\"", HyphenatedUuid(bytes)),
        }
    }

    /// An object where every key is text; else a list of pairs.
    fn map(&mut self, entries: &[(Value, Value)]) -> fmt::Result {
        if entries.iter().all(|(key, _)| matches!(key, Value::Text(_))) {
            return self.all('{', '}', entries, |it, (key, value)| match key {
                Value::Text(key) => it.member(key, value),
                _ => Ok(()),
            });
        }
        self.all('[', ']', entries, |it, (key, value)| it.all('[', ']', [key, value], Self::value))
    }

    fn member(&mut self, name: &str, value: &Value) -> fmt::Result {
        self.text(name)?;
        self.out.write_str(if self.is_pretty { ": " } else { ":" })?;
        self.value(value)
    }

    fn all<T>(
        &mut self,
        open: char,
        close: char,
        items: impl IntoIterator<Item = T>,
        mut print: impl FnMut(&mut Self, T) -> fmt::Result,
    ) -> fmt::Result {
        self.out.write_char(open)?;
        self.level = self.level.saturating_add(1);
        let mut is_empty = true;
        for item in items {
            if !is_empty {
                self.out.write_char(',')?;
            }
            is_empty = false;
            self.new_line()?;
            print(self, item)?;
        }
        self.level = self.level.saturating_sub(1);
        if !is_empty {
            self.new_line()?;
        }
        self.out.write_char(close)
    }

    fn new_line(&mut self) -> fmt::Result {
        if !self.is_pretty {
            return Ok(());
        }
        write!(self.out, "\n{:1$}", "", self.level.saturating_mul(INDENT))
    }

    fn text(&mut self, text: &str) -> fmt::Result {
        self.out.write_char('"')?;
        for c in text.chars() {
            match c {
                '"' => self.out.write_str("\\\"")?,
                '\\' => self.out.write_str("\\\\")?,
                '\n' => self.out.write_str("\\n")?,
                '\r' => self.out.write_str("\\r")?,
                '\t' => self.out.write_str("\\t")?,
                c if moves_the_cursor(c) => write!(self.out, "\\u{:04x}", u32::from(c))?,
                c => self.out.write_char(c)?,
            }
        }
        self.out.write_char('"')
    }
}

/// Whether a terminal does something else with it than to show it, or shows what follows in another order. All of them
/// are in the first 65,536 characters.
fn moves_the_cursor(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Bytes in hexadecimal behind `0x`.
pub(super) struct Hex<'a>(pub(super) &'a [u8]);

impl Display for Hex<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("0x")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A UUID with its hyphens.
pub(super) struct HyphenatedUuid<'a>(pub(super) &'a [u8; 16]);

impl Display for HyphenatedUuid<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        for (number, byte) in self.0.iter().enumerate() {
            if matches!(number, 4 | 6 | 8 | 10) {
                f.write_char('-')?;
            }
            write!(f, "{byte:02x}")?;
        }
        Ok(())
    }
}
