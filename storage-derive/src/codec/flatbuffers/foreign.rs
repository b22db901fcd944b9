//! What a field needs whose type is another crate's.

use crate::{
    attr::{
        argument_of,
        symbol::{OPTION, VEC},
    },
    foreign::{Foreign, Known, Way},
    tokens::spelled,
};
use syn::Type;

/// What to write for a field of type `ty` with a `foreign` type in it.
pub(super) fn advice(
    foreign: &Foreign<'_>,
    ty: &Type,
    _: &Known<'_>,
    krate: &str,
) -> Option<String> {
    let found = spelled(foreign.ty);
    let way_out = match foreign.way {
        Way::AsItIs | Way::Stored => return foreign.lacks_feature(krate),
        Way::Flags(bits) => {
            return Some(format!(
                "`{found}`, which `bitflags!` makes, has no form in FlatBuffers; write `struct {found}({bits});` with \
                 `{krate}::StoredType` and this codec outside of it, and `impl {found}: {bits} {{ .. }}` in it"
            ));
        }
        Way::Text if is_stored_as_text(ty, foreign) => {
            "write `#[store(text)]` on the field".to_owned()
        }
        Way::Text => format!(
            "keep it in a struct of your own, `struct Kept(#[store(text)] {found});`, with `{krate}::StoredType` and \
             this codec"
        ),
        Way::Serde => "write `#[store(serde)]` on the field".to_owned(),
    };
    let message = format!("`{found}` has no form in FlatBuffers; {way_out}");
    Some(foreign.with_feature(message, krate))
}

/// Whether `ty` is the foreign type, or one in options and lists, of which each is a text.
fn is_stored_as_text(ty: &Type, foreign: &Foreign<'_>) -> bool {
    let inner = argument_of(ty, OPTION).or_else(|| argument_of(ty, VEC));
    std::ptr::eq(ty, foreign.ty) || inner.is_some_and(|inner| is_stored_as_text(inner, foreign))
}
