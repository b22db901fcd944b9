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
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Vec3 {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "Vec3",
                <Self as ::storage::__private::FieldList>::LIST,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Vec3 {}
    #[automatically_derived]
    impl ::storage::__private::FieldList for Vec3 {
        const LIST: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::field::<
                f32,
            >(
                "x",
                ::storage::__private::FieldPlace::NONE
                    .with_flat(
                        ::storage::__private::FlatPlace::Inside(const {
                            &::storage::__private::flat::entry(
                                &[
                                    ::storage::__private::flat::Layout::of::<f32>(),
                                    ::storage::__private::flat::Layout::of::<f32>(),
                                    ::storage::__private::flat::Layout::of::<Color>(),
                                ],
                                0,
                            )
                        }),
                    ),
            ),
            ::storage::__private::field::<
                f32,
            >(
                "y",
                ::storage::__private::FieldPlace::NONE
                    .with_flat(
                        ::storage::__private::FlatPlace::Inside(const {
                            &::storage::__private::flat::entry(
                                &[
                                    ::storage::__private::flat::Layout::of::<f32>(),
                                    ::storage::__private::flat::Layout::of::<f32>(),
                                    ::storage::__private::flat::Layout::of::<Color>(),
                                ],
                                1,
                            )
                        }),
                    ),
            ),
            ::storage::__private::field::<
                Color,
            >(
                "color",
                ::storage::__private::FieldPlace::NONE
                    .with_flat(
                        ::storage::__private::FlatPlace::Inside(const {
                            &::storage::__private::flat::entry(
                                &[
                                    ::storage::__private::flat::Layout::of::<f32>(),
                                    ::storage::__private::flat::Layout::of::<f32>(),
                                    ::storage::__private::flat::Layout::of::<Color>(),
                                ],
                                2,
                            )
                        }),
                    ),
            ),
        ];
    }
    impl ::storage::__private::HasField<0, f32> for Vec3 {}
    impl ::storage::__private::HasField<1, f32> for Vec3 {}
    impl ::storage::__private::HasField<2, Color> for Vec3 {}
};
const _: () = {
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
        x: ::storage::__private::Field<Vec3, 0, f32, __P>,
        /// The field `y`.
        y: ::storage::__private::Field<Vec3, 1, f32, __P>,
        /// The field `color`.
        color: ::storage::__private::Field<Vec3, 2, Color, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for Vec3 {
        type Fields = Vec3Fields<__P>;
        const FIELDS: &'static Vec3Fields<__P> = &Vec3Fields {
            x: ::storage::__private::Field::HANDLE,
            y: ::storage::__private::Field::HANDLE,
            color: ::storage::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::flat::FlatType for Vec3 {
        type Kind = ::storage::__private::flat::Inline;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatLeaf for Vec3 {
        type Leaf = ::storage::__private::flat::Struct;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatStruct for Vec3 {
        const LAYOUT: ::storage::__private::flat::Layout = ::storage::__private::flat::Layout::of_struct(
            &[
                ::storage::__private::flat::Layout::of::<f32>(),
                ::storage::__private::flat::Layout::of::<f32>(),
                ::storage::__private::flat::Layout::of::<Color>(),
            ],
        );
        const PLAIN: ::core::primitive::bool = true
            && ::storage::__private::flat::is_plain::<f32>()
            && ::storage::__private::flat::is_plain::<f32>()
            && ::storage::__private::flat::is_plain::<Color>();
        #[inline]
        fn write(
            __value: &Self,
            __out: &mut ::storage::__private::flat::FieldWriter<'_>,
        ) {
            ::storage::__private::flat::FieldWriter::write::<f32>(__out, &__value.x);
            ::storage::__private::flat::FieldWriter::write::<f32>(__out, &__value.y);
            ::storage::__private::flat::FieldWriter::write::<
                Color,
            >(__out, &__value.color);
        }
        #[inline]
        fn verify(
            __fields: &mut ::storage::__private::flat::FieldCursor,
            __verifier: &mut ::storage::__private::flat::Verifier<'_>,
        ) -> ::storage::__private::flat::Verdict {
            ::storage::__private::flat::FieldCursor::verify::<
                f32,
            >(__fields, __verifier, "x")?;
            ::storage::__private::flat::FieldCursor::verify::<
                f32,
            >(__fields, __verifier, "y")?;
            ::storage::__private::flat::FieldCursor::verify::<
                Color,
            >(__fields, __verifier, "color")?;
            ::core::result::Result::Ok(())
        }
        #[inline]
        fn read(
            __fields: &mut ::storage::__private::flat::FieldCursor,
            __bytes: &[::core::primitive::u8],
        ) -> Self {
            Self {
                x: ::storage::__private::flat::FieldCursor::read::<
                    f32,
                >(__fields, __bytes),
                y: ::storage::__private::flat::FieldCursor::read::<
                    f32,
                >(__fields, __bytes),
                color: ::storage::__private::flat::FieldCursor::read::<
                    Color,
                >(__fields, __bytes),
            }
        }
        fn show(
            __value: &Self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Vec3");
            ::storage::__private::flat::show_fixed::<f32>(&mut __out, "x", &__value.x);
            ::storage::__private::flat::show_fixed::<f32>(&mut __out, "y", &__value.y);
            ::storage::__private::flat::show_fixed::<
                Color,
            >(&mut __out, "color", &__value.color);
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
};
const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Color {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::flat::unit_enum_shape::<
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
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Color {
        const INLINE: ::core::primitive::bool = true;
    }
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::flat::FlatType for Color {
        type Kind = ::storage::__private::flat::Inline;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatLeaf for Color {
        type Leaf = ::storage::__private::flat::Enum;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatEnum for Color {
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
