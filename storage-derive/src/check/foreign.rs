//! Fields of other crates' types that a codec has no form for: what to write, before the compiler complains of them.

use crate::{
    ast::{Container, Field},
    codec,
    ctxt::Ctxt,
    foreign::Known,
    tokens::krate,
    ty,
};

/// Reports the fields whose types need an attribute, or a feature of `storage`, by what to write. What the first codec
/// needs does for every other.
pub(super) fn check_foreign(cx: &Ctxt, container: &Container<'_>) {
    let Some(codec) = codec::of(container).into_iter().next() else { return };
    let known = Known::near(container.ident());
    let krate = krate(&container.attrs);
    for field in container.all_fields().filter(|field| is_stored_as_its_type(field)) {
        let found = ty::parts(field.ty).into_iter().find_map(|part| known.find(part));
        let message =
            found.and_then(|found| (codec.foreign)(&found, ty::bare(field.ty), &known, &krate));
        if let Some(message) = message {
            cx.error(field.ty, message);
        }
    }
}

fn is_stored_as_its_type(field: &Field<'_>) -> bool {
    let attrs = &field.attrs;
    attrs.opaque.is_none() && attrs.rkyv_with.is_none() && attrs.convert.is_none()
}
