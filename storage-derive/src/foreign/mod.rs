//! Types of other crates that are known by their names: how they are stored, and the feature they need.
//!
//! A derive sees names. Only a name that says its crate, or that the file imports from there, is taken for that crate's
//! type: a type of the user's own may be called as any other is.

mod imports;

use crate::{tokens::spelled, ty};
use imports::Imports;
use proc_macro2::Ident;
use std::cell::OnceCell;
use syn::{GenericArgument, PathArguments, PathSegment, Type, TypePath};

/// How a type of another crate is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Way<'k> {
    /// As rkyv and this crate know it.
    AsItIs,
    /// In another form, which this crate knows.
    Stored,
    /// As its text.
    Text,
    /// As bytes that serde makes.
    Serde,
    /// As flags of this integer, which `bitflags!` makes.
    Flags(&'k str),
}

/// A feature of `storage`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Feature {
    pub(crate) name: &'static str,
    pub(crate) is_on: bool,
}

/// Types of a crate that are stored alike.
struct Types {
    krate: &'static str,
    names: &'static [&'static str],
    way: Way<'static>,
    feature: Option<Feature>,
}

macro_rules! types {
    ($($krate:literal $([$feature:literal])?: $way:ident of $($name:literal)+;)*) => {
        const TYPES: &[Types] = &[$(Types {
            krate: $krate,
            names: &[$($name),+],
            way: Way::$way,
            feature: types!(@ $($feature)?),
        }),*];
    };
    (@) => { None };
    (@ $feature:literal) => {
        Some(Feature { name: $feature, is_on: cfg!(feature = $feature) })
    };
}

types! {
    "std": Stored of "Cow" "PathBuf" "SystemTime";
    "std" ["serde"]: Serde of
        "AtomicBool" "AtomicI8" "AtomicI16" "AtomicI32" "AtomicI64" "AtomicIsize" "AtomicU8" "AtomicU16" "AtomicU32"
        "AtomicU64" "AtomicUsize" "BinaryHeap" "Bound" "Cell" "LinkedList" "Mutex" "OsString" "RefCell" "RwLock"
        "Saturating" "Wrapping";
    "chrono": Text of "Weekday";
    "time": Text of "Month" "Weekday";
    "chrono" ["chrono"]: Stored of
        "DateTime" "Duration" "FixedOffset" "NaiveDate" "NaiveDateTime" "NaiveTime" "TimeDelta";
    "jiff" ["jiff"]: Stored of
        "Date" "DateTime" "Offset" "SignedDuration" "Span" "Time" "Timestamp" "Zoned";
    "time" ["time"]: Stored of
        "Date" "Duration" "OffsetDateTime" "PrimitiveDateTime" "Time" "UtcDateTime" "UtcOffset";
    "arrayvec" ["arrayvec"]: Stored of "ArrayVec";
    "arrayvec": Text of "ArrayString";
    "bytes" ["bytes"]: AsItIs of "Bytes";
    "indexmap" ["indexmap"]: AsItIs of "IndexMap" "IndexSet";
    "smallvec" ["smallvec"]: AsItIs of "SmallVec";
    "smol_str" ["smol_str"]: AsItIs of "SmolStr";
    "uuid" ["uuid"]: AsItIs of "Uuid";
    "bigdecimal": Text of "BigDecimal";
    "compact_str": Text of "CompactString";
    "ipnet": Text of "IpNet" "Ipv4Net" "Ipv6Net";
    "mime": Text of "Mime";
    "num_bigint": Text of "BigInt" "BigUint";
    "ordered_float": Text of "NotNan" "OrderedFloat";
    "rust_decimal": Text of "Decimal";
    "semver": Text of "Version" "VersionReq";
    "ulid": Text of "Ulid";
    "url": Text of "Url";
    "serde_json" ["serde"]: Serde of "Map" "Number" "Value";
    "serde_yaml" ["serde"]: Serde of "Mapping" "Value";
    "toml" ["serde"]: Serde of "Table" "Value";
}

/// The time zones that a `DateTime` of chrono is one of; of one, the machine's clock must be known.
const ZONES: [&str; 3] = ["FixedOffset", "Local", "Utc"];
const LOCAL: &str = "Local";
const CLOCK: Feature = Feature { name: "chrono-clock", is_on: cfg!(feature = "chrono-clock") };

/// A type of another crate, as a field has it.
pub(crate) struct Foreign<'t> {
    pub(crate) ty: &'t Type,
    pub(crate) way: Way<'t>,
    feature: Option<Feature>,
}

impl Foreign<'_> {
    /// The feature of `storage` that it needs and that is off.
    pub(crate) fn missing_feature(&self) -> Option<&'static str> {
        self.feature.filter(|feature| !feature.is_on).map(|feature| feature.name)
    }

    /// That it lacks a feature of `krate`, which is `storage`, if it does: nothing else need be written.
    pub(crate) fn lacks_feature(&self, krate: &str) -> Option<String> {
        let feature = self.missing_feature()?;
        Some(format!("`{}` needs the feature `{feature}` of `{krate}`", spelled(self.ty)))
    }

    /// The `message` that says what to write, with the feature that this needs.
    pub(crate) fn with_feature(&self, message: String, krate: &str) -> String {
        match self.missing_feature() {
            Some(feature) => format!("{message}, with the feature `{feature}` of `{krate}`"),
            None => message,
        }
    }
}

/// The types of Rust's own that most fields have. None is looked for in the file.
const PLAIN: &[&str] = &[
    "bool", "char", "f32", "f64", "i8", "i16", "i32", "i64", "i128", "isize", "u8", "u16", "u32",
    "u64", "u128", "usize", "Box", "Option", "String", "Vec",
];

/// The types of other crates in a type of the user's.
pub(crate) struct Known<'i> {
    ident: &'i Ident,
    /// Read when a type asks for them: the fields of most records do not.
    imports: OnceCell<Imports>,
}

impl<'i> Known<'i> {
    /// What is known in the file of `ident`.
    pub(crate) fn near(ident: &'i Ident) -> Self {
        Self { ident, imports: OnceCell::new() }
    }

    fn imports(&self) -> &Imports {
        self.imports.get_or_init(|| Imports::near(self.ident))
    }

    /// Whether a type in `ty` needs a feature of `storage` that is off.
    pub(crate) fn needs_feature(&self, ty: &Type) -> bool {
        let is_missing =
            |part| self.find(part).is_some_and(|foreign| foreign.missing_feature().is_some());
        ty::parts(ty).into_iter().any(is_missing)
    }

    /// The name of a type that the file defines, once, and what `#[rkyv(derive(...))]` is told to derive on it.
    pub(crate) fn rkyv_derives(&self, ty: &Type) -> Option<(String, Vec<&str>)> {
        let Type::Path(TypePath { path, qself: None, .. }) = ty::bare(ty) else { return None };
        let name = path.get_ident()?.to_string();
        if PLAIN.contains(&name.as_str()) {
            return None;
        }
        Some((name.clone(), self.imports().rkyv_derives(&name)?))
    }

    /// The type `ty`, if it is another crate's beyond doubt.
    pub(crate) fn find<'t>(&'t self, ty: &'t Type) -> Option<Foreign<'t>> {
        let ty = ty::bare(ty);
        let Type::Path(TypePath { path, qself: None, .. }) = ty else { return None };
        let (first, last) = (path.segments.first()?, path.segments.last()?);
        let name = last.ident.to_string(); // Once: to compare an identifier is to ask the compiler for it.
        if PLAIN.contains(&name.as_str()) {
            return None;
        }
        if let Some(bits) = path.get_ident().and_then(|ident| self.imports().flags(ident)) {
            return Some(Foreign { ty, way: Way::Flags(bits), feature: None });
        }
        let alike = || TYPES.iter().filter(|types| types.names.contains(&name.as_str()));
        alike().next()?;
        let krate = match self.imports().krate(&first.ident) {
            None if path.segments.len() > 1 => Some(first.ident.to_string()),
            krate => krate,
        };
        let is_of = |types: &&Types| krate.as_deref() == Some(types.krate);
        let by_arguments = crate_by_arguments(last);
        let types = alike().find(is_of);
        let types = types.or_else(|| alike().find(|types| Some(types.krate) == by_arguments))?;
        let feature = if argument_is(last, 0, &[LOCAL]) { Some(CLOCK) } else { types.feature };
        Some(Foreign { ty, way: types.way, feature })
    }
}

/// The crate of `DateTime<Utc>` and of `Cow<'static, str>`, which no type of the user's looks like.
fn crate_by_arguments(last: &PathSegment) -> Option<&'static str> {
    let is_cow = last.ident == "Cow" && argument_is(last, 1, &["str"]);
    let is_time = last.ident == "DateTime" && argument_is(last, 0, &ZONES);
    if is_cow { Some("std") } else { is_time.then_some("chrono") }
}

/// Whether the argument `at` of a type is one of `words`.
fn argument_is(segment: &PathSegment, at: usize, words: &[&str]) -> bool {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return false };
    let Some(GenericArgument::Type(Type::Path(ty))) = arguments.args.iter().nth(at) else {
        return false;
    };
    ty.path.segments.last().is_some_and(|last| words.iter().any(|word| last.ident == word))
}
