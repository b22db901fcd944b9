//! `#[store(feed)]`, `#[store(feed(keep = 1_000_000, days = 7))]`: the changes of the table are logged.

use super::{
    item::{Cell, Item},
    known::known_items,
    symbol::{DAYS, KEEP, Symbol},
};
use crate::ctxt::Ctxt;
use syn::LitInt;

/// How the attribute is written with limits.
const FORM: &str = "feed(keep = 1_000_000, days = 7)";

/// Every key of `feed(...)` and how it is written, in the order in which messages list them.
const KEYS: [(Symbol, &str); 2] = [(DAYS, "days = 7"), (KEEP, "keep = 1_000_000")];

/// A feed, and how much of it is kept.
pub(crate) struct FeedAttr {
    pub(crate) keep: Option<LitInt>,
    pub(crate) days: Option<LitInt>,
}

impl FeedAttr {
    /// Reads `feed` and `feed(...)`; what is wrong is reported.
    pub(crate) fn from_item(cx: &Ctxt, feed: &Item) -> Option<Self> {
        if feed.is_bare() {
            return Some(Self { keep: None, days: None });
        }
        let mut keep = Cell::empty(cx, "feed");
        let mut days = Cell::empty(cx, "feed");
        for (symbol, form, item) in known_items(cx, feed.list(cx, FORM)?, "a feed attribute", &KEYS)
        {
            match symbol {
                KEEP => keep.set(&item, limit::<u64>(cx, &item, form)),
                DAYS => days.set(&item, limit::<u32>(cx, &item, form)),
                _ => debug_assert!(false, "`{symbol}` is a key and nothing reads it"),
            }
        }
        Some(Self { keep: keep.get(), days: days.get() })
    }
}

/// A number above zero that fits `T`.
fn limit<T: std::str::FromStr<Err: std::fmt::Display> + PartialEq + Default>(
    cx: &Ctxt,
    item: &Item,
    form: &str,
) -> Option<LitInt> {
    let number: LitInt = item.value(cx, form, "an integer")?;
    match number.base10_parse::<T>() {
        Ok(value) if value != T::default() => return Some(number),
        Ok(_) => {
            let key = &item.key;
            cx.error(
                &number,
                format!("expected at least 1, found 0; leave `{key}` out for no limit"),
            );
        }
        Err(error) => cx.error(&number, error.to_string()),
    }
    None
}
