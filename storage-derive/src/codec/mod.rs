//! The codecs: a row and a file or folder each.
//!
//! To add one, write its name in `attr/symbol.rs`, its file here and its row below: the rest of the derives asks the
//! rows.

mod flatbuffers;
mod rkyv;
mod rkyv_foreign;
mod rkyv_keys;
mod rkyv_types;
mod row;
mod trials;

pub(crate) use self::row::{Codec, FieldAccess};
use crate::{ast::Container, attr::symbol::RKYV, generics::stored, tokens::Prefix};
use syn::Generics;

/// Every codec. A type that names none can be stored with the first.
pub(crate) static CODECS: [Codec; 2] = [rkyv::CODEC, flatbuffers::CODEC];

/// The codecs that `container` names.
pub(crate) fn named(container: &Container<'_>) -> Vec<&'static Codec> {
    let is_named = |codec: &&Codec| names(container).iter().any(|name| name == codec.name.as_str());
    CODECS.iter().filter(is_named).collect()
}

/// The codecs that `container` can be stored with: those it names, or the first.
pub(crate) fn of(container: &Container<'_>) -> Vec<&'static Codec> {
    let named = named(container);
    if named.is_empty() { CODECS.iter().take(1).collect() } else { named }
}

/// Whether the fields of `container` are read alone: of a struct that names its codecs, and whose fields lie at places
/// that hang on no parameter.
pub(crate) fn reads_fields(container: &Container<'_>) -> bool {
    let reads = |codec: &&Codec| match &codec.fields {
        Some(access) => (access.reads)(container),
        None => true,
    };
    let codecs = named(container);
    let is_plain = container.has_fields() && !container.has_parameters();
    is_plain && !codecs.is_empty() && codecs.iter().all(reads)
}

/// The parameters of `container` with what its fields and its codecs need of them.
pub(crate) fn bounded(private: &Prefix, container: &Container<'_>) -> Generics {
    let mut generics = stored(private, container);
    let impls = named(container).into_iter().filter_map(|codec| codec.impls.as_ref());
    for bound in impls.map(|impls| impls.bound) {
        bound(private, container, &mut generics);
    }
    generics
}

/// Whether `container` is archived beyond doubt, and its fields are read alone: rkyv defines it in the schema.
pub(crate) fn is_archived(container: &Container<'_>) -> bool {
    let codecs = named(container);
    matches!(codecs.as_slice(), [codec] if codec.name == RKYV) && reads_fields(container)
}

/// The codec of a record.
pub(crate) fn of_record(record: &Container<'_>) -> &'static Codec {
    named(record).first().copied().unwrap_or(&CODECS[0])
}

/// The first name in the `codec` of `container` that is no codec's.
pub(crate) fn unknown<'a>(container: &'a Container<'_>) -> Option<&'a str> {
    let is_known = |name: &str| CODECS.iter().any(|codec| codec.name.as_str() == name);
    names(container).iter().map(String::as_str).find(|name| !is_known(name))
}

fn names<'a>(container: &'a Container<'_>) -> &'a [String] {
    container.attrs.codec.as_ref().map_or(&[], |codecs| &codecs.names)
}
