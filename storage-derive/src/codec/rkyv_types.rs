//! What rkyv's own derives make of some types, and cannot say in words that help: words as wide as the machine, enums
//! that are called as one of theirs or whose numbers are long, types that contain themselves.

use super::rkyv_foreign::is_stored_throughout;
use crate::{
    ast::{Container, Field},
    ctxt::Ctxt,
    foreign::Known,
    tokens::krate,
    ty,
};
use syn::Type;

/// The numbers of which rkyv keeps 32 bits, and those that have 64 everywhere.
const WORDS: [(&str, &str); 4] = [
    ("isize", "i64"),
    ("usize", "u64"),
    ("NonZeroIsize", "NonZeroI64"),
    ("NonZeroUsize", "NonZeroU64"),
];

pub(super) fn check(cx: &Ctxt, container: &Container<'_>) {
    check_words(cx, container);
    check_name(cx, container);
    check_numbers(cx, container);
    check_recursion(cx, container);
}

/// rkyv drops the other half of such a number without a word.
fn check_words(cx: &Ctxt, container: &Container<'_>) {
    for field in container.all_fields().filter(|field| field.attrs.rkyv_with.is_none()) {
        let word = |part| {
            let found = ty::last_word(part)?.ident.to_string();
            let (word, wide) = WORDS.iter().find(|(word, _)| found == *word)?;
            Some((part, *word, *wide))
        };
        let Some((part, word, wide)) = ty::parts(field.ty).into_iter().find_map(word) else {
            continue;
        };
        let way_out = if is_stored_throughout(field.ty, &Known::near(container.ident())) {
            let krate = krate(&container.attrs);
            format!(
                "write `#[rkyv(with = {krate}::AsStored)]` on this field, which keeps all 64, or write `{wide}`"
            )
        } else {
            format!("write `{wide}`")
        };
        cx.error(part, format!("rkyv keeps 32 bits of `{word}` and drops the others; {way_out}"));
    }
}

/// Beside what it makes of an enum, rkyv's derive defines types of its own, in the same place.
fn check_name(cx: &Ctxt, container: &Container<'_>) {
    if container.attrs.rkyv_archived.is_some() || container.variants().is_empty() {
        return;
    }
    let name = &container.name;
    let is_of_variant = |variant: &str| name.strip_prefix("Variant") == Some(variant);
    let with_data = container.variants().iter().filter(|variant| !variant.fields.is_empty());
    let has_variant = with_data.map(|variant| &*variant.name).any(is_of_variant);
    if name == "Tag" || has_variant {
        cx.error(
            container.ident(),
            format!(
                "rkyv's derive has a type `Archived{name}` of its own for this enum; write \
                 `#[rkyv(archived = Stored{name})]` on it, or give it another name"
            ),
        );
    }
}

/// rkyv's derive gives its own enum the same numbers, and a byte for them.
fn check_numbers(cx: &Ctxt, container: &Container<'_>) {
    let is_too_wide = |number: i128| u8::try_from(number).is_err();
    let mut numbers = container.variants().iter().filter_map(|variant| variant.discriminant);
    if let Some(number) = numbers.find(|number| is_too_wide(*number)) {
        cx.error(
            container.ident(),
            format!(
                "rkyv's derive numbers the variants of an enum from 0 to 255, and `{number}` is not among them; \
                 leave the numbers out, or store the number in a field"
            ),
        );
    }
}

/// rkyv's derives ask of each field what they ask of the type: of a type that contains itself without an end.
fn check_recursion(cx: &Ctxt, container: &Container<'_>) {
    let name = container.ident().to_string();
    let mut fields = container.all_fields().filter(|field| contains(field, &name));
    let Some(first) = fields.next() else { return };
    let others: Vec<&Field<'_>> = fields.collect();
    let has_bounds = container.attrs.rkyv_bounds.is_some();
    let is_open = |field: &Field<'_>| field.attrs.rkyv_omit_bounds.is_none();
    let name = &container.name;
    if !has_bounds || is_open(first) {
        let mut missing = Vec::new();
        if is_open(first) {
            missing.push("`#[rkyv(omit_bounds)]` on this field".to_owned());
        }
        if !has_bounds {
            missing.push(format!("`{}` on `{name}`", bounds(container)));
        }
        let missing = missing.join(", and ");
        cx.error(
            first.ty,
            format!("`{name}` contains itself, which rkyv must be told; write {missing}"),
        );
    }
    for field in others.into_iter().filter(|field| is_open(field)) {
        let message = format!(
            "`{name}` contains itself, which rkyv must be told; write `#[rkyv(omit_bounds)]` on this field"
        );
        cx.error(field.ty, message);
    }
}

/// Whether a value of `field` has values of the type `name` in it.
fn contains(field: &Field<'_>, name: &str) -> bool {
    let is_it = |part: &Type| {
        let word = ty::last_word(part).map(|word| word.ident.to_string());
        word.is_some_and(|word| word == name || word == "Self")
    };
    field.attrs.rkyv_with.is_none()
        && field.attrs.opaque.is_none()
        && ty::parts(field.ty).into_iter().any(is_it)
}

/// What the derives ask for instead: what the containers need that a value can be in.
fn bounds(container: &Container<'_>) -> String {
    let is_shared = |part: &Type| {
        ty::last_word(part).is_some_and(|word| word.ident == "Rc" || word.ident == "Arc")
    };
    let parts = container.all_fields().flat_map(|field| ty::parts(field.ty));
    let [ser, de, check] = if parts.into_iter().any(is_shared) {
        [" + rkyv::ser::Sharing", "__D: rkyv::de::Pooling, ", " + rkyv::validation::SharedContext"]
    } else {
        [""; 3]
    };
    format!(
        "#[rkyv(serialize_bounds(__S: rkyv::ser::Writer + rkyv::ser::Allocator{ser}, \
         __S::Error: rkyv::rancor::Source), deserialize_bounds({de}__D::Error: rkyv::rancor::Source), \
         bytecheck(bounds(__C: rkyv::validation::ArchiveContext{check}, __C::Error: rkyv::rancor::Source)))]"
    )
}
