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
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::StoredType for Position {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::rkyv_shape::<Self, _>(__shapes, "Position", __proof)
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Position {}
    #[automatically_derived]
    impl __storage::FieldList for Position {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::rkyv_field::<
                f64,
            >("latitude", __storage::offset_of!(__storage::Archived < Self >, latitude)),
            __storage::rkyv_field::<
                f64,
            >(
                "longitude",
                __storage::offset_of!(__storage::Archived < Self >, longitude),
            ),
        ];
    }
    impl __storage::HasField<0, f64> for Position {}
    impl __storage::HasField<1, f64> for Position {}
    fn __proof(__archived: &__storage::Archived<Position>) {
        let _: (*const __storage::Archived<f64>, *const __storage::Archived<f64>) = (
            &raw const __archived.latitude,
            &raw const __archived.longitude,
        );
    }
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
        pub latitude: __storage::Field<Position, 0, f64, __P>,
        /// The field `longitude`.
        pub longitude: __storage::Field<Position, 1, f64, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for Position {
        type Fields = PositionFields<__P>;
        const FIELDS: &'static PositionFields<__P> = &PositionFields {
            latitude: __storage::Field::HANDLE,
            longitude: __storage::Field::HANDLE,
        };
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Meters {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::struct_shape::<
                Self,
            >(
                __shapes,
                "Meters",
                const {
                    &[
                        __storage::FieldSchema::new(
                            "0",
                            <f64 as __storage::StoredType>::shape,
                        ),
                    ]
                },
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Meters {}
};
const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Nothing {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::struct_shape::<
                Self,
            >(__shapes, "Nothing", const { &[] }, __storage::ArchivedOf::<Self>::LAYOUT)
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Nothing {
        const INLINE: ::core::primitive::bool = true;
    }
};
