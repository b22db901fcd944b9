//! `#[store(index(...))]` on a struct: an index over several fields, part of the records, or what a function gives.

use crate::{
    attr::Item,
    ctxt::Ctxt,
    suggest::closest,
    symbol::{FIELDS, IF, KEY, NAME, Symbol, UNIQUE, WITH},
};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::{
    Expr, LitStr, Path, Token, Type,
    parse::{Parse, ParseStream, Parser as _},
    punctuated::Punctuated,
};

/// How the attribute is written.
const FORM: &str = "index(name = \"...\", fields(...))";

/// The keys inside `index(...)`, in the order in which messages list them.
const KEYS: [Symbol; 6] = [FIELDS, IF, KEY, NAME, UNIQUE, WITH];

/// An index that is declared on the struct.
pub(crate) struct IndexAttr {
    pub(crate) name: LitStr,
    pub(crate) source: IndexSource,
    pub(crate) unique: bool,
    /// `if = path::to::fn`: only records for which it gives `true`.
    pub(crate) condition: Option<Path>,
}

/// What the keys of an index are made of.
pub(crate) enum IndexSource {
    /// `fields(a, b)`.
    Fields(Vec<Ident>),
    /// `with = path::to::fn, key = Type`.
    Function { path: Path, key: Box<Type> },
}

/// The parts of `index(...)` as they are found.
#[derive(Default)]
struct Parts {
    name: Option<LitStr>,
    fields: Option<Vec<Ident>>,
    with: Option<Path>,
    key: Option<Type>,
    condition: Option<Path>,
    unique: Option<()>,
}

impl IndexAttr {
    /// Reads `index(...)`; what is wrong is reported.
    pub(crate) fn from_item(cx: &Ctxt, item: &Item) -> Option<Self> {
        let mut tokens = item.rest.clone().into_iter();
        let (Some(TokenTree::Group(group)), None, None) =
            (tokens.next(), tokens.next(), item.equals)
        else {
            let found = item.to_token_stream();
            cx.error(&found, format!("expected `{FORM}`, found `{found}`"));
            return None;
        };
        let parser = Punctuated::<Part, Token![,]>::parse_terminated;
        let parts = match parser.parse2(group.stream()) {
            Ok(parts) => parts,
            Err(error) => {
                cx.syn_error(error);
                return None;
            }
        };
        let mut found = Parts::default();
        for part in parts {
            found.add(cx, part)?;
        }
        found.finish(cx, &item.key)
    }
}

impl Parts {
    /// Puts `part` where it belongs; `None` when it is wrong.
    fn add(&mut self, cx: &Ctxt, part: Part) -> Option<()> {
        let Part { key, value } = part;
        let again = match &key {
            key if *key == NAME => self.name.replace(value.text(cx, &key.to_string())?).is_some(),
            key if *key == FIELDS => self.fields.replace(value.idents(cx)?).is_some(),
            key if *key == WITH => self.with.replace(value.path(cx, "with")?).is_some(),
            key if *key == IF => self.condition.replace(value.path(cx, "if")?).is_some(),
            key if *key == KEY => self.key.replace(value.ty(cx)?).is_some(),
            key if *key == UNIQUE => self.unique.replace(value.nothing(cx)?).is_some(),
            unknown => {
                cx.error(unknown, unknown_key(&unknown.to_string()));
                return None;
            }
        };
        if again {
            cx.error(&key, format!("duplicate `{key}` in `index`"));
        }
        Some(())
    }

    fn finish(self, cx: &Ctxt, word: &Ident) -> Option<IndexAttr> {
        let Some(name) = self.name else {
            cx.error(word, "an index needs a name: `name = \"...\"`");
            return None;
        };
        let source = match (self.fields, self.with, self.key) {
            (Some(fields), None, None) => IndexSource::Fields(fields),
            (None, Some(path), Some(key)) => IndexSource::Function { path, key: Box::new(key) },
            (None, Some(path), None) => {
                cx.error(
                    path,
                    "an index `with` a function needs the type of its keys: `key = ...`",
                );
                return None;
            }
            (Some(_), _, _) => {
                let message = "an index is over `fields(...)`, or `with` a function and a `key` type, not both";
                cx.error(word, message);
                return None;
            }
            (None, None, _) => {
                let message =
                    "an index needs `fields(...)`, or `with = path::to::function` and `key = Type`";
                cx.error(word, message);
                return None;
            }
        };
        let (unique, condition) = (self.unique.is_some(), self.condition);
        Some(IndexAttr { name, source, unique, condition })
    }
}

fn unknown_key(found: &str) -> String {
    let keys = KEYS.map(Symbol::as_str);
    let list: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    let list = list.join(", ");
    match closest(found, &keys) {
        Some(meant) => {
            format!("unknown `{found}` in `index`, did you mean `{meant}`? expected one of {list}")
        }
        None => format!("unknown `{found}` in `index`; expected one of {list}"),
    }
}

/// `unique`, `name = "..."` or `fields(...)`.
struct Part {
    key: Ident,
    value: Value,
}

/// What follows the key.
struct Value {
    key: Ident,
    tokens: TokenStream,
    has_equals: bool,
}

impl Value {
    fn text(&self, cx: &Ctxt, key: &str) -> Option<LitStr> {
        self.parse(cx, &format!("{key} = \"...\""), true)
    }

    fn path(&self, cx: &Ctxt, key: &str) -> Option<Path> {
        let form = format!("{key} = path::to::function");
        match self.parse::<Expr>(cx, &form, true)? {
            Expr::Path(path) => Some(path.path),
            Expr::Lit(lit) => match lit.lit {
                syn::Lit::Str(text) => text.parse().map_err(|e| cx.syn_error(e)).ok(),
                _ => self.refuse(cx, &form),
            },
            _ => self.refuse(cx, &form),
        }
    }

    fn ty(&self, cx: &Ctxt) -> Option<Type> {
        self.parse(cx, "key = Type", true)
    }

    fn idents(&self, cx: &Ctxt) -> Option<Vec<Ident>> {
        let form = "fields(a, b)";
        let mut tokens = self.tokens.clone().into_iter();
        let (Some(TokenTree::Group(group)), None, false) =
            (tokens.next(), tokens.next(), self.has_equals)
        else {
            return self.refuse(cx, form);
        };
        let idents = Punctuated::<Ident, Token![,]>::parse_terminated.parse2(group.stream());
        match idents {
            Ok(idents) if !idents.is_empty() => Some(idents.into_iter().collect()),
            Ok(_) => self.refuse(cx, form),
            Err(error) => {
                cx.syn_error(error);
                None
            }
        }
    }

    fn nothing(&self, cx: &Ctxt) -> Option<()> {
        if self.has_equals || !self.tokens.is_empty() {
            return self.refuse(cx, "unique");
        }
        Some(())
    }

    fn parse<T: Parse>(&self, cx: &Ctxt, form: &str, equals: bool) -> Option<T> {
        if self.has_equals != equals || self.tokens.is_empty() {
            return self.refuse(cx, form);
        }
        match syn::parse2(self.tokens.clone()) {
            Ok(value) => Some(value),
            Err(_) => self.refuse(cx, form),
        }
    }

    fn refuse<T>(&self, cx: &Ctxt, form: &str) -> Option<T> {
        let Self { key, tokens, has_equals } = self;
        let equals = if *has_equals { " = " } else { "" };
        cx.error(key, format!("expected `{form}`, found `{key}{equals}{tokens}`"));
        None
    }
}

impl Parse for Part {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let key: Ident = input.call(syn::ext::IdentExt::parse_any)?;
        let equals: Option<Token![=]> = input.parse()?;
        let mut tokens = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            tokens.extend([input.parse::<TokenTree>()?]);
        }
        let value = Value { key: key.clone(), tokens, has_equals: equals.is_some() };
        Ok(Self { key, value })
    }
}
