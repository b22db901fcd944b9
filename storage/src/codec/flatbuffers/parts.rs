//! The parts of a form: numbers, bytes and other forms side by side, as a struct of fixed width.

use super::{
    fixed::{FieldCursor, FieldWriter, FlatStruct, Layout, Struct, is_plain},
    kind::{Fixed, FlatLeaf, FlatType, Inline, Printed},
    verify::{Verdict, Verifier},
};
use std::fmt;

/// A struct of these parts.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::exhaustive_structs, reason = "as plain as the tuple in it")]
pub struct FormParts<F>(pub F);

macro_rules! parts {
    ($($part:ident $i:tt)*) => {
        impl<$($part: FlatLeaf<Leaf: Fixed<$part>>),*> FlatType for FormParts<($($part,)*)> {
            type Kind = Inline;
        }

        impl<$($part: FlatLeaf<Leaf: Fixed<$part>>),*> FlatLeaf for FormParts<($($part,)*)> {
            type Leaf = Struct;
        }

        impl<$($part: FlatLeaf<Leaf: Fixed<$part>>),*> FlatStruct for FormParts<($($part,)*)> {
            const LAYOUT: Layout = Layout::of_struct(&[$(Layout::of::<$part>()),*]);
            const PLAIN: bool = $(is_plain::<$part>())&&*;

            #[inline]
            fn write(value: &Self, out: &mut FieldWriter<'_>) {
                $(FieldWriter::write(out, &value.0.$i);)*
            }

            fn verify(fields: &mut FieldCursor, verifier: &mut Verifier<'_>) -> Verdict {
                $(FieldCursor::verify::<$part>(fields, verifier, stringify!($i))?;)*
                Ok(())
            }

            #[inline]
            fn read(fields: &mut FieldCursor, bytes: &[u8]) -> Self {
                Self(($(FieldCursor::read::<$part>(fields, bytes),)*))
            }

            fn show(value: &Self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_tuple("")$(.field(&Printed(&value.0.$i)))*.finish()
            }
        }
    };
}
parts!(A 0);
parts!(A 0 B 1);
parts!(A 0 B 1 C 2);
parts!(A 0 B 1 C 2 D 3);
