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
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Weapon {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::flat::table_shape::<
                Self,
            >(
                __shapes,
                "Weapon",
                <Self as ::storage::__private::FieldList>::LIST,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Weapon {}
    #[automatically_derived]
    impl ::storage::__private::FieldList for Weapon {
        const LIST: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::flat::slot(
                    <String as ::storage::__private::flat::TableField>::SLOT,
                    "name",
                    ::storage::__private::flat::id_at(
                        <Weapon as ::storage::__private::flat::FieldIds>::IDS,
                        0,
                    ),
                    ::core::option::Option::None,
                )
                .with_offset(
                    ::core::mem::offset_of!(
                        < Self as ::storage::__private::rkyv::Archive > ::Archived, name
                    ),
                ),
            ::storage::__private::flat::slot(
                    <i16 as ::storage::__private::flat::TableField>::SLOT,
                    "damage",
                    ::storage::__private::flat::id_at(
                        <Weapon as ::storage::__private::flat::FieldIds>::IDS,
                        1,
                    ),
                    ::core::option::Option::None,
                )
                .with_offset(
                    ::core::mem::offset_of!(
                        < Self as ::storage::__private::rkyv::Archive > ::Archived,
                        damage
                    ),
                ),
        ];
    }
    impl ::storage::__private::HasField<0, String> for Weapon {}
    impl ::storage::__private::HasField<1, i16> for Weapon {}
    fn __proof(__archived: &<Weapon as ::storage::__private::rkyv::Archive>::Archived) {
        let _: *const <String as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .name;
        let _: *const <i16 as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .damage;
    }
};
const _: () = {
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
        name: ::storage::__private::Field<Weapon, 0, String, __P>,
        /// The field `damage`.
        damage: ::storage::__private::Field<Weapon, 1, i16, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for Weapon {
        type Fields = WeaponFields<__P>;
        const FIELDS: &'static WeaponFields<__P> = &WeaponFields {
            name: ::storage::__private::Field::HANDLE,
            damage: ::storage::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::flat::FlatType for Weapon {
        type Kind = ::storage::__private::flat::Inline;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatLeaf for Weapon {
        type Leaf = ::storage::__private::flat::TableLeaf;
    }
    const __FIELDS: [(
        &'static ::core::primitive::str,
        ::core::option::Option<::core::primitive::u16>,
        &'static [::core::primitive::u16],
    ); 2usize] = [
        (
            "name",
            ::core::option::Option::None,
            <String as ::storage::__private::flat::TableField>::WIDTHS,
        ),
        (
            "damage",
            ::core::option::Option::None,
            <i16 as ::storage::__private::flat::TableField>::WIDTHS,
        ),
    ];
    const __IDS: [::core::primitive::u16; 2usize] = ::storage::__private::flat::assign(
        &__FIELDS,
        &[],
    );
    ///A `Weapon` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct WeaponView<'__a> {
        __table: ::storage::__private::flat::Table<'__a>,
    }
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<'__a> WeaponView<'__a> {
        ///The field `name`.
        #[inline]
        fn name(
            &self,
        ) -> <String as ::storage::__private::flat::TableField>::View<'__a> {
            <String as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS, 0) },
                ::core::option::Option::None,
            )
        }
        ///The field `damage`.
        #[inline]
        fn damage(&self) -> <i16 as ::storage::__private::flat::TableField>::View<'__a> {
            <i16 as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS, 1) },
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
            <String as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "name",
                &<String as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS, 0) },
                    ::core::option::Option::None,
                ),
            );
            <i16 as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "damage",
                &<i16 as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS, 1) },
                    ::core::option::Option::None,
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FieldIds for Weapon {
        const IDS: &'static [::core::primitive::u16] = &__IDS;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatTable for Weapon {
        type View<'__a> = WeaponView<'__a>;
        const FILE_IDENTIFIER: ::core::option::Option<&'static ::core::primitive::str> = ::core::option::Option::None;
        fn write(
            __value: &Self,
            __out: &mut ::storage::__private::flat::Writer,
        ) -> ::storage::__private::flat::Offset {
            ::storage::__private::flat::write_table(
                __out,
                |__out| (
                    <String as ::storage::__private::flat::TableField>::prepare(
                        &__value.name,
                        __out,
                    ),
                    <i16 as ::storage::__private::flat::TableField>::prepare(
                        &__value.damage,
                        __out,
                    ),
                ),
                |__out, __ready| {
                    <i16 as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.damage,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <String as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.name,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <i16 as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.damage,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <String as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.name,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <i16 as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.damage,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <String as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.name,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <i16 as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.damage,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <String as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.name,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                },
            )
        }
        const SLOTS: &'static ::storage::__private::flat::Slots = {
            const __WIDTHS: [::core::primitive::u16; ::storage::__private::flat::slot_count(
                &__FIELDS,
                &__IDS,
            )] = ::storage::__private::flat::widths(&__FIELDS, &__IDS);
            const {
                &::storage::__private::flat::Slots::new(&__WIDTHS, &__FIELDS, &__IDS)
            }
        };
        #[inline]
        fn verify(
            __verifier: &mut ::storage::__private::flat::Verifier<'_>,
            __table: &::storage::__private::flat::Table<'_>,
        ) -> ::storage::__private::flat::Verdict {
            {
                <String as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const { ::storage::__private::flat::id_of(__IDS, 0) },
                    "name",
                )?;
                <i16 as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const { ::storage::__private::flat::id_of(__IDS, 1) },
                    "damage",
                )?;
                ::core::result::Result::Ok(())
            }
        }
        #[inline]
        fn view<'__a>(
            __table: ::storage::__private::flat::Table<'__a>,
        ) -> WeaponView<'__a> {
            WeaponView { __table }
        }
        fn own(__view: WeaponView<'_>) -> ::storage::__private::flat::Verdict<Self> {
            ::core::result::Result::Ok(Self {
                name: <String as ::storage::__private::flat::TableField>::own(
                    <String as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    ),
                    "name",
                )?,
                damage: <i16 as ::storage::__private::flat::TableField>::own(
                    <i16 as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
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
        pub fn fbs() -> ::storage::__private::String {
            <Self as ::storage::__private::flat::FlatbuffersSchema>::fbs()
        }
    }
};
const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Point {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "Point",
                <Self as ::storage::__private::FieldList>::LIST,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Point {}
    #[automatically_derived]
    impl ::storage::__private::FieldList for Point {
        const LIST: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::field::<
                f32,
            >(
                    "x",
                    ::storage::__private::FieldPlace::NONE
                        .with_flat(
                            ::storage::__private::FlatPlace::Inside(const {
                                &::storage::__private::flat::entry(
                                    &[::storage::__private::flat::Layout::of::<f32>()],
                                    0,
                                )
                            }),
                        ),
                )
                .with_offset(
                    ::core::mem::offset_of!(
                        < Self as ::storage::__private::rkyv::Archive > ::Archived, x
                    ),
                ),
        ];
    }
    impl ::storage::__private::HasField<0, f32> for Point {}
    fn __proof(__archived: &<Point as ::storage::__private::rkyv::Archive>::Archived) {
        let _: *const <f32 as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .x;
    }
};
const _: () = {
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
        x: ::storage::__private::Field<Point, 0, f32, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for Point {
        type Fields = PointFields<__P>;
        const FIELDS: &'static PointFields<__P> = &PointFields {
            x: ::storage::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::flat::FlatType for Point {
        type Kind = ::storage::__private::flat::Inline;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatLeaf for Point {
        type Leaf = ::storage::__private::flat::Struct;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatStruct for Point {
        const LAYOUT: ::storage::__private::flat::Layout = ::storage::__private::flat::Layout::of_struct(
            &[::storage::__private::flat::Layout::of::<f32>()],
        );
        const PLAIN: ::core::primitive::bool = true
            && ::storage::__private::flat::is_plain::<f32>();
        #[inline]
        fn write(
            __value: &Self,
            __out: &mut ::storage::__private::flat::FieldWriter<'_>,
        ) {
            ::storage::__private::flat::FieldWriter::write::<f32>(__out, &__value.x);
        }
        #[inline]
        fn verify(
            __fields: &mut ::storage::__private::flat::FieldCursor,
            __verifier: &mut ::storage::__private::flat::Verifier<'_>,
        ) -> ::storage::__private::flat::Verdict {
            ::storage::__private::flat::FieldCursor::verify::<
                f32,
            >(__fields, __verifier, "x")?;
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
            }
        }
        fn show(
            __value: &Self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Point");
            ::storage::__private::flat::show_fixed::<f32>(&mut __out, "x", &__value.x);
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
};
const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Kind {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::flat::unit_enum_shape::<
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
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Kind {
        const INLINE: ::core::primitive::bool = true;
    }
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::flat::FlatType for Kind {
        type Kind = ::storage::__private::flat::Inline;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatLeaf for Kind {
        type Leaf = ::storage::__private::flat::Enum;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatEnum for Kind {
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
