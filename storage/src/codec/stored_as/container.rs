//! What contains values that are stored in another form: it contains the forms.

use super::{NoForm, StoredAs};
use crate::schema::{FieldType, Generic, Shape, Shapes, for_each_tuple};
use std::{
    borrow::Cow,
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque},
    hash::{BuildHasher, Hash},
};

impl<T: StoredAs> StoredAs for Option<T> {
    type Form = Option<T::Form>;

    const INLINE: bool = T::INLINE;

    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Option(Box::new(T::shape(shapes)))
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        self.as_ref().map(T::to_form).transpose()
    }

    fn from_form(form: Self::Form) -> Result<Self, NoForm> {
        form.map(T::from_form).transpose()
    }
}

impl<T: StoredAs, E: StoredAs> StoredAs for Result<T, E> {
    type Form = Result<T::Form, E::Form>;

    const INLINE: bool = T::INLINE && E::INLINE;

    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Generic(Generic::Result, vec![T::shape(shapes), E::shape(shapes)])
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        Ok(match self {
            Ok(value) => Ok(value.to_form()?),
            Err(error) => Err(error.to_form()?),
        })
    }

    fn from_form(form: Self::Form) -> Result<Self, NoForm> {
        Ok(match form {
            Ok(value) => Ok(T::from_form(value)?),
            Err(error) => Err(E::from_form(error)?),
        })
    }
}

impl<T: StoredAs> StoredAs for Box<T> {
    type Form = Box<T::Form>;

    const INLINE: bool = false;

    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Boxed(Box::new(T::shape(shapes)))
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        T::to_form(self).map(Box::new)
    }

    fn from_form(form: Self::Form) -> Result<Self, NoForm> {
        T::from_form(*form).map(Self::new)
    }
}

impl<T: StoredAs, const N: usize> StoredAs for [T; N] {
    type Form = [T::Form; N];

    const INLINE: bool = T::INLINE;

    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::Array(Box::new(T::shape(shapes)), N)
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        let forms: Vec<_> = self.iter().map(T::to_form).collect::<Result<_, _>>()?;
        forms.try_into().map_err(|_| NoForm("the array has another length"))
    }

    fn from_form(form: Self::Form) -> Result<Self, NoForm> {
        let values: Vec<_> = form.into_iter().map(T::from_form).collect::<Result<_, _>>()?;
        values.try_into().map_err(|_| NoForm("the array has another length"))
    }
}

#[cfg(feature = "arrayvec")]
impl<T: StoredAs, const N: usize> StoredAs for arrayvec::ArrayVec<T, N> {
    type Form = Vec<T::Form>;

    const INLINE: bool = false;

    fn shape(shapes: &mut Shapes) -> Shape {
        Shape::List(Box::new(T::shape(shapes)))
    }

    fn to_form(&self) -> Result<Self::Form, NoForm> {
        self.iter().map(T::to_form).collect()
    }

    fn from_form(form: Self::Form) -> Result<Self, NoForm> {
        let too_long = || NoForm("the stored list is longer than its type allows");
        form.into_iter().try_fold(Self::new(), |mut list, form| {
            list.try_push(T::from_form(form)?).map_err(|_| too_long())?;
            Ok(list)
        })
    }
}

/// What is turned around is only the order of keys.
impl<T: FieldType + Clone> StoredAs for Reverse<T> {
    type Form = T;

    const INLINE: bool = T::INLINE;

    fn shape(shapes: &mut Shapes) -> Shape {
        T::shape(shapes)
    }

    fn to_form(&self) -> Result<T, NoForm> {
        Ok(self.0.clone())
    }

    fn from_form(form: T) -> Result<Self, NoForm> {
        Ok(Self(form))
    }
}

/// Collections of values: `[parameters] Type, its form, its shape;`.
macro_rules! collections {
    ($([$($generics:tt)*] $ty:ty, $form:ty, |$shapes:pat_param| $shape:expr;)*) => {$(
        impl<$($generics)*> StoredAs for $ty {
            type Form = $form;

            const INLINE: bool = false;

            fn shape($shapes: &mut Shapes) -> Shape {
                $shape
            }

            fn to_form(&self) -> Result<Self::Form, NoForm> {
                self.iter().map(T::to_form).collect()
            }

            fn from_form(form: Self::Form) -> Result<Self, NoForm> {
                form.into_iter().map(T::from_form).collect()
            }
        }
    )*};
}
collections! {
    [T: StoredAs] Vec<T>, Vec<T::Form>, |shapes| Shape::List(Box::new(T::shape(shapes)));
    [T: StoredAs] VecDeque<T>, VecDeque<T::Form>, |shapes| Shape::List(Box::new(T::shape(shapes)));
    [T: StoredAs + Clone] Cow<'static, [T]>, Vec<T::Form>,
        |shapes| Shape::List(Box::new(T::shape(shapes)));
    [T: StoredAs] Box<[T]>, Box<[T::Form]>,
        |shapes| Shape::Boxed(Box::new(Shape::Generic(Generic::Slice, vec![T::shape(shapes)])));
    [T: StoredAs<Form: Ord> + Ord] BTreeSet<T>, BTreeSet<T::Form>,
        |shapes| Shape::Generic(Generic::Set, vec![T::shape(shapes)]);
    [T: StoredAs<Form: Hash + Eq> + Hash + Eq, S: BuildHasher + Default + 'static]
        HashSet<T, S>, HashSet<T::Form>,
        |shapes| Shape::Generic(Generic::HashSet, vec![T::shape(shapes)]);
}

/// Maps: `[parameters] Type, its form, its shape;`.
macro_rules! maps {
    ($([$($generics:tt)*] $ty:ty, $form:ty, |$shapes:pat_param| $shape:expr;)*) => {$(
        impl<$($generics)*> StoredAs for $ty {
            type Form = $form;

            const INLINE: bool = false;

            fn shape($shapes: &mut Shapes) -> Shape {
                $shape
            }

            fn to_form(&self) -> Result<Self::Form, NoForm> {
                self.iter().map(|(key, value)| Ok((key.to_form()?, value.to_form()?))).collect()
            }

            fn from_form(form: Self::Form) -> Result<Self, NoForm> {
                let pair = |(key, value)| Ok((K::from_form(key)?, V::from_form(value)?));
                form.into_iter().map(pair).collect()
            }
        }
    )*};
}
maps! {
    [K: StoredAs<Form: Ord> + Ord, V: StoredAs] BTreeMap<K, V>, BTreeMap<K::Form, V::Form>,
        |shapes| Shape::Map(Box::new(K::shape(shapes)), Box::new(V::shape(shapes)));
    [
        K: StoredAs<Form: Hash + Eq> + Hash + Eq,
        V: StoredAs,
        S: BuildHasher + Default + 'static,
    ] HashMap<K, V, S>, HashMap<K::Form, V::Form>,
        |shapes| Shape::Generic(Generic::HashMap, vec![K::shape(shapes), V::shape(shapes)]);
}

macro_rules! tuples {
    ([$([$part:ident $q:ident $i:tt])*] [$last:ident $ql:ident $l:tt]) => {
        impl<$($part: StoredAs,)* $last: StoredAs> StoredAs for ($($part,)* $last,) {
            type Form = ($($part::Form,)* $last::Form,);

            const INLINE: bool = $($part::INLINE &&)* $last::INLINE;

            fn shape(shapes: &mut Shapes) -> Shape {
                Shape::Tuple(vec![$($part::shape(shapes),)* $last::shape(shapes)])
            }

            fn to_form(&self) -> Result<Self::Form, NoForm> {
                Ok(($(self.$i.to_form()?,)* self.$l.to_form()?,))
            }

            fn from_form(form: Self::Form) -> Result<Self, NoForm> {
                Ok(($($part::from_form(form.$i)?,)* $last::from_form(form.$l)?,))
            }
        }
    };
}
for_each_tuple!(tuples);
