//! Every word that an attribute is spelled with, once.

use proc_macro2::Ident;
use std::fmt;
use syn::Path;

/// A word: the name of an attribute, of a key in it, or a value that has a fixed spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Symbol(&'static str);

pub(crate) const STORE: Symbol = Symbol("store");
/// The name of the crate, which is often taken for the name of the attribute.
pub(crate) const STORAGE: Symbol = Symbol("storage");
pub(crate) const AUTO: Symbol = Symbol("auto");
pub(crate) const BY_MIGRATION: Symbol = Symbol("by_migration");
pub(crate) const CODEC: Symbol = Symbol("codec");
pub(crate) const DAYS: Symbol = Symbol("days");
pub(crate) const DEFAULT: Symbol = Symbol("default");
pub(crate) const CRATE: Symbol = Symbol("crate");
pub(crate) const FEED: Symbol = Symbol("feed");
pub(crate) const FIELDS: Symbol = Symbol("fields");
pub(crate) const FILE_IDENTIFIER: Symbol = Symbol("file_identifier");
pub(crate) const FIXED: Symbol = Symbol("fixed");
pub(crate) const FROM: Symbol = Symbol("from");
pub(crate) const ID: Symbol = Symbol("id");
pub(crate) const IF: Symbol = Symbol("if");
pub(crate) const INDEX: Symbol = Symbol("index");
pub(crate) const KEEP: Symbol = Symbol("keep");
pub(crate) const KEY: Symbol = Symbol("key");
pub(crate) const NAME: Symbol = Symbol("name");
pub(crate) const OPAQUE: Symbol = Symbol("opaque");
pub(crate) const REMOVED: Symbol = Symbol("removed");
pub(crate) const REVIVED: Symbol = Symbol("revived");
pub(crate) const SERDE: Symbol = Symbol("serde");
pub(crate) const SKIP: Symbol = Symbol("skip");
pub(crate) const TABLE: Symbol = Symbol("table");
pub(crate) const TABLE_WAS: Symbol = Symbol("table_was");
pub(crate) const TEXT: Symbol = Symbol("text");
pub(crate) const TRY_FROM: Symbol = Symbol("try_from");
pub(crate) const TY: Symbol = Symbol("ty");
pub(crate) const UNIQUE: Symbol = Symbol("unique");
pub(crate) const WAS: Symbol = Symbol("was");

/// The attribute of rkyv's own derives, and the name of its codec.
pub(crate) const RKYV: Symbol = Symbol("rkyv");
/// The name of the other codec.
pub(crate) const FLATBUFFERS: Symbol = Symbol("flatbuffers");

/// Rust's own attribute that names the integer of an enum.
pub(crate) const REPR: Symbol = Symbol("repr");

/// The adapters of this crate in `#[rkyv(with = ...)]`.
pub(crate) const AS_STORED: Symbol = Symbol("AsStored");
pub(crate) const AS_SERDE: Symbol = Symbol("AsSerde");
pub(crate) const AS_TEXT: Symbol = Symbol("AsText");
/// The types whose content is converted, and not themselves.
pub(crate) const OPTION: Symbol = Symbol("Option");
pub(crate) const VEC: Symbol = Symbol("Vec");
/// The adapter of rkyv's that puts another one into an `Option` or a `Vec`.
pub(crate) const MAP: Symbol = Symbol("Map");
/// The adapter of rkyv's that stores nothing.
pub(crate) const RKYV_SKIP: Symbol = Symbol("Skip");

/// Keys of `#[rkyv(...)]` that change what is stored.
pub(crate) const ARCHIVED: Symbol = Symbol("archived");
pub(crate) const AS: Symbol = Symbol("as");
pub(crate) const ATTR: Symbol = Symbol("attr");
pub(crate) const NICHE: Symbol = Symbol("niche");
pub(crate) const OMIT_BOUNDS: Symbol = Symbol("omit_bounds");
pub(crate) const REMOTE: Symbol = Symbol("remote");
pub(crate) const SERIALIZE_BOUNDS: Symbol = Symbol("serialize_bounds");
pub(crate) const WITH: Symbol = Symbol("with");

impl Symbol {
    pub(crate) const fn as_str(self) -> &'static str {
        self.0
    }
}

impl PartialEq<Symbol> for Ident {
    fn eq(&self, word: &Symbol) -> bool {
        self == word.0
    }
}

impl PartialEq<Symbol> for Path {
    fn eq(&self, word: &Symbol) -> bool {
        self.is_ident(word.0)
    }
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}
