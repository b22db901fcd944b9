//! From text to a filter.

use super::{
    Filter, Test,
    token::{Token, tokens},
};
use crate::failure::{Failure, Outcome};
use storage::dynamic::{DynamicTable, Shape, Value, ValueError};

/// How deeply filters may lie in one another.
const DEPTH_MAX: usize = 64;

/// A filter that is read.
pub(super) struct Parser<'t> {
    text: &'t str,
    tokens: Vec<(usize, Token<'t>)>,
    at: usize,
    depth: usize,
    table: &'t DynamicTable,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, table: &'t DynamicTable) -> Outcome<Self> {
        let tokens =
            tokens(text).map_err(|column| wrong(column, "a field, a sign or text in quotes"))?;
        Ok(Self { text, tokens, at: 0, depth: 0, table })
    }

    /// The whole text.
    pub(super) fn filter(mut self) -> Outcome<Filter> {
        let filter = self.any()?;
        match self.peek() {
            None => Ok(filter),
            Some(_) => Err(self.expected("`&&`, `||` or the end")),
        }
    }

    fn peek(&self) -> Option<&Token<'t>> {
        self.tokens.get(self.at).map(|(_, token)| token)
    }

    fn eat(&mut self, sign: &str, word: &str) -> bool {
        let is_next = match self.peek() {
            Some(Token::Sign(found)) => *found == sign,
            Some(Token::Word(found)) => *found == word,
            _ => false,
        };
        self.at = self.at.saturating_add(usize::from(is_next));
        is_next
    }

    #[cold]
    fn expected(&self, what: &str) -> Failure {
        let end = self.text.chars().count().saturating_add(1);
        wrong(self.tokens.get(self.at).map_or(end, |(column, _)| *column), what)
    }

    fn any(&mut self) -> Outcome<Filter> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > DEPTH_MAX {
            return Err(self.expected("fewer brackets in one another"));
        }
        let mut filters = vec![self.all()?];
        while self.eat("||", "or") {
            filters.push(self.all()?);
        }
        self.depth = self.depth.saturating_sub(1);
        Ok(Filter::Any(filters))
    }

    fn all(&mut self) -> Outcome<Filter> {
        let mut filters = vec![self.one()?];
        while self.eat("&&", "and") {
            filters.push(self.one()?);
        }
        Ok(Filter::All(filters))
    }

    fn one(&mut self) -> Outcome<Filter> {
        let mut is_not = false;
        while self.eat("!", "not") {
            is_not = !is_not;
        }
        let filter = if self.eat("(", "") {
            let filter = self.any()?;
            if !self.eat(")", "") {
                return Err(self.expected("`)`"));
            }
            filter
        } else {
            self.test()?
        };
        Ok(if is_not { Filter::Not(Box::new(filter)) } else { filter })
    }

    fn test(&mut self) -> Outcome<Filter> {
        let Some(Token::Word(field)) = self.peek().cloned() else {
            return Err(self.expected("a field"));
        };
        self.at = self.at.saturating_add(1);
        let test = self.peek().and_then(test_of);
        if self.table.field_type(field).is_none() {
            let name = self.table.name();
            return Err(Failure::Call(format!(
                "the filter: table `{name}` has no field `{field}`"
            )));
        }
        let Some(test) = test else {
            let (field, literal) = (field.to_owned(), Value::Bool(true));
            return Ok(Filter::Test { field, test: Test::Equal, literal });
        };
        self.at = self.at.saturating_add(1);
        let (Some(Token::Word(literal) | Token::Text(literal)), field) = (self.peek(), field)
        else {
            return Err(self.expected("a number, a word or text in quotes"));
        };
        let literal = self.literal(field, test, literal);
        let literal =
            literal.map_err(|reason| Failure::Call(format!("the filter: `{field}`: {reason}")))?;
        self.at = self.at.saturating_add(1);
        Ok(Filter::Test { field: field.to_owned(), test, literal })
    }

    /// A value of the field's type. What is looked for in a field may be of another, and a variant is told by its name.
    fn literal(&self, field: &str, test: Test, literal: &str) -> Result<Value, ValueError> {
        if matches!(test, Test::Contains | Test::StartsWith) {
            return Value::parse(literal);
        }
        let made = self.table.parse_field(field, literal);
        let is_enum = matches!(&made, Err(ValueError::Missing { .. } | ValueError::Type { .. }))
            && matches!(self.table.field_type(field), Some(Shape::Named(_)));
        if is_enum { Value::parse(literal) } else { made }
    }
}

fn test_of(token: &Token<'_>) -> Option<Test> {
    Some(match token {
        Token::Sign("==" | "=") => Test::Equal,
        Token::Sign("!=") => Test::Unequal,
        Token::Sign("<") => Test::Less,
        Token::Sign("<=") => Test::AtMost,
        Token::Sign(">") => Test::Greater,
        Token::Sign(">=") => Test::AtLeast,
        Token::Word("contains") => Test::Contains,
        Token::Word("starts_with") => Test::StartsWith,
        _ => return None,
    })
}

#[cold]
fn wrong(column: usize, expected: &str) -> Failure {
    Failure::Call(format!("the filter, column {column}: expected {expected}"))
}
