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
    #[automatically_derived]
    impl ::storage::__private::StoredType for Position {
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "Position",
                const {
                    &[
                        ::storage::__private::FieldSchema::new(
                            "latitude",
                            <f64 as ::storage::__private::StoredType>::shape,
                        ),
                        ::storage::__private::FieldSchema::new(
                            "longitude",
                            <f64 as ::storage::__private::StoredType>::shape,
                        ),
                    ]
                },
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::FieldType for Position {
        type View<'__a> = Self;
        type Owned = Self;
        const INLINE: ::core::primitive::bool = false;
        fn own(__view: Self) -> Self {
            __view
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Position {}
    #[automatically_derived]
    impl ::storage::__private::HasField<0, f64> for Position {
        const NAME: &'static ::core::primitive::str = "latitude";
        const PLACE: ::storage::__private::FieldPlace = ::storage::__private::FieldPlace::NONE
            .with_offset({
                let _: fn(
                    &<Self as ::storage::__private::rkyv::Archive>::Archived,
                ) -> *const <f64 as ::storage::__private::rkyv::Archive>::Archived = |
                    __archived|
                &raw const __archived.latitude;
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, latitude
                )
            });
    }
    #[automatically_derived]
    impl ::storage::__private::HasField<1, f64> for Position {
        const NAME: &'static ::core::primitive::str = "longitude";
        const PLACE: ::storage::__private::FieldPlace = ::storage::__private::FieldPlace::NONE
            .with_offset({
                let _: fn(
                    &<Self as ::storage::__private::rkyv::Archive>::Archived,
                ) -> *const <f64 as ::storage::__private::rkyv::Archive>::Archived = |
                    __archived|
                &raw const __archived.longitude;
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, longitude
                )
            });
    }
};
const _: () = {
    /// The fields of `Position`, to project, select and filter by.
    #[allow(
        dead_code,
        unreachable_pub,
        reason = "as visible as the struct, used at will"
    )]
    pub struct PositionFields<__P> {
        /// The field `latitude`.
        pub latitude: ::storage::__private::Field<Position, 0, f64, __P>,
        /// The field `longitude`.
        pub longitude: ::storage::__private::Field<Position, 1, f64, __P>,
    }
    #[automatically_derived]
    impl<__P> ::core::clone::Clone for PositionFields<__P> {
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl<__P> ::core::marker::Copy for PositionFields<__P> {}
    #[automatically_derived]
    impl<__P> ::core::fmt::Debug for PositionFields<__P> {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Formatter::write_str(__formatter, "PositionFields")
        }
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
    #[automatically_derived]
    impl ::storage::__private::StoredType for Meters {
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
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::FieldType for Meters {
        type View<'__a> = Self;
        type Owned = Self;
        const INLINE: ::core::primitive::bool = false;
        fn own(__view: Self) -> Self {
            __view
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Meters {}
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::StoredType for Nothing {
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(__shapes, "Nothing", const { &[] })
        }
    }
    #[automatically_derived]
    impl ::storage::__private::FieldType for Nothing {
        type View<'__a> = Self;
        type Owned = Self;
        const INLINE: ::core::primitive::bool = true;
        fn own(__view: Self) -> Self {
            __view
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Nothing {}
};
