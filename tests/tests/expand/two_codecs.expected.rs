use rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
struct Weapon {
    name: String,
    damage: i16,
}
#[derive(Archive, Serialize, Deserialize)]
struct Point {
    x: f32,
}
#[derive(Archive, Serialize, Deserialize)]
enum Kind {
    Sword,
    Bow,
}

const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Weapon {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::flat::table_shape::<
                Self,
            >(
                __shapes,
                "Weapon",
                <Self as __storage::FieldList>::LIST,
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Weapon {}
    #[automatically_derived]
    impl __storage::FieldList for Weapon {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::flat::slot(
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::SLOT,
                    "name",
                    __storage::flat::id_at(
                        <Weapon as __storage::flat::FieldIds>::IDS,
                        0,
                    ),
                    ::core::option::Option::None,
                )
                .with_offset(__storage::offset_of!(__storage::Archived < Self >, name)),
            __storage::flat::slot(
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::SLOT,
                    "damage",
                    __storage::flat::id_at(
                        <Weapon as __storage::flat::FieldIds>::IDS,
                        1,
                    ),
                    ::core::option::Option::None,
                )
                .with_offset(__storage::offset_of!(__storage::Archived < Self >, damage)),
        ];
    }
    impl __storage::HasField<0, String> for Weapon {}
    impl __storage::HasField<1, i16> for Weapon {}
    fn __proof(__archived: &__storage::Archived<Weapon>) {
        let _: (*const __storage::Archived<String>, *const __storage::Archived<i16>) = (
            &raw const __archived.name,
            &raw const __archived.damage,
        );
    }
    /// The fields of `Weapon`, to project, select and filter by.
    #[allow(
        dead_code,
        missing_copy_implementations,
        missing_debug_implementations,
        unreachable_pub,
        reason = "as visible as the struct, used at will, and by reference"
    )]
    pub struct WeaponFields<__P> {
        /// The field `name`.
        name: __storage::Field<Weapon, 0, String, __P>,
        /// The field `damage`.
        damage: __storage::Field<Weapon, 1, i16, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for Weapon {
        type Fields = WeaponFields<__P>;
        const FIELDS: &'static WeaponFields<__P> = &WeaponFields {
            name: __storage::Field::HANDLE,
            damage: __storage::Field::HANDLE,
        };
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::flat::FlatType for Weapon {
        type Kind = __storage::flat::Inline;
    }
    #[automatically_derived]
    impl __storage::flat::FlatLeaf for Weapon {
        type Leaf = __storage::flat::TableLeaf;
    }
    const __FIELDS: [(
        &'static ::core::primitive::str,
        ::core::option::Option<::core::primitive::u16>,
        &'static [::core::primitive::u16],
    ); 2usize] = [
        (
            "name",
            ::core::option::Option::None,
            <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                String,
            >>::WIDTHS,
        ),
        (
            "damage",
            ::core::option::Option::None,
            <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                i16,
            >>::WIDTHS,
        ),
    ];
    const __IDS: [::core::primitive::u16; 2usize] = __storage::flat::assign(
        &__FIELDS,
        &[],
    );
    ///A `Weapon` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct WeaponView<'__a> {
        __table: __storage::flat::Table<'__a>,
    }
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<'__a> WeaponView<'__a> {
        ///The field `name`.
        #[inline]
        fn name(
            &self,
        ) -> <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            String,
        >>::View<'__a> {
            <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                String,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__IDS, 0) },
                ::core::option::Option::None,
            )
        }
        ///The field `damage`.
        #[inline]
        fn damage(
            &self,
        ) -> <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            i16,
        >>::View<'__a> {
            <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                i16,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__IDS, 1) },
                ::core::option::Option::None,
            )
        }
    }
    #[automatically_derived]
    impl<'__a> ::core::fmt::Debug for WeaponView<'__a> {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Weapon");
            <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                String,
            >>::show(
                &mut __out,
                "name",
                &<<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    String,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS, 0) },
                    ::core::option::Option::None,
                ),
            );
            <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                i16,
            >>::show(
                &mut __out,
                "damage",
                &<<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    i16,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS, 1) },
                    ::core::option::Option::None,
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    #[automatically_derived]
    impl __storage::flat::FieldIds for Weapon {
        const IDS: &'static [::core::primitive::u16] = &__IDS;
    }
    #[automatically_derived]
    impl __storage::flat::FlatTable for Weapon {
        type View<'__a> = WeaponView<'__a>;
        const FILE_IDENTIFIER: ::core::option::Option<&'static ::core::primitive::str> = ::core::option::Option::None;
        fn write(
            __value: &Self,
            __out: &mut __storage::flat::Writer,
        ) -> __storage::flat::Offset {
            __storage::flat::write_table(
                __out,
                |__out| (
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::prepare(&__value.name, __out),
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::prepare(&__value.damage, __out),
                ),
                |__out, __ready| {
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::put::<
                        8usize,
                    >(
                        &__value.damage,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::put::<
                        8usize,
                    >(
                        &__value.name,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::put::<
                        4usize,
                    >(
                        &__value.damage,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::put::<
                        4usize,
                    >(
                        &__value.name,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::put::<
                        2usize,
                    >(
                        &__value.damage,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::put::<
                        2usize,
                    >(
                        &__value.name,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::put::<
                        1usize,
                    >(
                        &__value.damage,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::put::<
                        1usize,
                    >(
                        &__value.name,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                },
            )
        }
        const SLOTS: &'static __storage::flat::Slots = {
            const __WIDTHS: [::core::primitive::u16; __storage::flat::slot_count(
                &__FIELDS,
                &__IDS,
            )] = __storage::flat::widths(&__FIELDS, &__IDS);
            const { &__storage::flat::Slots::new(&__WIDTHS, &__FIELDS, &__IDS) }
        };
        #[inline]
        fn verify(
            __verifier: &mut __storage::flat::Verifier<'_>,
            __table: &__storage::flat::Table<'_>,
        ) -> __storage::flat::Verdict {
            {
                <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    String,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__IDS, 0) },
                    "name",
                )?;
                <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    i16,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__IDS, 1) },
                    "damage",
                )?;
                ::core::result::Result::Ok(())
            }
        }
        #[inline]
        fn view<'__a>(__table: __storage::flat::Table<'__a>) -> WeaponView<'__a> {
            WeaponView { __table }
        }
        fn own(__view: WeaponView<'_>) -> __storage::flat::Verdict<Self> {
            ::core::result::Result::Ok(Self {
                name: <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    String,
                >>::own(
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    ),
                    "name",
                )?,
                damage: <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    i16,
                >>::own(
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    ),
                    "damage",
                )?,
            })
        }
    }
    impl Weapon {
        /// The schema of `Weapon` in the language of FlatBuffers: itself as the root, and every type it is made of.
        #[allow(
            dead_code,
            unreachable_pub,
            reason = "as visible as the struct, and used at will"
        )]
        #[must_use]
        pub fn fbs() -> __storage::String {
            <Self as __storage::flat::FlatbuffersSchema>::fbs()
        }
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Point {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::rkyv_shape::<Self, _>(__shapes, "Point", __proof)
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Point {}
    #[automatically_derived]
    impl __storage::FieldList for Point {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::field::<
                f32,
            >(
                    "x",
                    __storage::FieldPlace::NONE
                        .with_flat(
                            __storage::FlatPlace::Inside(const {
                                &__storage::flat::entry(
                                    &[__storage::flat::Layout::of::<f32>()],
                                    0,
                                )
                            }),
                        ),
                )
                .with_offset(__storage::offset_of!(__storage::Archived < Self >, x)),
        ];
    }
    impl __storage::HasField<0, f32> for Point {}
    fn __proof(__archived: &__storage::Archived<Point>) {
        let _: (*const __storage::Archived<f32>,) = (&raw const __archived.x,);
    }
    /// The fields of `Point`, to project, select and filter by.
    #[allow(
        dead_code,
        missing_copy_implementations,
        missing_debug_implementations,
        unreachable_pub,
        reason = "as visible as the struct, used at will, and by reference"
    )]
    pub struct PointFields<__P> {
        /// The field `x`.
        x: __storage::Field<Point, 0, f32, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for Point {
        type Fields = PointFields<__P>;
        const FIELDS: &'static PointFields<__P> = &PointFields {
            x: __storage::Field::HANDLE,
        };
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::flat::FlatType for Point {
        type Kind = __storage::flat::Inline;
    }
    #[automatically_derived]
    impl __storage::flat::FlatLeaf for Point {
        type Leaf = __storage::flat::Struct;
    }
    #[automatically_derived]
    impl __storage::flat::FlatStruct for Point {
        const LAYOUT: __storage::flat::Layout = __storage::flat::Layout::of_struct(
            &[__storage::flat::Layout::of::<f32>()],
        );
        const PLAIN: ::core::primitive::bool = true
            && __storage::flat::is_plain::<f32>();
        #[inline]
        fn write(__value: &Self, __out: &mut __storage::flat::FieldWriter<'_>) {
            __storage::flat::FieldWriter::write::<f32>(__out, &__value.x);
        }
        #[inline]
        fn verify(
            __fields: &mut __storage::flat::FieldCursor,
            __verifier: &mut __storage::flat::Verifier<'_>,
        ) -> __storage::flat::Verdict {
            __storage::flat::FieldCursor::verify::<f32>(__fields, __verifier, "x")?;
            ::core::result::Result::Ok(())
        }
        #[inline]
        fn read(
            __fields: &mut __storage::flat::FieldCursor,
            __bytes: &[::core::primitive::u8],
        ) -> Self {
            Self {
                x: __storage::flat::FieldCursor::read::<f32>(__fields, __bytes),
            }
        }
        fn show(
            __value: &Self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Point");
            __storage::flat::show_fixed::<f32>(&mut __out, "x", &__value.x);
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Kind {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::flat::unit_enum_shape::<
                Self,
            >(
                __shapes,
                "Kind",
                const {
                    &[
                        ("Sword", ::core::option::Option::None, &[]),
                        ("Bow", ::core::option::Option::None, &[]),
                    ]
                },
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Kind {
        const INLINE: ::core::primitive::bool = true;
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::flat::FlatType for Kind {
        type Kind = __storage::flat::Inline;
    }
    #[automatically_derived]
    impl __storage::flat::FlatLeaf for Kind {
        type Leaf = __storage::flat::Enum;
    }
    #[automatically_derived]
    impl __storage::flat::FlatEnum for Kind {
        type Repr = ::core::primitive::u8;
        const VARIANTS: &'static [(
            &'static ::core::primitive::str,
            ::core::primitive::i128,
        )] = &[("Sword", 0), ("Bow", 1)];
        #[inline]
        fn number(__value: &Self) -> ::core::primitive::u8 {
            match __value {
                Self::Sword => 0,
                Self::Bow => 1,
            }
        }
        #[inline]
        #[allow(unreachable_patterns, reason = "every number may be a variant")]
        fn variant(__number: ::core::primitive::u8) -> ::core::option::Option<Self> {
            match __number {
                0 => ::core::option::Option::Some(Self::Sword),
                1 => ::core::option::Option::Some(Self::Bow),
                _ => ::core::option::Option::None,
            }
        }
        #[inline]
        fn first() -> Self {
            Self::Sword
        }
    }
};
