//! Filters: which rows pass, by a text such as `elevation_ft > 5000 && country == "CH"`.
//!
//! ```text
//! filter  = all { ("||" | "or") all }
//! all     = one { ("&&" | "and") one }
//! one     = ("!" | "not") one | "(" filter ")" | test
//! test    = FIELD [ ("==" | "=" | "!=" | "<" | "<=" | ">" | ">=" | "contains" | "starts_with") LITERAL ]
//! ```
//!
//! A field is a path: `location.city`, `tags.0`, or `key`. Alone it must be true. A literal is a number, a truth value,
//! `null` or text in quotes; it must be one of the field's type, so that a text for a day is a day. Nothing is less
//! or greater than `null`, and `null` is only itself.

mod compare;
mod parse;
mod token;

pub(crate) use self::compare::{number, order};
use self::{
    compare::{contains, starts_with},
    parse::Parser,
};
use crate::failure::Outcome;
use std::cmp::Ordering;
use storage::dynamic::{DynamicError, DynamicRow, DynamicTable, Value};

/// A filter.
#[derive(Debug)]
pub(crate) enum Filter {
    Any(Vec<Self>),
    All(Vec<Self>),
    Not(Box<Self>),
    Test { field: String, test: Test, literal: Value },
}

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Test {
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
    Contains,
    StartsWith,
}

impl Filter {
    /// The filter that `text` is, of rows of `table`.
    pub(crate) fn parse(text: &str, table: &DynamicTable) -> Outcome<Self> {
        Parser::new(text, table)?.filter()
    }

    /// Whether `row` passes.
    pub(crate) fn passes(&self, row: &DynamicRow) -> Result<bool, DynamicError> {
        match self {
            Self::Any(filters) => {
                for filter in filters {
                    if filter.passes(row)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Self::All(filters) => {
                for filter in filters {
                    if !filter.passes(row)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Not(filter) => filter.passes(row).map(|passes| !passes),
            Self::Test { field, test, literal } => {
                let found = match row.field(field)? {
                    None if field == "key" => Some(row.key()?),
                    found => found,
                };
                let value = found.unwrap_or(Value::Option(None));
                Ok(test.holds(&value, literal))
            }
        }
    }
}

impl Test {
    fn holds(self, value: &Value, literal: &Value) -> bool {
        match self {
            Self::Contains => contains(value, literal),
            Self::StartsWith => starts_with(value, literal),
            Self::Unequal => order(value, literal) != Some(Ordering::Equal),
            Self::Equal => order(value, literal) == Some(Ordering::Equal),
            Self::Less => order(value, literal) == Some(Ordering::Less),
            Self::Greater => order(value, literal) == Some(Ordering::Greater),
            Self::AtMost => order(value, literal).is_some_and(Ordering::is_le),
            Self::AtLeast => order(value, literal).is_some_and(Ordering::is_ge),
        }
    }
}
