//! What is text.

use super::{NoForm, StoredAs};
use crate::schema::{Shape, Shapes};
use std::{borrow::Cow, path::PathBuf};

macro_rules! text {
    ($($ty:ty, $to:expr;)*) => {$(
        impl StoredAs for $ty {
            type Form = String;

            const INLINE: bool = false;

            fn shape(_: &mut Shapes) -> Shape {
                Shape::Text
            }

            fn to_form(&self) -> Result<String, NoForm> {
                let to: fn(&Self) -> Option<&str> = $to;
                to(self).map(str::to_owned).ok_or(NoForm("the path is not UTF-8"))
            }

            fn from_form(form: String) -> Result<Self, NoForm> {
                Ok(form.into())
            }
        }
    )*};
}
text! {
    PathBuf, |path| path.to_str();
    Cow<'static, str>, |text| Some(text);
}
