//! `&`, `|` and `!` between predicates, for `and`, `or` and `not`.

use super::{
    All, And, BytesStart, Compare, CompareLen, Contains, ContainsKey, Equal, IsEmpty, IsIn, IsNone,
    Not, Or, Predicate, TextEnd, Within,
};
use crate::field::Field;
use std::ops;

macro_rules! operators {
    ($([$($generics:tt)*] $ty:ty;)*) => {$(
        impl<$($generics)* Other> ops::BitAnd<Other> for $ty {
            type Output = And<Self, Other>;

            fn bitand(self, other: Other) -> And<Self, Other> {
                And::new(self, other)
            }
        }

        impl<$($generics)* Other> ops::BitOr<Other> for $ty {
            type Output = Or<Self, Other>;

            fn bitor(self, other: Other) -> Or<Self, Other> {
                Or::new(self, other)
            }
        }

        impl<$($generics)*> ops::Not for $ty {
            type Output = Not<Self>;

            fn not(self) -> Not<Self> {
                Not::new(self)
            }
        }
    )*};
}
operators! {
    [] All;
    [P, Q,] And<P, Q>;
    [P, Q,] Or<P, Q>;
    [P,] Not<P>;
    [F, T,] Compare<F, T>;
    [F, T,] Equal<F, T>;
    [F, T,] Within<F, T>;
    [F, T,] IsIn<F, T>;
    [F, T,] Contains<F, T>;
    [F, T,] ContainsKey<F, T>;
    [F,] CompareLen<F>;
    [F,] TextEnd<F>;
    [F,] BytesStart<F>;
    [F,] IsEmpty<F>;
    [F,] IsNone<F>;
    [O, T, P, const N: usize,] Field<O, N, T, P>;
    [R,] Box<dyn Predicate<R> + '_>;
}
