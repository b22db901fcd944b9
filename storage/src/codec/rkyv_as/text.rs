//! Fields of types that have a text of their own.

use super::converted::RkyvConversion;
use crate::{
    codec::{
        RkyvSource,
        plain_text::{AsText, TextValue, from_text, to_text},
    },
    error::Damage,
};
use ::rkyv::{
    Place, SerializeUnsized,
    rancor::{Fallible, Source},
    string::{ArchivedString, StringResolver},
    with::{ArchiveWith, DeserializeWith, SerializeWith},
};

impl<T: TextValue> ArchiveWith<T> for AsText {
    type Archived = ArchivedString;
    /// The text is made once, when the value is serialized.
    type Resolver = (String, StringResolver);

    fn resolve_with(_: &T, (text, resolver): Self::Resolver, out: Place<ArchivedString>) {
        ArchivedString::resolve_from_str(&text, resolver, out);
    }
}

impl<T: TextValue, S> SerializeWith<T, S> for AsText
where
    S: Fallible<Error: Source> + ?Sized,
    str: SerializeUnsized<S>,
{
    fn serialize_with(value: &T, serializer: &mut S) -> Result<Self::Resolver, S::Error> {
        let text = to_text(value).map_err(Source::new)?;
        let resolver = ArchivedString::serialize_from_str(&text, serializer)?;
        Ok((text, resolver))
    }
}

impl<T, D> DeserializeWith<ArchivedString, T, D> for AsText
where
    T: TextValue,
    D: Fallible<Error: Source> + ?Sized,
{
    fn deserialize_with(form: &ArchivedString, _: &mut D) -> Result<T, D::Error> {
        from_text(form).map_err(Source::new)
    }
}

impl<T: TextValue> RkyvConversion<T> for AsText {
    fn restore(form: &ArchivedString, source: &RkyvSource<'_>) -> Result<T, Damage> {
        source.verify_slice(form.as_bytes())?;
        Ok(from_text(form)?)
    }
}
