//! `#[store(index(...))]` on a struct: an index over several fields, over some of the records, or of what a function
//! returns.

use super::{
    item::{Cell, Item, items},
    known::known_items,
    symbol::{FIELDS, IF, KEY, NAME, Symbol, UNIQUE, WITH},
};
use crate::ctxt::Ctxt;
use proc_macro2::{Ident, TokenTree};
use syn::{LitStr, Path, Type, ext::IdentExt as _};

/// How the attribute is written.
const FORM: &str = "index(name = \"...\", fields(...))";

/// Every key of `index(...)` and how it is written, in the order in which messages list them.
const KEYS: [(Symbol, &str); 6] = [
    (FIELDS, "fields(a, b)"),
    (IF, "if = path::to::function"),
    (KEY, "key = Type"),
    (NAME, "name = \"...\""),
    (UNIQUE, "unique"),
    (WITH, "with = path::to::function"),
];

/// An index that is declared on the struct.
pub(crate) struct IndexAttr {
    pub(crate) name: LitStr,
    pub(crate) source: IndexSource,
    pub(crate) unique: bool,
    /// `if = path::to::fn`: only records for which it returns `true`.
    pub(crate) condition: Option<Path>,
}

/// What the keys of an index are made of.
pub(crate) enum IndexSource {
    /// `fields(a, b)`.
    Fields(Vec<Ident>),
    /// `with = path::to::fn, key = Type`.
    Function { path: Path, key: Box<Type> },
}

impl IndexAttr {
    /// Reads `index(...)`; what is wrong is reported.
    pub(crate) fn from_item(cx: &Ctxt, index: &Item) -> Option<Self> {
        let errors = cx.count();
        let mut condition = Cell::empty(cx, "index");
        let mut fields = Cell::empty(cx, "index");
        let mut key = Cell::empty(cx, "index");
        let mut name = Cell::empty(cx, "index");
        let mut unique = Cell::empty(cx, "index");
        let mut with = Cell::empty(cx, "index");
        for (symbol, form, item) in
            known_items(cx, index.list(cx, FORM)?, "an index attribute", &KEYS)
        {
            match symbol {
                FIELDS => fields.set(&item, field_names(cx, &item, form)),
                IF => condition.set(&item, function(cx, &item, form)),
                KEY => key.set(&item, item.value(cx, form, "a type")),
                NAME => name.set(&item, item.text(cx, form)),
                UNIQUE => unique.set(&item, Some(item.flag(cx, form))),
                WITH => with.set(&item, function(cx, &item, form)),
                _ => debug_assert!(false, "`{symbol}` is a key and nothing reads it"),
            }
        }
        // What seems to be missing may be what could not be read.
        if cx.count() > errors {
            return None;
        }
        let name = name.get();
        if name.is_none() {
            cx.error(&index.key, "an index needs a name: `name = \"...\"`");
        }
        let source =
            source(cx, &index.key, fields.get_with_key(), with.get_with_key(), key.get_with_key());
        let (unique, condition) = (unique.get().is_some(), condition.get());
        Some(Self { name: name?, source: source?, unique, condition })
    }
}

/// What `fields(...)`, `with = ...` and `key = ...` say together.
fn source(
    cx: &Ctxt,
    index: &Ident,
    fields: Option<(Ident, Vec<Ident>)>,
    with: Option<(Ident, Path)>,
    key: Option<(Ident, Type)>,
) -> Option<IndexSource> {
    match (fields, with, key) {
        (Some((_, fields)), None, None) => return Some(IndexSource::Fields(fields)),
        (None, Some((_, path)), Some((_, key))) => {
            return Some(IndexSource::Function { path, key: Box::new(key) });
        }
        (Some((fields, _)), with, key) => {
            let message = "an index takes either `fields(...)` or `with` and `key`, not both";
            cx.error(fields, message);
            for word in with.map(|(word, _)| word).into_iter().chain(key.map(|(word, _)| word)) {
                cx.error(word, message);
            }
        }
        (None, Some((with, _)), None) => {
            cx.error(with, "an index `with` a function needs the type of its keys: `key = Type`");
        }
        (None, None, Some((key, _))) => {
            let message =
                "`key` is the type that a function returns: add `with = path::to::function`";
            cx.error(key, message);
        }
        (None, None, None) => {
            let message =
                "an index needs `fields(...)`, or `with = path::to::function, key = Type`";
            cx.error(index, message);
        }
    }
    None
}

/// The path of a function, which its name in the schema is made of: so it is no closure.
fn function(cx: &Ctxt, item: &Item, form: &str) -> Option<Path> {
    let is_quoted = syn::parse2(item.rest.clone())
        .is_ok_and(|text: LitStr| text.parse_with(Path::parse_mod_style).is_ok());
    let hint = match item.rest.clone().into_iter().next() {
        Some(TokenTree::Punct(bar)) if bar.as_char() == '|' => {
            "a closure; make it a function: `fn name(record: &Record) -> ...`".to_owned()
        }
        _ if is_quoted => format!("`{}`; write it without quotes", item.rest),
        _ => return item.value(cx, form, "the path of a function"),
    };
    cx.error(&item.rest, format!("expected the path of a function, found {hint}"));
    None
}

/// The names in `fields(a, b)`.
fn field_names(cx: &Ctxt, item: &Item, form: &str) -> Option<Vec<Ident>> {
    let errors = cx.count();
    let names = items(cx, item.list(cx, form)?, "a field");
    if names.is_empty() && cx.count() == errors {
        cx.error(item, "an index needs at least one field, found `fields()`");
    }
    for name in &names {
        name.flag(cx, &name.key.unraw().to_string());
    }
    Some(names.into_iter().map(|name| name.key).collect())
}
