//! Fields of other crates' types that rkyv has no form for: what to write, before rkyv's derives complain of them.
//!
//! A derive sees names. Only a name that says its crate is taken for that crate's type: a type of the user's own may be
//! called as any other is.

use crate::{
    ast::{Container, Field},
    attr::{
        argument_of,
        symbol::{AS_SERDE, AS_STORED, AS_TEXT, OPTION, Symbol, VEC},
    },
    ctxt::Ctxt,
};
use quote::ToTokens as _;
use syn::{GenericArgument, PathArguments, PathSegment, Type, TypePath};

/// Types of a crate, and the adapter that stores them.
struct Foreign {
    krate: &'static str,
    types: &'static [&'static str],
    adapter: Symbol,
}

const FOREIGN: [Foreign; 10] = [
    Foreign {
        krate: "chrono",
        types: &["DateTime", "FixedOffset", "NaiveDate", "NaiveDateTime", "NaiveTime", "TimeDelta"],
        adapter: AS_STORED,
    },
    Foreign {
        krate: "jiff",
        types: &[
            "Date",
            "DateTime",
            "Offset",
            "SignedDuration",
            "Span",
            "Time",
            "Timestamp",
            "Zoned",
        ],
        adapter: AS_STORED,
    },
    Foreign {
        krate: "time",
        types: &["OffsetDateTime", "PrimitiveDateTime", "UtcDateTime", "UtcOffset"],
        adapter: AS_STORED,
    },
    Foreign { krate: "std", types: &["Cow", "PathBuf", "SystemTime"], adapter: AS_STORED },
    Foreign { krate: "bigdecimal", types: &["BigDecimal"], adapter: AS_TEXT },
    Foreign { krate: "rust_decimal", types: &["Decimal"], adapter: AS_TEXT },
    Foreign { krate: "semver", types: &["Version", "VersionReq"], adapter: AS_TEXT },
    Foreign { krate: "url", types: &["Url"], adapter: AS_TEXT },
    Foreign { krate: "ordered_float", types: &["NotNan", "OrderedFloat"], adapter: AS_SERDE },
    Foreign { krate: "serde_json", types: &["Map", "Number", "Value"], adapter: AS_SERDE },
];

/// The time zones that a `DateTime` of chrono is one of.
const ZONES: [&str; 3] = ["FixedOffset", "Local", "Utc"];

/// Reports the fields whose types need an adapter of this crate, by what to write.
pub(super) fn check(cx: &Ctxt, container: &Container<'_>) {
    let fields = container.all_fields().filter(|field| is_stored_as_its_type(field));
    for field in fields {
        let Some(Advice { found, with, .. }) = advice(field.ty) else { continue };
        let found = found.to_token_stream().to_string().replace(' ', "");
        cx.error(
            field.ty,
            format!("rkyv has no form for `{found}`; write `#[rkyv(with = {with})]` on the field"),
        );
    }
}

fn is_stored_as_its_type(field: &Field<'_>) -> bool {
    let attrs = &field.attrs;
    attrs.opaque.is_none() && attrs.rkyv_with.is_none() && attrs.convert.is_none()
}

/// What to write on a field.
struct Advice<'t> {
    /// The type that it is about.
    found: &'t Type,
    adapter: Symbol,
    /// The adapter as it is written for the field.
    with: String,
}

/// What to write for a field of type `ty`. `AsText` stores one value, `AsSerde` a list whole; of what is in an option
/// it could not tell `null` from `None`; `AsStored` knows both.
fn advice(ty: &Type) -> Option<Advice<'_>> {
    let (inner, mapped): (_, &[Symbol]) = match argument_of(ty, OPTION) {
        Some(inner) => (inner, &[AS_TEXT, AS_SERDE]),
        None => match argument_of(ty, VEC) {
            Some(inner) => (inner, &[AS_TEXT]),
            None => {
                let adapter = adapter(ty)?;
                return Some(Advice { found: ty, adapter, with: format!("storage::{adapter}") });
            }
        },
    };
    let mut advice = advice(inner)?;
    if mapped.contains(&advice.adapter) {
        advice.with = format!("rkyv::with::Map<{}>", advice.with);
    }
    Some(advice)
}

/// The adapter of a type that is another crate's beyond doubt.
fn adapter(ty: &Type) -> Option<Symbol> {
    let Type::Path(TypePath { path, qself: None, .. }) = ty else { return None };
    let (first, last) = (path.segments.first()?, path.segments.last()?);
    let is_of = |foreign: &&Foreign| {
        path.segments.len() > 1
            && first.ident == foreign.krate
            && foreign.types.iter().any(|name| last.ident == name)
    };
    let named = FOREIGN.iter().find(is_of).map(|foreign| foreign.adapter);
    named.or_else(|| is_known_by_its_arguments(last).then_some(AS_STORED))
}

/// `DateTime<Utc>`, `Cow<'static, str>`.
fn is_known_by_its_arguments(last: &PathSegment) -> bool {
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return false };
    let mut arguments = arguments.args.iter();
    let is_word = |argument: Option<&GenericArgument>, words: &[&str]| match argument {
        Some(GenericArgument::Type(Type::Path(ty))) => {
            let last = ty.path.segments.last();
            last.is_some_and(|last| words.iter().any(|word| last.ident == word))
        }
        _ => false,
    };
    match arguments.next() {
        Some(GenericArgument::Lifetime(_)) => {
            last.ident == "Cow" && is_word(arguments.next(), &["str"])
        }
        first => last.ident == "DateTime" && is_word(first, &ZONES),
    }
}
