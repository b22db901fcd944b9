#[derive()]
struct Monster {
    id: u64,
    name: String,
    weapons: Vec<Weapon>,
    equipped: Option<Weapon>,
}
#[derive()]
struct Weapon {
    name: String,
    damage: i16,
}

const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Monster {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::flat::table_shape::<
                Self,
            >(
                __shapes,
                "Monster",
                <Self as ::storage::__private::FieldList>::LIST,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Monster {}
    #[automatically_derived]
    impl ::storage::__private::FieldList for Monster {
        const LIST: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::flat::slot(
                <u64 as ::storage::__private::flat::TableField>::SLOT,
                "id",
                ::storage::__private::flat::id_at(
                    <Monster as ::storage::__private::flat::FieldIds>::IDS,
                    0,
                ),
                ::core::option::Option::None,
            ),
            ::storage::__private::flat::slot(
                <String as ::storage::__private::flat::TableField>::SLOT,
                "name",
                ::storage::__private::flat::id_at(
                    <Monster as ::storage::__private::flat::FieldIds>::IDS,
                    1,
                ),
                ::core::option::Option::None,
            ),
            ::storage::__private::flat::slot(
                <Vec<Weapon> as ::storage::__private::flat::TableField>::SLOT,
                "weapons",
                ::storage::__private::flat::id_at(
                    <Monster as ::storage::__private::flat::FieldIds>::IDS,
                    2,
                ),
                ::core::option::Option::None,
            ),
            ::storage::__private::flat::slot(
                <Option<Weapon> as ::storage::__private::flat::TableField>::SLOT,
                "equipped",
                ::storage::__private::flat::id_at(
                    <Monster as ::storage::__private::flat::FieldIds>::IDS,
                    3,
                ),
                ::core::option::Option::None,
            ),
        ];
    }
    impl ::storage::__private::HasField<0, u64> for Monster {}
    impl ::storage::__private::HasField<1, String> for Monster {}
    impl ::storage::__private::HasField<2, Vec<Weapon>> for Monster {}
    impl ::storage::__private::HasField<3, Option<Weapon>> for Monster {}
    #[automatically_derived]
    impl<'__a> ::storage::__private::EqFields<'__a> for Monster
    where
        (
            &'__a u64,
            &'__a String,
            &'__a Vec<Weapon>,
            &'__a Option<Weapon>,
        ): ::core::cmp::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> ::core::primitive::bool {
            (&self.id, &self.name, &self.weapons, &self.equipped)
                == (&__other.id, &__other.name, &__other.weapons, &__other.equipped)
        }
    }
    #[automatically_derived]
    impl ::storage::__private::StoredRecord for Monster {
        type Key = u64;
        type Codec = ::storage::__private::Flatbuffers;
        const SCHEMA: &'static ::storage::__private::RecordSchema = &::storage::__private::record_schema::<
            Self,
        >("Monster", "monsters", ::storage::__private::CodecId::Flatbuffers, &["id"]);
        #[inline]
        fn encode_key(&self, __out: &mut ::storage::__private::KeyBuf) {
            ::storage::__private::encode_key::<Self>(&self.id, __out);
        }
    }
};
const _: () = {
    /// The fields of `Monster`, to project, select and filter by.
    #[allow(
        dead_code,
        missing_copy_implementations,
        missing_debug_implementations,
        unreachable_pub,
        reason = "as visible as the struct, used at will, and by reference"
    )]
    pub struct MonsterFields<__P> {
        /// The field `id`.
        id: ::storage::__private::Field<Monster, 0, u64, __P>,
        /// The field `name`.
        name: ::storage::__private::Field<Monster, 1, String, __P>,
        /// The field `weapons`.
        weapons: ::storage::__private::Field<Monster, 2, Vec<Weapon>, __P>,
        /// The field `equipped`.
        equipped: ::storage::__private::Field<Monster, 3, Option<Weapon>, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for Monster {
        type Fields = MonsterFields<__P>;
        const FIELDS: &'static MonsterFields<__P> = &MonsterFields {
            id: ::storage::__private::Field::HANDLE,
            name: ::storage::__private::Field::HANDLE,
            weapons: ::storage::__private::Field::HANDLE,
            equipped: ::storage::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    /// The indexes of `Monster`, to find records by.
    #[allow(
        dead_code,
        unreachable_pub,
        reason = "as visible as the struct, used at will"
    )]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct MonsterIndexes {
        /// The unique index `name`.
        pub name: ::storage::__private::Index<Monster, 0>,
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for MonsterIndexes {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Formatter::write_str(__formatter, "MonsterIndexes")
        }
    }
    #[automatically_derived]
    impl ::storage::__private::HasIndex<0> for Monster {
        type Key = <String as ::storage::__private::Indexed>::Key;
    }
    #[automatically_derived]
    impl ::storage::__private::UniqueIndex<0> for Monster {}
    #[automatically_derived]
    impl ::storage::__private::Indexes for MonsterIndexes {
        const HANDLES: Self = Self {
            name: ::storage::__private::Index::HANDLE,
        };
    }
    #[automatically_derived]
    impl ::storage::__private::IndexSet for Monster {
        type Indexes = MonsterIndexes;
        const INDEXERS: &'static [::storage::__private::Indexer<Self>] = &[
            ::storage::__private::Indexer::new(
                ::storage::__private::index_schema::<Self, 0>("name", true, "name"),
                |__record, __keys| {
                    ::storage::__private::push_field::<
                        Self,
                        0,
                        String,
                    >(__keys, &__record.name);
                },
            ),
        ];
    }
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::flat::FlatType for Monster {
        type Kind = ::storage::__private::flat::Inline;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatLeaf for Monster {
        type Leaf = ::storage::__private::flat::TableLeaf;
    }
    const __FIELDS: [(
        &'static ::core::primitive::str,
        ::core::option::Option<::core::primitive::u16>,
        &'static [::core::primitive::u16],
    ); 4usize] = [
        (
            "id",
            ::core::option::Option::None,
            <u64 as ::storage::__private::flat::TableField>::WIDTHS,
        ),
        (
            "name",
            ::core::option::Option::None,
            <String as ::storage::__private::flat::TableField>::WIDTHS,
        ),
        (
            "weapons",
            ::core::option::Option::None,
            <Vec<Weapon> as ::storage::__private::flat::TableField>::WIDTHS,
        ),
        (
            "equipped",
            ::core::option::Option::None,
            <Option<Weapon> as ::storage::__private::flat::TableField>::WIDTHS,
        ),
    ];
    const __IDS: [::core::primitive::u16; 4usize] = ::storage::__private::flat::assign(
        &__FIELDS,
        &[],
    );
    ///A `Monster` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct MonsterView<'__a> {
        __table: ::storage::__private::flat::Table<'__a>,
    }
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<'__a> MonsterView<'__a> {
        ///The field `id`.
        #[inline]
        fn id(&self) -> <u64 as ::storage::__private::flat::TableField>::View<'__a> {
            <u64 as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS, 0) },
                ::core::option::Option::None,
            )
        }
        ///The field `name`.
        #[inline]
        fn name(
            &self,
        ) -> <String as ::storage::__private::flat::TableField>::View<'__a> {
            <String as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS, 1) },
                ::core::option::Option::None,
            )
        }
        ///The field `weapons`.
        #[inline]
        fn weapons(
            &self,
        ) -> <Vec<Weapon> as ::storage::__private::flat::TableField>::View<'__a> {
            <Vec<
                Weapon,
            > as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS, 2) },
                ::core::option::Option::None,
            )
        }
        ///The field `equipped`.
        #[inline]
        fn equipped(
            &self,
        ) -> <Option<Weapon> as ::storage::__private::flat::TableField>::View<'__a> {
            <Option<
                Weapon,
            > as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS, 3) },
                ::core::option::Option::None,
            )
        }
    }
    #[automatically_derived]
    impl<'__a> ::core::fmt::Debug for MonsterView<'__a> {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Monster");
            <u64 as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "id",
                &<u64 as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS, 0) },
                    ::core::option::Option::None,
                ),
            );
            <String as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "name",
                &<String as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS, 1) },
                    ::core::option::Option::None,
                ),
            );
            <Vec<
                Weapon,
            > as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "weapons",
                &<Vec<
                    Weapon,
                > as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS, 2) },
                    ::core::option::Option::None,
                ),
            );
            <Option<
                Weapon,
            > as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "equipped",
                &<Option<
                    Weapon,
                > as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS, 3) },
                    ::core::option::Option::None,
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FieldIds for Monster {
        const IDS: &'static [::core::primitive::u16] = &__IDS;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatTable for Monster {
        type View<'__a> = MonsterView<'__a>;
        const FILE_IDENTIFIER: ::core::option::Option<&'static ::core::primitive::str> = ::core::option::Option::Some(
            "MONS",
        );
        fn write(
            __value: &Self,
            __out: &mut ::storage::__private::flat::Writer,
        ) -> ::storage::__private::flat::Offset {
            ::storage::__private::flat::write_table(
                __out,
                |__out| (
                    <u64 as ::storage::__private::flat::TableField>::prepare(
                        &__value.id,
                        __out,
                    ),
                    <String as ::storage::__private::flat::TableField>::prepare(
                        &__value.name,
                        __out,
                    ),
                    <Vec<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::prepare(
                        &__value.weapons,
                        __out,
                    ),
                    <Option<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::prepare(
                        &__value.equipped,
                        __out,
                    ),
                ),
                |__out, __ready| {
                    <Option<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.equipped,
                        __ready.3,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 3) },
                        ::core::option::Option::None,
                    );
                    <Vec<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.weapons,
                        __ready.2,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <String as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.name,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <u64 as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.id,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <Option<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.equipped,
                        __ready.3,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 3) },
                        ::core::option::Option::None,
                    );
                    <Vec<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.weapons,
                        __ready.2,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <String as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.name,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <u64 as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.id,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <Option<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.equipped,
                        __ready.3,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 3) },
                        ::core::option::Option::None,
                    );
                    <Vec<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.weapons,
                        __ready.2,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <String as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.name,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <u64 as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.id,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <Option<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.equipped,
                        __ready.3,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 3) },
                        ::core::option::Option::None,
                    );
                    <Vec<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.weapons,
                        __ready.2,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <String as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.name,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <u64 as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.id,
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
                <u64 as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const { ::storage::__private::flat::id_of(__IDS, 0) },
                    "id",
                )?;
                <String as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const { ::storage::__private::flat::id_of(__IDS, 1) },
                    "name",
                )?;
                <Vec<
                    Weapon,
                > as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const { ::storage::__private::flat::id_of(__IDS, 2) },
                    "weapons",
                )?;
                <Option<
                    Weapon,
                > as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const { ::storage::__private::flat::id_of(__IDS, 3) },
                    "equipped",
                )?;
                ::core::result::Result::Ok(())
            }
        }
        #[inline]
        fn view<'__a>(
            __table: ::storage::__private::flat::Table<'__a>,
        ) -> MonsterView<'__a> {
            MonsterView { __table }
        }
        fn own(__view: MonsterView<'_>) -> ::storage::__private::flat::Verdict<Self> {
            ::core::result::Result::Ok(Self {
                id: <u64 as ::storage::__private::flat::TableField>::own(
                    <u64 as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    ),
                    "id",
                )?,
                name: <String as ::storage::__private::flat::TableField>::own(
                    <String as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    ),
                    "name",
                )?,
                weapons: <Vec<
                    Weapon,
                > as ::storage::__private::flat::TableField>::own(
                    <Vec<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const { ::storage::__private::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    ),
                    "weapons",
                )?,
                equipped: <Option<
                    Weapon,
                > as ::storage::__private::flat::TableField>::own(
                    <Option<
                        Weapon,
                    > as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const { ::storage::__private::flat::id_of(__IDS, 3) },
                        ::core::option::Option::None,
                    ),
                    "equipped",
                )?,
            })
        }
    }
    impl Monster {
        /// The schema of `Monster` in the language of FlatBuffers: itself as the root, and every type it is made of.
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
            ),
            ::storage::__private::flat::slot(
                <i16 as ::storage::__private::flat::TableField>::SLOT,
                "damage",
                ::storage::__private::flat::id_at(
                    <Weapon as ::storage::__private::flat::FieldIds>::IDS,
                    1,
                ),
                ::core::option::Option::None,
            ),
        ];
    }
    impl ::storage::__private::HasField<0, String> for Weapon {}
    impl ::storage::__private::HasField<1, i16> for Weapon {}
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
