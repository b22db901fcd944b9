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
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType,
        const N: usize,
    > ::storage::__private::StoredType for Pair<T, N>
    where
        T: Clone,
    {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "Pair",
                const {
                    &[
                        ::storage::__private::FieldSchema::new(
                            "left",
                            <T as ::storage::__private::StoredType>::shape,
                        ),
                        ::storage::__private::FieldSchema::new(
                            "right",
                            <[T; N] as ::storage::__private::StoredType>::shape,
                        ),
                    ]
                },
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType,
        const N: usize,
    > ::storage::__private::WholeField for Pair<T, N>
    where
        T: Clone,
    {}
};
