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
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Kind {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::enum_shape::<
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
                                __storage::FieldSchema::new(
                                    "since",
                                    <u16 as __storage::StoredType>::shape,
                                ),
                            ],
                        ),
                        (
                            "Other",
                            ::core::option::Option::None,
                            &[
                                __storage::FieldSchema::new(
                                    "0",
                                    |__shapes| __storage::opaque_shape(
                                        __shapes,
                                        "text-v1",
                                        __storage::ArchivedOf::<String>::LAYOUT,
                                    ),
                                ),
                            ],
                        ),
                    ]
                },
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Kind {}
};
const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Level {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::enum_shape::<
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
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Level {
        const INLINE: ::core::primitive::bool = true;
    }
};
