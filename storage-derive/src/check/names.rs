//! The rules of names that are given as text.

use crate::{ast::Container, ctxt::Ctxt};
use syn::LitStr;

/// The longest table name, and opaque name, in bytes.
const NAME_LEN_MAX: usize = 255;

/// The rule of `check_table_name` in `storage`'s `schema/name.rs`; `$` marks the tables of the store itself.
pub(super) fn check_table_name(cx: &Ctxt, record: &Container<'_>) {
    for table in record.attrs.table.iter().chain(&record.attrs.table_was) {
        check_name(cx, table, "a table name", "control characters or `$`", |c| c == '$');
    }
}

/// The name goes into the text of the schema, one fact a line.
pub(super) fn check_opaque_names(cx: &Ctxt, container: &Container<'_>) {
    for name in container.all_fields().filter_map(|field| field.attrs.opaque.as_ref()) {
        check_name(cx, name, "an opaque name", "control characters", |_| false);
    }
}

fn check_name(cx: &Ctxt, literal: &LitStr, what: &str, rule: &str, forbidden: fn(char) -> bool) {
    let name = literal.value();
    match name.len() {
        1..=NAME_LEN_MAX => {}
        len => {
            cx.error(literal, format!("{what} must have 1 to {NAME_LEN_MAX} bytes, found {len}"));
        }
    }
    if let Some(found) = name.chars().find(|c| c.is_control() || forbidden(*c)) {
        cx.error(
            literal,
            format!("{what} cannot contain {rule}, found `{}`", found.escape_debug()),
        );
    }
}
