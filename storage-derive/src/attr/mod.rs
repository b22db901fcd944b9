//! Attributes: their syntax, where each is legal, and that each is given once.
//!
//! Nothing in this folder returns a `Result`: mistakes go to the [`Ctxt`], so that the first one does not hide the
//! others. What a value means is for `check/` to judge.

mod codec;
mod feed;
mod foreign;
mod index;
mod item;
mod known;
mod legal;
mod past;
mod removed;
pub(crate) mod suggest;
pub(crate) mod symbol;

pub(crate) use self::{
    codec::Codecs,
    feed::FeedAttr,
    foreign::{Adapter, argument_of},
    index::{IndexAttr, IndexSource},
    legal::Spot,
    past::{DefaultAttr, FromAttr},
    removed::RemovedAttr,
};
use self::{
    foreign::{is_named, repr, rkyv_key, rkyv_repr, rkyv_type},
    item::Cell,
    legal::{Rule, legal_items},
    past::{has_names, names},
    symbol::{
        ARCHIVED, AS, AUTO, BY_MIGRATION, CODEC, CRATE, DEFAULT, FEED, FILE_IDENTIFIER, FIXED,
        FROM, ID, INDEX, KEY, NICHE, OMIT_BOUNDS, OPAQUE, REMOTE, REMOVED, REVIVED, RKYV_SKIP,
        SERDE, SERIALIZE_BOUNDS, SKIP, TABLE, TABLE_WAS, TEXT, TRY_FROM, UNIQUE, WAS, WITH,
    },
};
use crate::ctxt::Ctxt;
use proc_macro2::Ident;
use syn::{Attribute, LitInt, LitStr, Path, Type};

/// What is said on a type.
pub(crate) struct ContainerAttrs {
    /// Whether fields that were removed may only go by a migration that works on each row.
    pub(crate) by_migration: Option<Ident>,
    pub(crate) codec: Option<Codecs>,
    pub(crate) feed: Option<FeedAttr>,
    pub(crate) file_identifier: Option<LitStr>,
    pub(crate) fixed: Option<Ident>,
    pub(crate) from: Option<FromAttr>,
    pub(crate) indexes: Vec<IndexAttr>,
    pub(crate) krate: Option<Path>,
    pub(crate) removed: Vec<RemovedAttr>,
    /// The names of fields that were removed, of types that are not FlatBuffers.
    pub(crate) removed_names: Vec<LitStr>,
    /// The integer of `#[repr(...)]`.
    pub(crate) repr: Option<Ident>,
    pub(crate) table: Option<LitStr>,
    /// Names that the table had.
    pub(crate) table_was: Vec<LitStr>,
    /// The key of `#[rkyv(...)]` that names the archived type.
    pub(crate) rkyv_archived: Option<Ident>,
    /// The key of `#[rkyv(...)]` with the bounds of its derives.
    pub(crate) rkyv_bounds: Option<Ident>,
    /// Names that the type had.
    pub(crate) was: Vec<LitStr>,
    /// The key of `#[rkyv(...)]` that puts another type in the place of the archived one.
    pub(crate) rkyv_replaced: Option<Ident>,
    /// The `repr` that `#[rkyv(attr(repr(...)))]` gives the archived type.
    pub(crate) rkyv_repr: Option<Ident>,
}

/// What is said on a field.
pub(crate) struct FieldAttrs {
    /// Whether the table counts the key.
    pub(crate) auto: Option<Ident>,
    pub(crate) default: Option<DefaultAttr>,
    pub(crate) id: Option<LitInt>,
    pub(crate) index: Option<Ident>,
    pub(crate) key: Option<Ident>,
    pub(crate) opaque: Option<LitStr>,
    /// `serde` or `text`: what the value is converted to.
    pub(crate) convert: Option<Ident>,
    /// The adapter of this crate in `#[rkyv(with = ...)]`.
    pub(crate) rkyv_adapter: Option<Adapter>,
    /// The key of `#[rkyv(...)]` that makes the field's bytes mean something other than its type says.
    pub(crate) rkyv_changed: Option<Ident>,
    /// The key of `#[rkyv(...)]` that asks nothing of the field's type.
    pub(crate) rkyv_omit_bounds: Option<Ident>,
    /// The type of `#[rkyv(with = Type)]`.
    pub(crate) rkyv_with: Option<Type>,
    /// Whether it is `#[rkyv(with = Skip)]`, which stores nothing.
    pub(crate) rkyv_skipped: bool,
    /// Whether it takes the values that it had before it was removed.
    pub(crate) revived: Option<Ident>,
    pub(crate) skip: Option<Ident>,
    pub(crate) unique: Option<Ident>,
    /// Names that the field had.
    pub(crate) was: Vec<LitStr>,
}

impl ContainerAttrs {
    pub(crate) fn from_syn(cx: &Ctxt, attrs: &[Attribute], spot: Spot) -> Self {
        let mut by_migration = Cell::empty(cx, "store");
        let mut codec = Cell::empty(cx, "store");
        let mut feed = Cell::empty(cx, "store");
        let mut file_identifier = Cell::empty(cx, "store");
        let mut fixed = Cell::empty(cx, "store");
        let mut from = Cell::empty(cx, "store");
        let mut try_from = Cell::empty(cx, "store");
        let mut krate = Cell::empty(cx, "store");
        let mut table = Cell::empty(cx, "store");
        let mut indexes = Vec::new();
        let (mut removed, mut removed_names) = (Vec::new(), Vec::new());
        let (mut table_was, mut was) = (Vec::new(), Vec::new());
        for (Rule { symbol, form, .. }, item) in legal_items(cx, attrs, spot) {
            match *symbol {
                BY_MIGRATION => by_migration.set(&item, Some(item.flag(cx, form))),
                CODEC => codec.set(&item, item.text(cx, form).map(Codecs::new)),
                CRATE => krate.set(&item, item.krate(cx, form)),
                FEED => feed.set(&item, FeedAttr::from_item(cx, &item)),
                FILE_IDENTIFIER => file_identifier.set(&item, item.text(cx, form)),
                FIXED => fixed.set(&item, Some(item.flag(cx, form))),
                FROM => from.set(&item, item.value(cx, form, "a type")),
                TRY_FROM => try_from.set(&item, item.value(cx, form, "a type")),
                REMOVED if has_names(&item) => removed_names.extend(names(cx, &item, form)),
                WAS => was.extend(names(cx, &item, form)),
                REMOVED => removed.extend(RemovedAttr::from_item(cx, &item)),
                INDEX => indexes.extend(IndexAttr::from_item(cx, &item)),
                TABLE_WAS => table_was.extend(names(cx, &item, form)),
                TABLE => table.set(&item, item.text(cx, form)),
                _ => debug_assert!(false, "`{symbol}` is legal here and nothing reads it"),
            }
        }
        Self {
            by_migration: by_migration.get(),
            codec: codec.get(),
            feed: feed.get(),
            file_identifier: file_identifier.get(),
            fixed: fixed.get(),
            from: FromAttr::new(cx, from.get_with_key(), try_from.get_with_key()),
            indexes,
            krate: krate.get(),
            removed,
            removed_names,
            repr: repr(attrs),
            table: table.get(),
            table_was,
            rkyv_archived: rkyv_key(attrs, &[ARCHIVED]),
            rkyv_bounds: rkyv_key(attrs, &[SERIALIZE_BOUNDS]),
            was,
            rkyv_replaced: rkyv_key(attrs, &[AS, REMOTE]),
            rkyv_repr: rkyv_repr(attrs),
        }
    }
}

impl FieldAttrs {
    /// Whether the field is not stored, and comes back by `Default`.
    pub(crate) const fn is_skipped(&self) -> bool {
        self.rkyv_skipped || self.skip.is_some()
    }

    pub(crate) fn from_syn(cx: &Ctxt, attrs: &[Attribute], spot: Spot) -> Self {
        let mut auto = Cell::empty(cx, "store");
        let mut default = Cell::empty(cx, "store");
        let mut id = Cell::empty(cx, "store");
        let mut index = Cell::empty(cx, "store");
        let mut key = Cell::empty(cx, "store");
        let mut opaque = Cell::empty(cx, "store");
        let mut revived = Cell::empty(cx, "store");
        let mut serde = Cell::empty(cx, "store");
        let mut skip = Cell::empty(cx, "store");
        let mut text = Cell::empty(cx, "store");
        let mut unique = Cell::empty(cx, "store");
        let mut was = Vec::new();
        for (Rule { symbol, form, .. }, item) in legal_items(cx, attrs, spot) {
            match *symbol {
                AUTO => auto.set(&item, Some(item.flag(cx, form))),
                DEFAULT => default.set(&item, DefaultAttr::from_item(cx, &item, form)),
                ID => id.set(&item, item.value(cx, form, "an integer")),
                INDEX => index.set(&item, Some(item.index_flag(cx, form))),
                KEY => key.set(&item, Some(item.flag(cx, form))),
                UNIQUE => unique.set(&item, Some(item.flag(cx, form))),
                REVIVED => revived.set(&item, Some(item.flag(cx, form))),
                SERDE => serde.set(&item, Some(item.flag(cx, form))),
                SKIP => skip.set(&item, Some(item.flag(cx, form))),
                TEXT => text.set(&item, Some(item.flag(cx, form))),
                OPAQUE => opaque.set(&item, item.text(cx, form)),
                WAS => was.extend(names(cx, &item, form)),
                _ => debug_assert!(false, "`{symbol}` is legal here and nothing reads it"),
            }
        }
        let rkyv_with = rkyv_type(attrs, WITH);
        let is_with = |name| rkyv_with.as_ref().is_some_and(|with| is_named(with, name));
        let rkyv_adapter = rkyv_with.as_ref().and_then(Adapter::of);
        let rkyv_skipped = is_with(RKYV_SKIP);
        let (serde, text) = (serde.get(), text.get());
        if let (Some(_), Some(second)) = (&serde, &text) {
            cx.error(second, "a field is stored in one form; remove `serde` or `text`");
        }
        let is_known = rkyv_adapter.is_some() || rkyv_skipped;
        Self {
            auto: auto.get(),
            convert: serde.or(text),
            default: default.get(),
            id: id.get(),
            index: index.get(),
            key: key.get(),
            opaque: opaque.get(),
            rkyv_adapter,
            rkyv_changed: rkyv_key(attrs, if is_known { &[NICHE] } else { &[WITH, NICHE] }),
            rkyv_omit_bounds: rkyv_key(attrs, &[OMIT_BOUNDS]),
            rkyv_skipped,
            rkyv_with,
            revived: revived.get(),
            skip: skip.get(),
            unique: unique.get(),
            was,
        }
    }
}

/// The names that a variant had, as its attributes say.
pub(crate) fn variant_was(cx: &Ctxt, attrs: &[Attribute]) -> Vec<LitStr> {
    let items = legal_items(cx, attrs, Spot::Variant);
    items.iter().flat_map(|(rule, item)| names(cx, item, rule.form)).collect()
}
