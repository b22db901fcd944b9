use rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
pub struct Position {
    pub latitude: f64,
    pub longitude: f64,
}
#[derive(Archive, Serialize, Deserialize)]
struct Meters(f64);
#[derive(Archive, Serialize, Deserialize)]
struct Nothing;

const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Position {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "Position",
                <Self as ::storage::__private::FieldList>::LIST,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Position {}
    #[automatically_derived]
    impl ::storage::__private::FieldList for Position {
        const LIST: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::rkyv_field::<
                f64,
            >(
                "latitude",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, latitude
                ),
            ),
            ::storage::__private::rkyv_field::<
                f64,
            >(
                "longitude",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, longitude
                ),
            ),
        ];
    }
    impl ::storage::__private::HasField<0, f64> for Position {}
    impl ::storage::__private::HasField<1, f64> for Position {}
    fn __proof(
        __archived: &<Position as ::storage::__private::rkyv::Archive>::Archived,
    ) {
        let _: *const <f64 as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .latitude;
        let _: *const <f64 as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .longitude;
    }
};
const _: () = {
    /// The fields of `Position`, to project, select and filter by.
    #[allow(
        dead_code,
        missing_copy_implementations,
        missing_debug_implementations,
        unreachable_pub,
        reason = "as visible as the struct, used at will, and by reference"
    )]
    pub struct PositionFields<__P> {
        /// The field `latitude`.
        pub latitude: ::storage::__private::Field<Position, 0, f64, __P>,
        /// The field `longitude`.
        pub longitude: ::storage::__private::Field<Position, 1, f64, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for Position {
        type Fields = PositionFields<__P>;
        const FIELDS: &'static PositionFields<__P> = &PositionFields {
            latitude: ::storage::__private::Field::HANDLE,
            longitude: ::storage::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Meters {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "Meters",
                const {
                    &[
                        ::storage::__private::FieldSchema::new(
                            "0",
                            <f64 as ::storage::__private::StoredType>::shape,
                        ),
                    ]
                },
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Meters {}
};
const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Nothing {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "Nothing",
                const { &[] },
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Nothing {
        const INLINE: ::core::primitive::bool = true;
    }
};
