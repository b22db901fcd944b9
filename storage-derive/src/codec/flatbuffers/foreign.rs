//! What a field needs whose type is another crate's.

use crate::{
    foreign::{Foreign, Known, Way},
    tokens::spelled,
};
use syn::Type;

/// What to write for a `foreign` type in a field.
pub(super) fn advice(foreign: &Foreign<'_>, _: &Type, _: &Known, krate: &str) -> Option<String> {
    let found = spelled(foreign.ty);
    let word = match foreign.way {
        Way::AsItIs | Way::Stored => return foreign.lacks_feature(krate),
        Way::Flags(bits) => {
            return Some(format!(
                "`{found}`, which `bitflags!` makes, has no form in FlatBuffers; write `struct {found}({bits});` with \
                 `{krate}::StoredType` and this codec outside of it, and `impl {found}: {bits} {{ .. }}` in it"
            ));
        }
        Way::Text => "text",
        Way::Serde => "serde",
    };
    let message =
        format!("`{found}` has no form in FlatBuffers; write `#[store({word})]` on the field");
    Some(foreign.with_feature(message, krate))
}
