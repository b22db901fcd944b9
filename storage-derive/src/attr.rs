//! Attributes: their syntax, where each is legal, and that each is given once.
//!
//! Nothing in this file returns a `Result`: mistakes go to the [`Ctxt`], so that the first one does not hide the
//! others. What a value means is for `check.rs` to judge.

use crate::{
    codec_attr::Codecs,
    ctxt::Ctxt,
    flat_attr::RemovedAttr,
    index_attr::IndexAttr,
    suggest::{absent, unknown},
    symbol::{
        AS, CODEC, CRATE, DEFAULT, FILE_IDENTIFIER, FIXED, ID, INDEX, KEY, NICHE, OPAQUE, REMOTE,
        REMOVED, REPR, RKYV, STORAGE, STORE, Symbol, TABLE, UNIQUE, WITH,
    },
};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{
    Attribute, Expr, LitInt, LitStr, Meta, Path, Token,
    ext::IdentExt as _,
    parse::{Parse, ParseStream, Parser as _},
};

/// What is said on a type.
pub(crate) struct ContainerAttrs {
    pub(crate) codec: Option<Codecs>,
    pub(crate) file_identifier: Option<LitStr>,
    pub(crate) fixed: Option<Ident>,
    pub(crate) indexes: Vec<IndexAttr>,
    pub(crate) krate: Option<Path>,
    pub(crate) removed: Vec<RemovedAttr>,
    /// The integer of `#[repr(...)]`.
    pub(crate) repr: Option<Ident>,
    pub(crate) table: Option<LitStr>,
    /// The key of `#[rkyv(...)]` that puts another type in the place of the archived one.
    pub(crate) rkyv_replaced: Option<Ident>,
}

/// What is said on a field.
pub(crate) struct FieldAttrs {
    pub(crate) default: Option<Expr>,
    pub(crate) id: Option<LitInt>,
    pub(crate) index: Option<Ident>,
    pub(crate) key: Option<Ident>,
    pub(crate) opaque: Option<LitStr>,
    /// The key of `#[rkyv(...)]` by which the field's type alone does not tell what its bytes mean.
    pub(crate) rkyv_changed: Option<Ident>,
    pub(crate) unique: Option<Ident>,
}

/// Where an attribute stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// On a struct that derives `StoredRecord`.
    Record,
    /// On a field of such a struct.
    RecordField,
    /// On a type that derives `StoredType` or `StoredKey`; a type may derive both, so they share their attributes.
    Type,
    /// On a field of such a type.
    TypeField,
    /// On a variant of an enum.
    Variant,
}

impl Spot {
    /// Where the attributes of the fields of a type stand.
    pub(crate) const fn of_fields(self) -> Self {
        match self {
            Self::Record | Self::RecordField => Self::RecordField,
            Self::Type | Self::TypeField | Self::Variant => Self::TypeField,
        }
    }
}

/// A key of `#[store(...)]`: how it is written and where it belongs.
struct Rule {
    symbol: Symbol,
    form: &'static str,
    home: &'static str,
    spots: &'static [Spot],
}

/// Every key of `#[store(...)]`, in the order in which messages list them.
const RULES: [Rule; 12] = [
    Rule {
        symbol: CODEC,
        form: "codec = \"...\"",
        home: "the struct or enum",
        spots: &[Spot::Record, Spot::Type],
    },
    Rule {
        symbol: CRATE,
        form: "crate = \"...\"",
        home: "the struct or enum",
        spots: &[Spot::Record, Spot::Type],
    },
    Rule {
        symbol: DEFAULT,
        form: "default = ...",
        home: "a field of a FlatBuffers table",
        spots: &[Spot::RecordField, Spot::TypeField],
    },
    Rule {
        symbol: FILE_IDENTIFIER,
        form: "file_identifier = \"...\"",
        home: "the struct of a FlatBuffers table",
        spots: &[Spot::Record, Spot::Type],
    },
    Rule {
        symbol: FIXED,
        form: "fixed",
        home: "a struct that derives `StoredType`",
        spots: &[Spot::Type],
    },
    Rule {
        symbol: ID,
        form: "id = ...",
        home: "a field of a FlatBuffers table",
        spots: &[Spot::RecordField, Spot::TypeField],
    },
    Rule {
        symbol: INDEX,
        form: "index",
        home: "a field, or as `index(name = \"...\", fields(...))` on the struct, of a stored record",
        spots: &[Spot::Record, Spot::RecordField],
    },
    Rule {
        symbol: KEY,
        form: "key",
        home: "a field of a stored record",
        spots: &[Spot::RecordField],
    },
    Rule {
        symbol: OPAQUE,
        form: "opaque = \"...\"",
        home: "a field",
        spots: &[Spot::RecordField, Spot::TypeField],
    },
    Rule {
        symbol: REMOVED,
        form: "removed(id = ..., name = \"...\", ty = \"...\")",
        home: "the struct of a FlatBuffers table",
        spots: &[Spot::Record, Spot::Type],
    },
    Rule {
        symbol: TABLE,
        form: "table = \"...\"",
        home: "the struct of a stored record",
        spots: &[Spot::Record],
    },
    Rule {
        symbol: UNIQUE,
        form: "unique",
        home: "a field of a stored record",
        spots: &[Spot::RecordField],
    },
];

impl ContainerAttrs {
    pub(crate) fn from_syn(cx: &Ctxt, attrs: &[Attribute], spot: Spot) -> Self {
        let mut codec = Cell::empty(cx, "store");
        let mut file_identifier = Cell::empty(cx, "store");
        let mut fixed = Cell::empty(cx, "store");
        let mut krate = Cell::empty(cx, "store");
        let mut table = Cell::empty(cx, "store");
        let mut indexes = Vec::new();
        let mut removed = Vec::new();
        for (Rule { symbol, form, .. }, item) in legal_items(cx, attrs, spot) {
            match *symbol {
                CODEC => codec.set(&item, item.text(cx, form).map(Codecs::new)),
                CRATE => krate.set(&item, item.krate(cx, form)),
                FILE_IDENTIFIER => file_identifier.set(&item, item.text(cx, form)),
                FIXED => fixed.set(&item, Some(item.flag(cx, form))),
                REMOVED => removed.extend(RemovedAttr::from_item(cx, &item)),
                INDEX => indexes.extend(IndexAttr::from_item(cx, &item)),
                TABLE => table.set(&item, item.text(cx, form)),
                _ => {}
            }
        }
        Self {
            codec: codec.get(),
            file_identifier: file_identifier.get(),
            fixed: fixed.get(),
            indexes,
            krate: krate.get(),
            removed,
            repr: repr(attrs),
            table: table.get(),
            rkyv_replaced: rkyv_key(attrs, &[AS, REMOTE]),
        }
    }
}

impl FieldAttrs {
    pub(crate) fn from_syn(cx: &Ctxt, attrs: &[Attribute], spot: Spot) -> Self {
        let mut default = Cell::empty(cx, "store");
        let mut id = Cell::empty(cx, "store");
        let mut index = Cell::empty(cx, "store");
        let mut key = Cell::empty(cx, "store");
        let mut opaque = Cell::empty(cx, "store");
        let mut unique = Cell::empty(cx, "store");
        for (Rule { symbol, form, .. }, item) in legal_items(cx, attrs, spot) {
            match *symbol {
                DEFAULT => default.set(&item, item.value(cx, form, "a constant expression")),
                ID => id.set(&item, item.value(cx, form, "an integer")),
                INDEX => index.set(&item, Some(item.index_flag(cx, form))),
                KEY => key.set(&item, Some(item.flag(cx, form))),
                UNIQUE => unique.set(&item, Some(item.flag(cx, form))),
                OPAQUE => opaque.set(&item, item.text(cx, form)),
                _ => {}
            }
        }
        Self {
            default: default.get(),
            id: id.get(),
            index: index.get(),
            key: key.get(),
            opaque: opaque.get(),
            rkyv_changed: rkyv_key(attrs, &[WITH, NICHE]),
            unique: unique.get(),
        }
    }
}

/// Reports every key on a variant: none is legal there.
pub(crate) fn check_variant(cx: &Ctxt, attrs: &[Attribute]) {
    legal_items(cx, attrs, Spot::Variant);
}

/// A place for a value that may be given once; a second time is an error at both.
pub(crate) struct Cell<'c, T> {
    cx: &'c Ctxt,
    /// Of what kind of attribute it is the value.
    kind: &'static str,
    first: Option<(Ident, Option<T>)>,
    reported: bool,
}

impl<'c, T> Cell<'c, T> {
    pub(crate) fn empty(cx: &'c Ctxt, kind: &'static str) -> Self {
        Self { cx, kind, first: None, reported: false }
    }

    pub(crate) fn set(&mut self, item: &Item, value: Option<T>) {
        let Some((first, _)) = &self.first else {
            self.first = Some((item.key.clone(), value));
            return;
        };
        let message = format!("duplicate {} attribute `{}`", self.kind, item.key);
        if !self.reported {
            self.cx.error(first, &message);
            self.reported = true;
        }
        self.cx.error(&item.key, &message);
    }

    pub(crate) fn get(self) -> Option<T> {
        self.get_with_key().map(|(_, value)| value)
    }

    /// The value and the word before it.
    pub(crate) fn get_with_key(self) -> Option<(Ident, T)> {
        self.first.and_then(|(key, value)| value.map(|value| (key, value)))
    }
}

/// What stands between two commas of `#[store(...)]`: `key`, `key = value`, `key(...)`, or a mistake.
pub(crate) struct Item {
    pub(crate) key: Ident,
    pub(crate) equals: Option<Token![=]>,
    pub(crate) rest: TokenStream,
}

impl Item {
    /// The value of `key = "..."`.
    pub(crate) fn text(&self, cx: &Ctxt, form: &str) -> Option<LitStr> {
        self.value(cx, form, "a string literal")
    }

    /// The value of `crate = "path::to"`.
    fn krate(&self, cx: &Ctxt, form: &str) -> Option<Path> {
        let text = self.text(cx, form)?;
        let path = text.parse_with(Path::parse_mod_style);
        if path.is_err() {
            let found = text.value();
            cx.error(
                &text,
                format!("expected the path of a crate such as \"::storage\", found {found:?}"),
            );
        }
        path.ok()
    }

    /// The value of `key = value`, which should be `what`.
    pub(crate) fn value<T: Parse>(&self, cx: &Ctxt, form: &str, what: &str) -> Option<T> {
        if self.equals.is_none() || self.rest.is_empty() {
            self.wrong_form(cx, form, "");
            return None;
        }
        let value = syn::parse2(self.rest.clone());
        if value.is_err() {
            cx.error(&self.rest, format!("expected {what}, found `{}`", self.rest));
        }
        value.ok()
    }

    /// What is in the parentheses of `key(...)`.
    pub(crate) fn list(&self, cx: &Ctxt, form: &str) -> Option<TokenStream> {
        let mut tokens = self.rest.clone().into_iter();
        if let (Some(TokenTree::Group(group)), None, None) =
            (tokens.next(), tokens.next(), self.equals)
        {
            return Some(group.stream());
        }
        self.wrong_form(cx, form, "");
        None
    }

    /// The key itself, which takes no value.
    pub(crate) fn flag(&self, cx: &Ctxt, form: &str) -> Ident {
        if !self.is_bare() {
            self.wrong_form(cx, form, "");
        }
        self.key.clone()
    }

    /// `index` on a field, which is often taken for the one on the struct.
    fn index_flag(&self, cx: &Ctxt, form: &str) -> Ident {
        if !self.is_bare() {
            self.wrong_form(
                cx,
                form,
                "; an index with a name of its own is declared on the struct",
            );
        }
        self.key.clone()
    }

    fn is_bare(&self) -> bool {
        self.equals.is_none() && self.rest.is_empty()
    }

    fn wrong_form(&self, cx: &Ctxt, form: &str, hint: &str) {
        let found = self.to_token_stream();
        cx.error(&found, format!("expected `{form}`, found `{found}`{hint}"));
    }
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.key.to_tokens(tokens);
        self.equals.to_tokens(tokens);
        self.rest.to_tokens(tokens);
    }
}

/// The parts of `tokens` between commas, each of which begins with the name of `what`.
pub(crate) fn items(cx: &Ctxt, tokens: TokenStream, what: &str) -> Vec<Item> {
    let parser = |input: ParseStream<'_>| {
        let mut items = Vec::new();
        while !input.is_empty() {
            items.extend(item(cx, input, what)?);
            input.parse::<Option<Token![,]>>()?;
        }
        Ok(items)
    };
    parser.parse2(tokens).unwrap_or_default()
}

fn item(cx: &Ctxt, input: ParseStream<'_>, what: &str) -> syn::Result<Option<Item>> {
    let begins_with_name = input.peek(Ident::peek_any);
    let first: TokenTree = input.parse()?;
    let equals = input.parse()?;
    let mut rest = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![,]) {
        rest.extend([input.parse::<TokenTree>()?]);
    }
    match first {
        TokenTree::Ident(key) if begins_with_name => Ok(Some(Item { key, equals, rest })),
        found => {
            cx.error(&found, format!("expected the name of {what}, found `{found}`"));
            Ok(None)
        }
    }
}

/// The items of every `#[store(...)]` whose keys are legal at `spot`; the others are reported.
fn legal_items(cx: &Ctxt, attrs: &[Attribute], spot: Spot) -> Vec<(&'static Rule, Item)> {
    let attrs = attrs.iter().filter(|attr| *attr.path() == STORE || *attr.path() == STORAGE);
    attrs
        .flat_map(|attr| store_items(cx, attr))
        .filter_map(|item| legal_rule(cx, &item, spot).map(|rule| (rule, item)))
        .collect()
}

fn store_items(cx: &Ctxt, attr: &Attribute) -> Vec<Item> {
    // Read all the same, so that what it says is not missed as well.
    if *attr.path() == STORAGE {
        cx.error(attr.path(), "the attribute is `#[store(...)]`, found `#[storage(...)]`");
        if !matches!(attr.meta, Meta::List(_)) {
            return Vec::new();
        }
    }
    let Meta::List(list) = &attr.meta else {
        let found = attr.meta.to_token_stream();
        cx.error(&found, format!("expected `#[store(...)]`, found `#[{found}]`"));
        return Vec::new();
    };
    items(cx, list.tokens.clone(), "a store attribute")
}

fn legal_rule(cx: &Ctxt, item: &Item, spot: Spot) -> Option<&'static Rule> {
    let Some(rule) = RULES.iter().find(|rule| item.key == rule.symbol) else {
        cx.error(&item.key, unknown_key(&item.key.to_string(), spot));
        return None;
    };
    if !rule.spots.contains(&spot) {
        let Rule { form, home, .. } = rule;
        cx.error(&item.key, format!("not expected here; `#[store({form})]` belongs on {home}"));
        return None;
    }
    Some(rule)
}

fn unknown_key(found: &str, spot: Spot) -> String {
    let legal = RULES.iter().filter(|rule| rule.spots.contains(&spot));
    let legal: Vec<&str> = legal.map(|rule| rule.symbol.as_str()).collect();
    let message = match spot {
        Spot::Record | Spot::Type => unknown("store container attribute", found, &legal),
        Spot::RecordField | Spot::TypeField => unknown("store field attribute", found, &legal),
        Spot::Variant => format!("a variant has no store attributes, found `{found}`"),
    };
    match absent(found) {
        Some(reason) => format!("{message}; {reason}"),
        None => message,
    }
}

/// The integer of a `#[repr(...)]`, if one is named there.
fn repr(attrs: &[Attribute]) -> Option<Ident> {
    const INTEGERS: [&str; 8] = ["i8", "u8", "i16", "u16", "i32", "u32", "i64", "u64"];
    attrs.iter().filter(|attr| *attr.path() == REPR).find_map(|attr| {
        let words = attr
            .parse_args_with(syn::punctuated::Punctuated::<Ident, Token![,]>::parse_terminated)
            .ok()?;
        words.into_iter().find(|word| INTEGERS.iter().any(|integer| word == integer))
    })
}

/// The first of `wanted` that is a key of an `#[rkyv(...)]`.
///
/// rkyv's own derive reports what is wrong with its attributes, so this one only looks.
fn rkyv_key(attrs: &[Attribute], wanted: &[Symbol]) -> Option<Ident> {
    attrs.iter().filter(|attr| *attr.path() == RKYV).find_map(|attr| {
        let list = attr.meta.require_list().ok()?;
        let tokens: Vec<TokenTree> = list.tokens.clone().into_iter().collect();
        let is_comma =
            |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        tokens.split(is_comma).find_map(|item| match item.first() {
            Some(TokenTree::Ident(key)) if wanted.iter().any(|word| *key == *word) => {
                Some(key.clone())
            }
            _ => None,
        })
    })
}
