//! The order of keys of maps and of elements of sets: that of what is stored, as flatc sorts by it and looks it up.
//!
//! Numbers are in their own order, texts in that of their bytes, enums in that of their numbers, lists and tuples from
//! the first part to the last. The order that a type of the user's declares does not count: programs in other languages
//! do not know it.

use super::{
    array::Several,
    choice::{Enum, FlatEnum, Repr},
    compound::Compound,
    fixed::{Array, FlatStruct, Struct},
    form::{As, FlatAs},
    kind::{FlatLeaf, FlatType, Inline, Item, Kind, KindView, Leaf},
    leaf::Primitive,
    list::{FlatSequence, List},
    newtype::{FlatNewtype, Newtype},
    text::{FlatText, TextLeaf},
};
use crate::schema::{for_each_integer, for_each_tuple};
use std::cmp::Ordering;

/// A type that may be the key of a map, or the element of a set.
#[diagnostic::on_unimplemented(
    message = "a map or a set in FlatBuffers cannot have keys of type `{Self}`",
    label = "not a key in FlatBuffers",
    note = "a key is a number, a text, an enum without data, a `fixed` struct with `Ord`, or a list, tuple or newtype \
            of these; store anything else as a list of pairs: `Vec<(K, V)>`"
)]
pub trait FlatKey: FlatType {
    /// How one is to another.
    fn order(left: &Self, right: &Self) -> Ordering;
    /// How two are to each other, where they lie.
    fn order_views(left: &KindView<'_, Self>, right: &KindView<'_, Self>) -> Ordering;
}

#[diagnostic::do_not_recommend]
impl<T: FlatType<Kind: Order<T>>> FlatKey for T {
    #[inline]
    fn order(left: &T, right: &T) -> Ordering {
        T::Kind::order(left, right)
    }

    #[inline]
    fn order_views(left: &KindView<'_, T>, right: &KindView<'_, T>) -> Ordering {
        T::Kind::order_views(left, right)
    }
}

/// A kind whose values have an order.
pub trait Order<T: 'static>: Kind<T> {
    /// As of a [`FlatKey`].
    fn order(left: &T, right: &T) -> Ordering;
    /// As of a [`FlatKey`].
    fn order_views(left: &Self::View<'_>, right: &Self::View<'_>) -> Ordering;
}

/// A leaf whose values have an order.
pub trait OrderedLeaf<T: 'static>: Leaf<T> {
    /// As of a [`FlatKey`].
    fn order(left: &T, right: &T) -> Ordering;
    /// As of a [`FlatKey`].
    fn order_views(left: &Self::View<'_>, right: &Self::View<'_>) -> Ordering;
}

impl<T: FlatLeaf<Leaf: OrderedLeaf<T>>> Order<T> for Inline {
    #[inline]
    fn order(left: &T, right: &T) -> Ordering {
        T::Leaf::order(left, right)
    }

    #[inline]
    fn order_views(left: &Self::View<'_>, right: &Self::View<'_>) -> Ordering {
        T::Leaf::order_views(left, right)
    }
}

impl<S: FlatSequence<Item: FlatKey>> Order<S> for List {
    fn order(left: &S, right: &S) -> Ordering {
        by_items(S::items(left), S::items(right), S::Item::order)
    }

    fn order_views(left: &Self::View<'_>, right: &Self::View<'_>) -> Ordering {
        by_items(left.iter(), right.iter(), |left, right| S::Item::order_views(&left, &right))
    }
}

impl<T: FlatKey, const N: usize> Order<[T; N]> for Several {
    fn order(left: &[T; N], right: &[T; N]) -> Ordering {
        by_items(left.iter(), right.iter(), T::order)
    }

    fn order_views(left: &Self::View<'_>, right: &Self::View<'_>) -> Ordering {
        by_items(left.iter(), right.iter(), |left, right| T::order_views(&left, &right))
    }
}

/// The first difference of two lists; or the shorter one first.
fn by_items<L, R>(
    left: impl ExactSizeIterator<Item = L>,
    right: impl ExactSizeIterator<Item = R>,
    order: impl Fn(L, R) -> Ordering,
) -> Ordering {
    let by_len = left.len().cmp(&right.len());
    let mut orders = left.zip(right).map(|(left, right)| order(left, right));
    orders.find(|order| order.is_ne()).unwrap_or(by_len)
}

impl<T: FlatNewtype, K: Order<T::Content>> Order<T> for Newtype<K> {
    #[inline]
    fn order(left: &T, right: &T) -> Ordering {
        K::order(T::content(left), T::content(right))
    }

    #[inline]
    fn order_views(left: &Self::View<'_>, right: &Self::View<'_>) -> Ordering {
        K::order_views(left, right)
    }
}

impl<T: FlatNewtype, L: OrderedLeaf<T::Content>> OrderedLeaf<T> for Newtype<L> {
    #[inline]
    fn order(left: &T, right: &T) -> Ordering {
        L::order(T::content(left), T::content(right))
    }

    #[inline]
    fn order_views(left: &Self::View<'_>, right: &Self::View<'_>) -> Ordering {
        L::order_views(left, right)
    }
}

/// Leaves whose views are the values: `[parameters] Leaf of Type, the order;`.
macro_rules! values {
    ($([$($generics:tt)*] $leaf:ty, $ty:ty, $order:expr;)*) => {$(
        impl<$($generics)*> OrderedLeaf<$ty> for $leaf {
            #[inline]
            fn order(left: &$ty, right: &$ty) -> Ordering {
                $order(left, right)
            }

            #[inline]
            fn order_views(left: &Self::View<'_>, right: &Self::View<'_>) -> Ordering {
                $order(left, right)
            }
        }
    )*};
}
values! {
    [] Primitive, bool, bool::cmp;
    [T: FlatEnum] Enum, T, |left: &T, right: &T| T::number(left).number().cmp(&T::number(right).number());
    [T: FlatAs + Ord] As, T, T::cmp;
    [T: FlatStruct + Ord] Struct, T, T::cmp;
    [T: FlatLeaf<Leaf: Item<T>> + Ord, const N: usize] Array, [T; N], <[T; N]>::cmp;
}

macro_rules! integers {
    ($ty:ident I128) => {};
    ($ty:ident U128) => {};
    ($ty:ident $scalar:ident) => {
        values! { [] Primitive, $ty, $ty::cmp; }
    };
}
for_each_integer!(integers);

impl<T: FlatText> OrderedLeaf<T> for TextLeaf {
    #[inline]
    fn order(left: &T, right: &T) -> Ordering {
        T::text(left).cmp(&T::text(right))
    }

    #[inline]
    fn order_views(left: &&str, right: &&str) -> Ordering {
        left.cmp(right)
    }
}

macro_rules! tuples {
    ([$([$part:ident $q:ident $i:tt])*] [$last:ident $ql:ident $l:tt]) => {
        tuples! { @ $([$part $i])* [$last $l] }
    };
    (@ $([$part:ident $i:tt])*) => {
        impl<$($part: FlatKey),*> OrderedLeaf<($($part,)*)> for Compound {
            fn order(left: &($($part,)*), right: &($($part,)*)) -> Ordering {
                Ordering::Equal$(.then_with(|| $part::order(&left.$i, &right.$i)))*
            }

            fn order_views(left: &Self::View<'_>, right: &Self::View<'_>) -> Ordering {
                Ordering::Equal$(.then_with(|| $part::order_views(&left.$i, &right.$i)))*
            }
        }
    };
}
for_each_tuple!(tuples);
