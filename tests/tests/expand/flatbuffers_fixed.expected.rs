#[derive()]
struct Vec3 {
    x: f32,
    y: f32,
    color: Color,
}
#[derive()]
#[repr(i16)]
enum Color {
    Red = -1,
    Green = 4,
    Blue,
}

const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Vec3 {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::struct_shape::<
                Self,
            >(
                __shapes,
                "Vec3",
                <Self as __storage::FieldList>::LIST,
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Vec3 {}
    #[automatically_derived]
    impl __storage::FieldList for Vec3 {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::field::<
                f32,
            >(
                "x",
                __storage::FieldPlace::NONE
                    .with_flat(
                        __storage::FlatPlace::Inside(const {
                            &__storage::flat::entry(
                                &[
                                    __storage::flat::Layout::of::<f32>(),
                                    __storage::flat::Layout::of::<f32>(),
                                    __storage::flat::Layout::of::<Color>(),
                                ],
                                0,
                            )
                        }),
                    ),
            ),
            __storage::field::<
                f32,
            >(
                "y",
                __storage::FieldPlace::NONE
                    .with_flat(
                        __storage::FlatPlace::Inside(const {
                            &__storage::flat::entry(
                                &[
                                    __storage::flat::Layout::of::<f32>(),
                                    __storage::flat::Layout::of::<f32>(),
                                    __storage::flat::Layout::of::<Color>(),
                                ],
                                1,
                            )
                        }),
                    ),
            ),
            __storage::field::<
                Color,
            >(
                "color",
                __storage::FieldPlace::NONE
                    .with_flat(
                        __storage::FlatPlace::Inside(const {
                            &__storage::flat::entry(
                                &[
                                    __storage::flat::Layout::of::<f32>(),
                                    __storage::flat::Layout::of::<f32>(),
                                    __storage::flat::Layout::of::<Color>(),
                                ],
                                2,
                            )
                        }),
                    ),
            ),
        ];
    }
    impl __storage::HasField<0, f32> for Vec3 {}
    impl __storage::HasField<1, f32> for Vec3 {}
    impl __storage::HasField<2, Color> for Vec3 {}
    /// The fields of `Vec3`, to project, select and filter by.
    #[allow(
        dead_code,
        missing_copy_implementations,
        missing_debug_implementations,
        unreachable_pub,
        reason = "as visible as the struct, used at will, and by reference"
    )]
    pub struct Vec3Fields<__P> {
        /// The field `x`.
        x: __storage::Field<Vec3, 0, f32, __P>,
        /// The field `y`.
        y: __storage::Field<Vec3, 1, f32, __P>,
        /// The field `color`.
        color: __storage::Field<Vec3, 2, Color, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for Vec3 {
        type Fields = Vec3Fields<__P>;
        const FIELDS: &'static Vec3Fields<__P> = &Vec3Fields {
            x: __storage::Field::HANDLE,
            y: __storage::Field::HANDLE,
            color: __storage::Field::HANDLE,
        };
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::flat::FlatType for Vec3 {
        type Kind = __storage::flat::Inline;
    }
    #[automatically_derived]
    impl __storage::flat::FlatLeaf for Vec3 {
        type Leaf = __storage::flat::Struct;
    }
    #[automatically_derived]
    impl __storage::flat::FlatStruct for Vec3 {
        const LAYOUT: __storage::flat::Layout = __storage::flat::Layout::of_struct(
            &[
                __storage::flat::Layout::of::<f32>(),
                __storage::flat::Layout::of::<f32>(),
                __storage::flat::Layout::of::<Color>(),
            ],
        );
        const PLAIN: ::core::primitive::bool = true && __storage::flat::is_plain::<f32>()
            && __storage::flat::is_plain::<f32>()
            && __storage::flat::is_plain::<Color>();
        #[inline]
        fn write(__value: &Self, __out: &mut __storage::flat::FieldWriter<'_>) {
            __storage::flat::FieldWriter::write::<f32>(__out, &__value.x);
            __storage::flat::FieldWriter::write::<f32>(__out, &__value.y);
            __storage::flat::FieldWriter::write::<Color>(__out, &__value.color);
        }
        #[inline]
        fn verify(
            __fields: &mut __storage::flat::FieldCursor,
            __verifier: &mut __storage::flat::Verifier<'_>,
        ) -> __storage::flat::Verdict {
            __storage::flat::FieldCursor::verify::<f32>(__fields, __verifier, "x")?;
            __storage::flat::FieldCursor::verify::<f32>(__fields, __verifier, "y")?;
            __storage::flat::FieldCursor::verify::<
                Color,
            >(__fields, __verifier, "color")?;
            ::core::result::Result::Ok(())
        }
        #[inline]
        fn read(
            __fields: &mut __storage::flat::FieldCursor,
            __bytes: &[::core::primitive::u8],
        ) -> Self {
            Self {
                x: __storage::flat::FieldCursor::read::<f32>(__fields, __bytes),
                y: __storage::flat::FieldCursor::read::<f32>(__fields, __bytes),
                color: __storage::flat::FieldCursor::read::<Color>(__fields, __bytes),
            }
        }
        fn show(
            __value: &Self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Vec3");
            __storage::flat::show_fixed::<f32>(&mut __out, "x", &__value.x);
            __storage::flat::show_fixed::<f32>(&mut __out, "y", &__value.y);
            __storage::flat::show_fixed::<Color>(&mut __out, "color", &__value.color);
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Color {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::flat::unit_enum_shape::<
                Self,
            >(
                __shapes,
                "Color",
                const {
                    &[
                        ("Red", ::core::option::Option::Some(-1), &[]),
                        ("Green", ::core::option::Option::Some(4), &[]),
                        ("Blue", ::core::option::Option::None, &[]),
                    ]
                },
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Color {
        const INLINE: ::core::primitive::bool = true;
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::flat::FlatType for Color {
        type Kind = __storage::flat::Inline;
    }
    #[automatically_derived]
    impl __storage::flat::FlatLeaf for Color {
        type Leaf = __storage::flat::Enum;
    }
    #[automatically_derived]
    impl __storage::flat::FlatEnum for Color {
        type Repr = ::core::primitive::i16;
        const VARIANTS: &'static [(
            &'static ::core::primitive::str,
            ::core::primitive::i128,
        )] = &[("Red", -1), ("Green", 4), ("Blue", 5)];
        #[inline]
        fn number(__value: &Self) -> ::core::primitive::i16 {
            match __value {
                Self::Red => -1,
                Self::Green => 4,
                Self::Blue => 5,
            }
        }
        #[inline]
        #[allow(unreachable_patterns, reason = "every number may be a variant")]
        fn variant(__number: ::core::primitive::i16) -> ::core::option::Option<Self> {
            match __number {
                -1 => ::core::option::Option::Some(Self::Red),
                4 => ::core::option::Option::Some(Self::Green),
                5 => ::core::option::Option::Some(Self::Blue),
                _ => ::core::option::Option::None,
            }
        }
        #[inline]
        fn first() -> Self {
            Self::Red
        }
    }
};
