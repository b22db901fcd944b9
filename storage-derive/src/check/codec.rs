//! The rules of `codec = "..."`.

use super::foreign::check_foreign;
use crate::{
    ast::Container,
    codec::{self, CODECS},
    ctxt::Ctxt,
};

/// The rules that each codec has for the types that are stored with it, and for the others.
pub(super) fn check_codecs(cx: &Ctxt, container: &Container<'_>) {
    check_foreign(cx, container);
    let own = codec::of(container);
    for codec in &CODECS {
        if own.iter().any(|own| own.name == codec.name) {
            (codec.check)(cx, container);
        } else if let Some(check) = codec.check_others {
            check(cx, container);
        }
    }
}

/// Only what the codecs of `storage` are called.
pub(super) fn check_codec(cx: &Ctxt, container: &Container<'_>) {
    if let Some(name) = codec::unknown(container) {
        let names: Vec<String> = CODECS.iter().map(|codec| format!("\"{}\"", codec.name)).collect();
        let message = format!("unknown codec {name:?}; expected {}", names.join(" or "));
        cx.error(container.attrs.codec.as_ref(), message);
    }
}

/// A table's values are all in one format.
pub(super) fn check_record_has_one_codec(cx: &Ctxt, record: &Container<'_>) {
    let found = codec::named(record).len();
    if found > 1 {
        let message = format!(
            "a stored record has one codec, found {found}; only types that are used as fields may name several"
        );
        cx.error(record.attrs.codec.as_ref(), message);
    }
}
