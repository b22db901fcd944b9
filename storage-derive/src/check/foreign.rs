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
/// needs does for every other. A feature that is off is one mistake, however many fields need it and nothing else.
pub(super) fn check_foreign(cx: &Ctxt, container: &Container<'_>) {
    let Some(codec) = codec::of(container).into_iter().next() else { return };
    let known = Known::near(container.ident());
    let krate = krate(&container.attrs);
    let mut told = Vec::new();
    for field in container.all_fields().filter(|field| is_stored_as_its_type(field)) {
        let advised = ty::parts(field.ty).into_iter().find_map(|part| {
            let found = known.find(part)?;
            let message = (codec.foreign)(&found, ty::bare(field.ty), &known, &krate)?;
            Some((found, message))
        });
        let Some((found, message)) = advised else { continue };
        if found.lacks_feature(&krate).as_ref() == Some(&message) {
            let feature = found.missing_feature();
            if told.contains(&feature) {
                continue;
            }
            told.push(feature);
        }
        cx.error(field.ty, message);
    }
}

fn is_stored_as_its_type(field: &Field<'_>) -> bool {
    let attrs = &field.attrs;
    attrs.opaque.is_none() && attrs.rkyv_with.is_none() && attrs.convert.is_none()
}
