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
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Monster {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::flat::table_shape::<
                Self,
            >(
                __shapes,
                "Monster",
                <Self as __storage::FieldList>::LIST,
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Monster {}
    #[automatically_derived]
    impl __storage::FieldList for Monster {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::flat::slot(
                <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    u64,
                >>::SLOT,
                "id",
                __storage::flat::id_at(<Monster as __storage::flat::FieldIds>::IDS, 0),
                ::core::option::Option::None,
            ),
            __storage::flat::slot(
                <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    String,
                >>::SLOT,
                "name",
                __storage::flat::id_at(<Monster as __storage::flat::FieldIds>::IDS, 1),
                ::core::option::Option::None,
            ),
            __storage::flat::slot(
                <<Vec<
                    Weapon,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<Weapon>,
                >>::SLOT,
                "weapons",
                __storage::flat::id_at(<Monster as __storage::flat::FieldIds>::IDS, 2),
                ::core::option::Option::None,
            ),
            __storage::flat::slot(
                <<Option<
                    Weapon,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<Weapon>,
                >>::SLOT,
                "equipped",
                __storage::flat::id_at(<Monster as __storage::flat::FieldIds>::IDS, 3),
                ::core::option::Option::None,
            ),
        ];
    }
    impl __storage::HasField<0, u64> for Monster {}
    impl __storage::HasField<1, String> for Monster {}
    impl __storage::HasField<2, Vec<Weapon>> for Monster {}
    impl __storage::HasField<3, Option<Weapon>> for Monster {}
    #[automatically_derived]
    impl<'__a> __storage::EqFields<'__a> for Monster
    where
        (
            &'__a u64,
            &'__a String,
            &'__a Vec<Weapon>,
            &'__a Option<Weapon>,
        ): __storage::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> __storage::bool {
            __storage::equal(
                (&self.id, &self.name, &self.weapons, &self.equipped),
                (&__other.id, &__other.name, &__other.weapons, &__other.equipped),
            )
        }
    }
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
        id: __storage::Field<Monster, 0, u64, __P>,
        /// The field `name`.
        name: __storage::Field<Monster, 1, String, __P>,
        /// The field `weapons`.
        weapons: __storage::Field<Monster, 2, Vec<Weapon>, __P>,
        /// The field `equipped`.
        equipped: __storage::Field<Monster, 3, Option<Weapon>, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for Monster {
        type Fields = MonsterFields<__P>;
        const FIELDS: &'static MonsterFields<__P> = &MonsterFields {
            id: __storage::Field::HANDLE,
            name: __storage::Field::HANDLE,
            weapons: __storage::Field::HANDLE,
            equipped: __storage::Field::HANDLE,
        };
    }
    /// The indexes of `Monster`, to find records by.
    #[allow(
        dead_code,
        unreachable_pub,
        reason = "as visible as the struct, used at will"
    )]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct MonsterIndexes {
        /// The unique index `name`.
        pub name: __storage::Index<Monster, 0>,
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
    impl __storage::HasIndex<0> for Monster {
        type Key = <String as __storage::Indexed>::Key;
    }
    #[automatically_derived]
    impl __storage::UniqueIndex<0> for Monster {}
    #[automatically_derived]
    impl __storage::Indexes for MonsterIndexes {
        const HANDLES: Self = Self {
            name: __storage::Index::HANDLE,
        };
    }
    #[automatically_derived]
    impl __storage::IndexSet for Monster {
        type Indexes = MonsterIndexes;
        const INDEXERS: &'static [__storage::Indexer<Self>] = &[
            __storage::Indexer::new(
                __storage::index_schema::<Self, 0>("name", true, "name"),
                |__record, __keys| {
                    __storage::push_field::<Self, 0, String>(__keys, &__record.name);
                },
            ),
        ];
    }
    #[automatically_derived]
    impl __storage::StoredRecord for Monster {
        type Key = u64;
        type Codec = __storage::Flatbuffers;
        const SCHEMA: &'static __storage::RecordSchema = &__storage::record_schema::<
            Self,
        >("Monster", "monsters", __storage::CodecId::Flatbuffers, &["id"]);
        const TRIALS: &'static [__storage::Trial<Self>] = &[
            __storage::Trial::<
                Self,
            >::new(
                "weapons",
                |__value| __storage::flat::is_written(|__out| <<Vec<
                    Weapon,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<Weapon>,
                >>::prepare(&__value.weapons, __out)),
                |_| true,
            ),
            __storage::Trial::<
                Self,
            >::new(
                "equipped",
                |__value| __storage::flat::is_written(|__out| <<Option<
                    Weapon,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<Weapon>,
                >>::prepare(&__value.equipped, __out)),
                |_| true,
            ),
        ];
        #[inline]
        fn encode_key(&self, __out: &mut __storage::KeyBuf) {
            __storage::encode_key::<Self>(&self.id, __out);
        }
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::flat::FlatType for Monster {
        type Kind = __storage::flat::Inline;
    }
    #[automatically_derived]
    impl __storage::flat::FlatLeaf for Monster {
        type Leaf = __storage::flat::TableLeaf;
    }
    const __FIELDS: [(
        &'static ::core::primitive::str,
        ::core::option::Option<::core::primitive::u16>,
        &'static [::core::primitive::u16],
    ); 4usize] = [
        (
            "id",
            ::core::option::Option::None,
            <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                u64,
            >>::WIDTHS,
        ),
        (
            "name",
            ::core::option::Option::None,
            <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                String,
            >>::WIDTHS,
        ),
        (
            "weapons",
            ::core::option::Option::None,
            <<Vec<
                Weapon,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Vec<Weapon>,
            >>::WIDTHS,
        ),
        (
            "equipped",
            ::core::option::Option::None,
            <<Option<
                Weapon,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Option<Weapon>,
            >>::WIDTHS,
        ),
    ];
    const __IDS: [::core::primitive::u16; 4usize] = __storage::flat::assign(
        &__FIELDS,
        &[],
    );
    ///A `Monster` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct MonsterView<'__a> {
        __table: __storage::flat::Table<'__a>,
    }
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<'__a> MonsterView<'__a> {
        ///The field `id`.
        #[inline]
        fn id(
            &self,
        ) -> <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            u64,
        >>::View<'__a> {
            <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                u64,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__IDS, 0) },
                ::core::option::Option::None,
            )
        }
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
                const { __storage::flat::id_of(__IDS, 1) },
                ::core::option::Option::None,
            )
        }
        ///The field `weapons`.
        #[inline]
        fn weapons(
            &self,
        ) -> <<Vec<
            Weapon,
        > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            Vec<Weapon>,
        >>::View<'__a> {
            <<Vec<
                Weapon,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Vec<Weapon>,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__IDS, 2) },
                ::core::option::Option::None,
            )
        }
        ///The field `equipped`.
        #[inline]
        fn equipped(
            &self,
        ) -> <<Option<
            Weapon,
        > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            Option<Weapon>,
        >>::View<'__a> {
            <<Option<
                Weapon,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Option<Weapon>,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__IDS, 3) },
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
            <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                u64,
            >>::show(
                &mut __out,
                "id",
                &<<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    u64,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS, 0) },
                    ::core::option::Option::None,
                ),
            );
            <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                String,
            >>::show(
                &mut __out,
                "name",
                &<<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    String,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS, 1) },
                    ::core::option::Option::None,
                ),
            );
            <<Vec<
                Weapon,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Vec<Weapon>,
            >>::show(
                &mut __out,
                "weapons",
                &<<Vec<
                    Weapon,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<Weapon>,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS, 2) },
                    ::core::option::Option::None,
                ),
            );
            <<Option<
                Weapon,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Option<Weapon>,
            >>::show(
                &mut __out,
                "equipped",
                &<<Option<
                    Weapon,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<Weapon>,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS, 3) },
                    ::core::option::Option::None,
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    #[automatically_derived]
    impl __storage::flat::FieldIds for Monster {
        const IDS: &'static [::core::primitive::u16] = &__IDS;
    }
    #[automatically_derived]
    impl __storage::flat::FlatTable for Monster {
        type View<'__a> = MonsterView<'__a>;
        const FILE_IDENTIFIER: ::core::option::Option<&'static ::core::primitive::str> = ::core::option::Option::Some(
            "MONS",
        );
        fn write(
            __value: &Self,
            __out: &mut __storage::flat::Writer,
        ) -> __storage::flat::Offset {
            __storage::flat::write_table(
                __out,
                |__out| (
                    <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u64,
                    >>::prepare(&__value.id, __out),
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::prepare(&__value.name, __out),
                    <<Vec<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<Weapon>,
                    >>::prepare(&__value.weapons, __out),
                    <<Option<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Weapon>,
                    >>::prepare(&__value.equipped, __out),
                ),
                |__out, __ready| {
                    <<Option<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Weapon>,
                    >>::put::<
                        8usize,
                    >(
                        &__value.equipped,
                        __ready.3,
                        __out,
                        const { __storage::flat::id_of(__IDS, 3) },
                        ::core::option::Option::None,
                    );
                    <<Vec<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<Weapon>,
                    >>::put::<
                        8usize,
                    >(
                        &__value.weapons,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::put::<
                        8usize,
                    >(
                        &__value.name,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u64,
                    >>::put::<
                        8usize,
                    >(
                        &__value.id,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <<Option<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Weapon>,
                    >>::put::<
                        4usize,
                    >(
                        &__value.equipped,
                        __ready.3,
                        __out,
                        const { __storage::flat::id_of(__IDS, 3) },
                        ::core::option::Option::None,
                    );
                    <<Vec<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<Weapon>,
                    >>::put::<
                        4usize,
                    >(
                        &__value.weapons,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::put::<
                        4usize,
                    >(
                        &__value.name,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u64,
                    >>::put::<
                        4usize,
                    >(
                        &__value.id,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <<Option<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Weapon>,
                    >>::put::<
                        2usize,
                    >(
                        &__value.equipped,
                        __ready.3,
                        __out,
                        const { __storage::flat::id_of(__IDS, 3) },
                        ::core::option::Option::None,
                    );
                    <<Vec<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<Weapon>,
                    >>::put::<
                        2usize,
                    >(
                        &__value.weapons,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::put::<
                        2usize,
                    >(
                        &__value.name,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u64,
                    >>::put::<
                        2usize,
                    >(
                        &__value.id,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <<Option<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Weapon>,
                    >>::put::<
                        1usize,
                    >(
                        &__value.equipped,
                        __ready.3,
                        __out,
                        const { __storage::flat::id_of(__IDS, 3) },
                        ::core::option::Option::None,
                    );
                    <<Vec<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<Weapon>,
                    >>::put::<
                        1usize,
                    >(
                        &__value.weapons,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::put::<
                        1usize,
                    >(
                        &__value.name,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u64,
                    >>::put::<
                        1usize,
                    >(
                        &__value.id,
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
                <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    u64,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__IDS, 0) },
                    "id",
                )?;
                <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    String,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__IDS, 1) },
                    "name",
                )?;
                <<Vec<
                    Weapon,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<Weapon>,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__IDS, 2) },
                    "weapons",
                )?;
                <<Option<
                    Weapon,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<Weapon>,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__IDS, 3) },
                    "equipped",
                )?;
                ::core::result::Result::Ok(())
            }
        }
        #[inline]
        fn view<'__a>(__table: __storage::flat::Table<'__a>) -> MonsterView<'__a> {
            MonsterView { __table }
        }
        fn own(__view: MonsterView<'_>) -> __storage::flat::Verdict<Self> {
            ::core::result::Result::Ok(Self {
                id: <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    u64,
                >>::own(
                    <<u64 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u64,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    ),
                    "id",
                )?,
                name: <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    String,
                >>::own(
                    <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        String,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    ),
                    "name",
                )?,
                weapons: <<Vec<
                    Weapon,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<Weapon>,
                >>::own(
                    <<Vec<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<Weapon>,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    ),
                    "weapons",
                )?,
                equipped: <<Option<
                    Weapon,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<Weapon>,
                >>::own(
                    <<Option<
                        Weapon,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Weapon>,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__IDS, 3) },
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
                __storage::flat::id_at(<Weapon as __storage::flat::FieldIds>::IDS, 0),
                ::core::option::Option::None,
            ),
            __storage::flat::slot(
                <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    i16,
                >>::SLOT,
                "damage",
                __storage::flat::id_at(<Weapon as __storage::flat::FieldIds>::IDS, 1),
                ::core::option::Option::None,
            ),
        ];
    }
    impl __storage::HasField<0, String> for Weapon {}
    impl __storage::HasField<1, i16> for Weapon {}
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
