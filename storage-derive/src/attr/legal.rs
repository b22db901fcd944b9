//! Every key of `#[store(...)]`, and where it is legal.

use super::{
    item::{Item, items},
    suggest::{absent, unknown},
    symbol::{
        AUTO, BY_MIGRATION, CODEC, CRATE, DEFAULT, FEED, FILE_IDENTIFIER, FIXED, FROM, ID, INDEX,
        KEY, OPAQUE, REMOVED, REVIVED, SERDE, SKIP, STORAGE, STORE, Symbol, TABLE, TABLE_WAS, TEXT,
        TRY_FROM, UNIQUE, WAS,
    },
};
use crate::ctxt::Ctxt;
use quote::ToTokens as _;
use syn::{Attribute, Meta};

/// Where an attribute is.
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
    /// The spot of the fields of a type at this spot.
    pub(crate) const fn of_fields(self) -> Self {
        match self {
            Self::Record | Self::RecordField => Self::RecordField,
            Self::Type | Self::TypeField | Self::Variant => Self::TypeField,
        }
    }
}

/// A key of `#[store(...)]`: how it is written and where it belongs.
pub(crate) struct Rule {
    pub(crate) symbol: Symbol,
    pub(crate) form: &'static str,
    home: &'static str,
    spots: &'static [Spot],
}

/// Every key of `#[store(...)]`, in the order in which messages list them.
const RULES: [Rule; 23] = [
    Rule {
        symbol: AUTO,
        form: "auto",
        home: "the key of a stored record",
        spots: &[Spot::RecordField],
    },
    Rule {
        symbol: BY_MIGRATION,
        form: "by_migration",
        home: "the struct of a stored record",
        spots: &[Spot::Record],
    },
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
        home: "a field",
        spots: &[Spot::RecordField, Spot::TypeField],
    },
    Rule {
        symbol: FEED,
        form: "feed",
        home: "the struct of a stored record",
        spots: &[Spot::Record],
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
        symbol: FROM,
        form: "from = Type",
        home: "the struct of a stored record",
        spots: &[Spot::Record],
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
        home: "a field of a stored record, or on its struct as `index(name = \"...\", fields(...))`",
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
        home: "the struct",
        spots: &[Spot::Record, Spot::Type],
    },
    Rule {
        symbol: REVIVED,
        form: "revived",
        home: "a field",
        spots: &[Spot::RecordField, Spot::TypeField],
    },
    Rule {
        symbol: SERDE,
        form: "serde",
        home: "a field",
        spots: &[Spot::RecordField, Spot::TypeField],
    },
    Rule {
        symbol: SKIP,
        form: "skip",
        home: "a field",
        spots: &[Spot::RecordField, Spot::TypeField],
    },
    Rule {
        symbol: TABLE,
        form: "table = \"...\"",
        home: "the struct of a stored record",
        spots: &[Spot::Record],
    },
    Rule {
        symbol: TABLE_WAS,
        form: "table_was = \"...\"",
        home: "the struct of a stored record",
        spots: &[Spot::Record],
    },
    Rule {
        symbol: TEXT,
        form: "text",
        home: "a field",
        spots: &[Spot::RecordField, Spot::TypeField],
    },
    Rule {
        symbol: TRY_FROM,
        form: "try_from = Type",
        home: "the struct of a stored record",
        spots: &[Spot::Record],
    },
    Rule {
        symbol: UNIQUE,
        form: "unique",
        home: "a field of a stored record",
        spots: &[Spot::RecordField],
    },
    Rule {
        symbol: WAS,
        form: "was = \"...\"",
        home: "a field, a variant or the struct of a stored record",
        spots: &[Spot::Record, Spot::RecordField, Spot::TypeField, Spot::Variant],
    },
];

/// The items of every `#[store(...)]` whose keys are legal at `spot`; the others are reported.
pub(crate) fn legal_items(
    cx: &Ctxt,
    attrs: &[Attribute],
    spot: Spot,
) -> Vec<(&'static Rule, Item)> {
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
        Spot::Variant => unknown("store variant attribute", found, &legal),
    };
    match absent(found) {
        Some(reason) => format!("{message}; {reason}"),
        None => message,
    }
}
