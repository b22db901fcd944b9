//! Shows what a derive expands to: `STORAGE_DEBUG_DERIVE=User cargo check | rustfmt`.

use proc_macro2::{Ident, TokenStream};
use std::env;
use syn::ext::IdentExt as _;

/// The environment variable that names the type to show, or `*` for all.
const VARIABLE: &str = "STORAGE_DEBUG_DERIVE";

/// Prints `tokens` if they are what the user asked to see.
#[expect(clippy::print_stdout, reason = "cargo passes it on, apart from its own messages")]
pub(crate) fn show(ident: &Ident, tokens: &TokenStream) {
    let wanted = env::var(VARIABLE).is_ok_and(|name| name == "*" || ident.unraw() == name);
    if wanted {
        println!("{tokens}");
    }
}
