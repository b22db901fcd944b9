//! What a field needs whose type is another crate's, and which rkyv has no form for.

use crate::{
    attr::{
        argument_of,
        symbol::{AS_SERDE, AS_STORED, AS_TEXT, OPTION, Symbol, VEC},
    },
    foreign::{Foreign, Known, Way},
    tokens::spelled,
    ty,
};
use syn::Type;

/// What else `AsStored` knows; of types with arguments, those that it knows around others.
const STORED: [&str; 34] = [
    "BTreeMap", "BTreeSet", "Box", "Duration", "HashMap", "HashSet", "IpAddr", "Ipv4Addr",
    "Ipv6Addr", "Option", "Result", "Reverse", "String", "Utc", "Vec", "VecDeque", "bool", "char",
    "f32", "f64", "i128", "i16", "i32", "i64", "i8", "str", "u128", "u16", "u32", "u64", "u8",
    "usize", "isize", "Uuid",
];

/// What to write for a field of type `ty` with a `foreign` type in it.
pub(super) fn advice(
    foreign: &Foreign<'_>,
    ty: &Type,
    known: &Known<'_>,
    krate: &str,
) -> Option<String> {
    let found = spelled(foreign.ty);
    match foreign.way {
        Way::AsItIs => return foreign.lacks_feature(krate),
        Way::Flags(bits) => {
            return Some(format!(
                "rkyv's derives cannot store `{found}`, which `bitflags!` makes; write `struct {found}({bits});` with \
                 them and `{krate}::StoredType` outside of it, and `impl {found}: {bits} {{ .. }}` in it"
            ));
        }
        Way::Stored | Way::Text | Way::Serde => {}
    }
    let way_out = match adapter(foreign, ty, known) {
        Some((adapter, maps)) => {
            let with = (0..maps)
                .fold(format!("{krate}::{adapter}"), |with, _| format!("rkyv::with::Map<{with}>"));
            format!("write `#[rkyv(with = {with})]` on the field")
        }
        None => format!(
            "keep it in a struct of your own, `struct Kept(#[rkyv(with = {krate}::{})] {found});`, with the derives",
            of(foreign.way)
        ),
    };
    let message = format!("rkyv has no form for `{found}`; {way_out}");
    Some(foreign.with_feature(message, krate))
}

const fn of(way: Way<'_>) -> Symbol {
    match way {
        Way::AsItIs | Way::Stored | Way::Flags(_) => AS_STORED,
        Way::Text => AS_TEXT,
        Way::Serde => AS_SERDE,
    }
}

/// The adapter for a field of type `ty`, and how many `Map`s it stands in.
///
/// `AsStored` knows options, lists and the like. `AsText` stores one value, `AsSerde` a list whole; of what is in an
/// option it could not tell `null` from `None`.
fn adapter(foreign: &Foreign<'_>, ty: &Type, known: &Known<'_>) -> Option<(Symbol, usize)> {
    let adapter = of(foreign.way);
    if std::ptr::eq(ty::bare(ty), foreign.ty) {
        return Some((adapter, 0));
    }
    let mapped = |ty, maps: usize| {
        let (adapter, inner) = self::adapter(foreign, ty, known)?;
        Some((adapter, inner.saturating_add(maps)))
    };
    match (foreign.way, argument_of(ty, OPTION), argument_of(ty, VEC)) {
        (Way::Stored, ..) => is_stored_throughout(ty, known).then_some((adapter, 0)),
        (_, Some(inner), _) | (Way::Text, _, Some(inner)) => mapped(inner, 1),
        (Way::Serde, ..) => Some((adapter, 0)),
        _ => None,
    }
}

/// Whether `AsStored` knows all that `ty` is made of.
pub(super) fn is_stored_throughout(ty: &Type, known: &Known<'_>) -> bool {
    ty::parts(ty).into_iter().all(|part| {
        let is_known = known.find(part).is_some_and(|foreign| foreign.way == Way::Stored);
        let word = ty::last_word(part);
        is_known || word.is_none_or(|word| is_stored(&word.ident.to_string()))
    })
}

fn is_stored(word: &str) -> bool {
    word.starts_with("NonZero") || STORED.contains(&word)
}
