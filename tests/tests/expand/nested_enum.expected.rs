use rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
pub enum Kind {
    Heliport,
    Closed { since: u16 },
    Other(String),
}
#[derive(Archive, Serialize, Deserialize)]
enum Level {
    Low = 1,
    High = 3,
}

const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Kind {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::enum_shape::<
                Self,
            >(
                __shapes,
                "Kind",
                const {
                    &[
                        ("Heliport", ::core::option::Option::None, &[]),
                        (
                            "Closed",
                            ::core::option::Option::None,
                            &[
                                ::storage::__private::FieldSchema::new(
                                    "since",
                                    <u16 as ::storage::__private::StoredType>::shape,
                                ),
                            ],
                        ),
                        (
                            "Other",
                            ::core::option::Option::None,
                            &[
                                ::storage::__private::FieldSchema::new(
                                    "0",
                                    |__shapes| ::storage::__private::opaque_shape(
                                        __shapes,
                                        "text-v1",
                                        ::storage::__private::ArchivedOf::<String>::LAYOUT,
                                    ),
                                ),
                            ],
                        ),
                    ]
                },
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Kind {}
};
const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Level {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::enum_shape::<
                Self,
            >(
                __shapes,
                "Level",
                const {
                    &[
                        ("Low", ::core::option::Option::Some(1), &[]),
                        ("High", ::core::option::Option::Some(3), &[]),
                    ]
                },
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Level {
        const INLINE: ::core::primitive::bool = true;
    }
};
