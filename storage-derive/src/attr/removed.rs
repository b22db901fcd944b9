//! `#[store(removed(id = 2, name = "mana", ty = "i16"))]`: a field that a FlatBuffers table no longer has.

use super::{
    item::{Cell, Item},
    known::known_items,
    symbol::{ID, NAME, Symbol, TY},
};
use crate::ctxt::Ctxt;
use syn::{LitInt, LitStr, Type};

/// How the attribute is written.
const FORM: &str = "removed(id = 2, name = \"...\", ty = \"...\")";

/// Every key of `removed(...)` and how it is written, in the order in which messages list them.
const KEYS: [(Symbol, &str); 3] = [(ID, "id = 2"), (NAME, "name = \"...\""), (TY, "ty = \"...\"")];

/// A field that was removed; its id is never used again.
pub(crate) struct RemovedAttr {
    pub(crate) id: LitInt,
    pub(crate) name: LitStr,
    pub(crate) ty: Type,
}

impl RemovedAttr {
    /// Reads `removed(...)`; what is wrong is reported.
    pub(crate) fn from_item(cx: &Ctxt, removed: &Item) -> Option<Self> {
        let errors = cx.count();
        let mut id = Cell::empty(cx, "removed");
        let mut name = Cell::empty(cx, "removed");
        let mut ty = Cell::empty(cx, "removed");
        for (symbol, form, item) in
            known_items(cx, removed.list(cx, FORM)?, "a removed attribute", &KEYS)
        {
            match symbol {
                ID => id.set(&item, item.value(cx, form, "an integer")),
                NAME => name.set(&item, item.text(cx, form)),
                TY => ty.set(&item, item.text(cx, form).and_then(|text| parsed(cx, &text))),
                _ => debug_assert!(false, "`{symbol}` is a key and nothing reads it"),
            }
        }
        if let (Some(id), Some(name), Some(ty)) = (id.get(), name.get(), ty.get()) {
            return Some(Self { id, name, ty });
        }
        // What seems to be missing may be what could not be read.
        if cx.count() == errors {
            cx.error(
                &removed.key,
                format!("a removed field needs its id, its name and its type: `{FORM}`"),
            );
        }
        None
    }
}

/// The type that `text` names.
fn parsed(cx: &Ctxt, text: &LitStr) -> Option<Type> {
    let ty = text.parse();
    if ty.is_err() {
        cx.error(text, format!("expected a type such as \"i16\", found {:?}", text.value()));
    }
    ty.ok()
}
