//! The fields that may be refused while the others are not, and how each is tried by itself.
//!
//! ```text
//! const TRIALS: &'static [Trial<Self>] = &[Trial::<Self>::new(
//!     "file",
//!     |__value| is_written::<AsStored, PathBuf>(&__value.file),
//!     |__view| is_restored::<AsStored, PathBuf>(&__view.file),
//! )];
//! ```

use crate::{
    ast::{Container, Field},
    tokens::Prefix,
    ty,
};
use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

/// The types of which no value is refused, or none that their parts do not have.
const NEVER_REFUSED: &[&str] = &[
    "bool",
    "char",
    "f32",
    "f64",
    "i8",
    "i16",
    "i32",
    "i64",
    "i128",
    "u8",
    "u16",
    "u32",
    "u64",
    "u128",
    "str",
    "Box",
    "Option",
    "String",
    "Vec",
    "VecDeque",
    "BTreeMap",
    "BTreeSet",
    "HashMap",
    "HashSet",
    "Result",
    "Duration",
    "IpAddr",
    "Ipv4Addr",
    "Ipv6Addr",
    "Uuid",
    "PhantomData",
];

/// `TRIALS` of a record: of each field that `may_be_refused`, the two functions that `ways` makes.
pub(super) fn trials(
    private: &Prefix,
    record: &Container<'_>,
    may_be_refused: impl Fn(&Field<'_>) -> bool,
    ways: impl Fn(&Field<'_>) -> TokenStream,
) -> TokenStream {
    let fields = record.fields().iter().filter(|field| may_be_refused(field));
    let trials = fields.map(|field| {
        let (name, ways) = (&field.name, ways(field));
        quote!(#private::Trial::<Self>::new(#name, #ways))
    });
    let trials: Vec<_> = trials.collect();
    if trials.is_empty() {
        return TokenStream::new();
    }
    quote!(const TRIALS: &'static [#private::Trial<Self>] = &[#(#trials),*];)
}

/// Whether a type in the field may be one of which values are refused.
pub(super) fn is_open(field: &Field<'_>) -> bool {
    let is_open = |part: &Type| {
        ty::last_word(part).is_some_and(|word| {
            let name = word.ident.to_string();
            !NEVER_REFUSED.contains(&name.as_str())
        })
    };
    ty::parts(field.ty).into_iter().any(is_open)
}
