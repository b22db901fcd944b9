//! Types of text: a `string`, whoever owns it.

use super::{
    bytes::{Table, text},
    kind::{Default, Extent, FlatLeaf, FlatType, Inline, Leaf},
    leaf::store_offset,
    verify::{Verdict, Verifier},
    writer::{Offset, Writer},
};
use crate::error::FlatFault;
use std::{borrow::Cow, fmt, path::PathBuf, rc::Rc, sync::Arc};

/// A type whose values are text.
pub trait FlatText: FlatLeaf<Leaf = TextLeaf> {
    /// Its text; `None` where it is not UTF-8.
    fn text(value: &Self) -> Option<&str>;
    /// The value of a text.
    fn of(text: &str) -> Self;
}

macro_rules! texts {
    ($($ty:ty, $text:expr;)*) => {$(
        impl FlatType for $ty {
            type Kind = Inline;
        }

        impl FlatLeaf for $ty {
            type Leaf = TextLeaf;
        }

        impl FlatText for $ty {
            #[inline]
            fn text(value: &Self) -> Option<&str> {
                let text: fn(&Self) -> Option<&str> = $text;
                text(value)
            }

            #[inline]
            fn of(text: &str) -> Self {
                text.to_owned().into()
            }
        }
    )*};
}
texts! {
    String, |text| Some(text);
    Box<str>, |text| Some(text);
    Rc<str>, |text| Some(text);
    Arc<str>, |text| Some(text);
    Cow<'static, str>, |text| Some(text);
    PathBuf, |path| path.to_str();
}
#[cfg(feature = "smol_str")]
texts! {
    smol_str::SmolStr, |text| Some(text);
}

/// The leaf of text.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TextLeaf;

impl<T: FlatText> Leaf<T> for TextLeaf {
    const SIZE: usize = size_of::<Offset>();
    const ALIGN: usize = size_of::<Offset>();
    const RANK: usize = size_of::<Offset>();
    const PLAIN: bool = false;
    const EXTENT: Extent = Extent::Text;
    const REQUIRED: bool = true;
    type Ready = Offset;
    type View<'a> = &'a str;

    fn prepare(value: &T, out: &mut Writer) -> Offset {
        match T::text(value) {
            Some(text) => out.text(text),
            None => out.refuse(FlatFault::NotUtf8),
        }
    }

    #[inline]
    fn store(_: &T, ready: Offset, place: &mut [u8], used: usize) {
        store_offset(ready, place, used);
    }

    #[inline]
    fn verify(verifier: &mut Verifier<'_>, at: usize) -> Verdict {
        verifier.text(at)
    }

    #[inline]
    fn view(bytes: &[u8], at: usize) -> &str {
        text(bytes, at).unwrap_or_default()
    }

    fn own(view: &str) -> Verdict<T> {
        Ok(T::of(view))
    }

    fn show(view: &&str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(view, f)
    }

    #[inline]
    fn missing(_: Table<'_>, _: Default) -> &'static str {
        ""
    }
}
