use rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
pub struct Pair<T, const N: usize>
where
    T: Clone,
{
    left: T,
    right: [T; N],
}

const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl<T: __storage::StoredType, const N: usize> __storage::StoredType for Pair<T, N>
    where
        T: Clone,
    {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::struct_shape::<
                Self,
            >(
                __shapes,
                "Pair",
                const {
                    &[
                        __storage::FieldSchema::new(
                            "left",
                            <T as __storage::StoredType>::shape,
                        ),
                        __storage::FieldSchema::new(
                            "right",
                            <[T; N] as __storage::StoredType>::shape,
                        ),
                    ]
                },
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl<T: __storage::StoredType, const N: usize> __storage::WholeField for Pair<T, N>
    where
        T: Clone,
    {}
};
