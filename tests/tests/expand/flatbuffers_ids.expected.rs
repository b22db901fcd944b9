#[derive()]
struct Stats {
    hp: i16,
    level: u8,
    nick: Option<String>,
}

const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Stats {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::flat::table_shape::<
                Self,
            >(
                __shapes,
                "Stats",
                <Self as __storage::FieldList>::LIST,
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Stats {}
    #[automatically_derived]
    impl __storage::FieldList for Stats {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::flat::slot(
                <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    i16,
                >>::SLOT,
                "hp",
                __storage::flat::id_at(<Stats as __storage::flat::FieldIds>::IDS, 0),
                ::core::option::Option::Some(|| __storage::flat::default_bits::<
                    i16,
                >(&(150))),
            ),
            __storage::flat::slot(
                <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    u8,
                >>::SLOT,
                "level",
                __storage::flat::id_at(<Stats as __storage::flat::FieldIds>::IDS, 1),
                ::core::option::Option::None,
            ),
            __storage::flat::slot(
                <<Option<
                    String,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<String>,
                >>::SLOT,
                "nick",
                __storage::flat::id_at(<Stats as __storage::flat::FieldIds>::IDS, 2),
                ::core::option::Option::None,
            ),
        ];
    }
    impl __storage::HasField<0, i16> for Stats {}
    impl __storage::HasField<1, u8> for Stats {}
    impl __storage::HasField<2, Option<String>> for Stats {}
    /// The fields of `Stats`, to project, select and filter by.
    #[allow(
        dead_code,
        missing_copy_implementations,
        missing_debug_implementations,
        unreachable_pub,
        reason = "as visible as the struct, used at will, and by reference"
    )]
    pub struct StatsFields<__P> {
        /// The field `hp`.
        hp: __storage::Field<Stats, 0, i16, __P>,
        /// The field `level`.
        level: __storage::Field<Stats, 1, u8, __P>,
        /// The field `nick`.
        nick: __storage::Field<Stats, 2, Option<String>, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for Stats {
        type Fields = StatsFields<__P>;
        const FIELDS: &'static StatsFields<__P> = &StatsFields {
            hp: __storage::Field::HANDLE,
            level: __storage::Field::HANDLE,
            nick: __storage::Field::HANDLE,
        };
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::flat::FlatType for Stats {
        type Kind = __storage::flat::Inline;
    }
    #[automatically_derived]
    impl __storage::flat::FlatLeaf for Stats {
        type Leaf = __storage::flat::TableLeaf;
    }
    const __FIELDS: [(
        &'static ::core::primitive::str,
        ::core::option::Option<::core::primitive::u16>,
        &'static [::core::primitive::u16],
    ); 3usize] = [
        (
            "hp",
            ::core::option::Option::Some(4),
            <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                i16,
            >>::WIDTHS,
        ),
        (
            "level",
            ::core::option::Option::Some(0),
            <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                u8,
            >>::WIDTHS,
        ),
        (
            "nick",
            ::core::option::Option::Some(2),
            <<Option<
                String,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Option<String>,
            >>::WIDTHS,
        ),
    ];
    const __IDS: [::core::primitive::u16; 3usize] = __storage::flat::assign(
        &__FIELDS,
        &[
            (1, <i16 as __storage::flat::FlatField>::SLOTS),
            (3, <Option<String> as __storage::flat::FlatField>::SLOTS),
        ],
    );
    ///A `Stats` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct StatsView<'__a> {
        __table: __storage::flat::Table<'__a>,
    }
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<'__a> StatsView<'__a> {
        ///The field `hp`.
        #[inline]
        fn hp(
            &self,
        ) -> <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            i16,
        >>::View<'__a> {
            <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                i16,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__IDS, 0) },
                ::core::option::Option::Some(
                    __storage::flat::default_bits::<i16>(&(150)),
                ),
            )
        }
        ///The field `level`.
        #[inline]
        fn level(
            &self,
        ) -> <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            u8,
        >>::View<'__a> {
            <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                u8,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__IDS, 1) },
                ::core::option::Option::None,
            )
        }
        ///The field `nick`.
        #[inline]
        fn nick(
            &self,
        ) -> <<Option<
            String,
        > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            Option<String>,
        >>::View<'__a> {
            <<Option<
                String,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Option<String>,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__IDS, 2) },
                ::core::option::Option::None,
            )
        }
    }
    #[automatically_derived]
    impl<'__a> ::core::fmt::Debug for StatsView<'__a> {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Stats");
            <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                i16,
            >>::show(
                &mut __out,
                "hp",
                &<<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    i16,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS, 0) },
                    ::core::option::Option::Some(
                        __storage::flat::default_bits::<i16>(&(150)),
                    ),
                ),
            );
            <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                u8,
            >>::show(
                &mut __out,
                "level",
                &<<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    u8,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS, 1) },
                    ::core::option::Option::None,
                ),
            );
            <<Option<
                String,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Option<String>,
            >>::show(
                &mut __out,
                "nick",
                &<<Option<
                    String,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<String>,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS, 2) },
                    ::core::option::Option::None,
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    #[automatically_derived]
    impl __storage::flat::FieldIds for Stats {
        const IDS: &'static [::core::primitive::u16] = &__IDS;
    }
    #[automatically_derived]
    impl __storage::flat::FlatTable for Stats {
        type View<'__a> = StatsView<'__a>;
        const FILE_IDENTIFIER: ::core::option::Option<&'static ::core::primitive::str> = ::core::option::Option::None;
        const REMOVED: &'static [__storage::FieldSchema] = &[
            __storage::flat::removed::<i16>("mana", 1),
            __storage::flat::removed::<Option<String>>("title", 3),
        ];
        fn write(
            __value: &Self,
            __out: &mut __storage::flat::Writer,
        ) -> __storage::flat::Offset {
            __storage::flat::write_table(
                __out,
                |__out| (
                    <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u8,
                    >>::prepare(&__value.level, __out),
                    <<Option<
                        String,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<String>,
                    >>::prepare(&__value.nick, __out),
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::prepare(&__value.hp, __out),
                ),
                |__out, __ready| {
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::put::<
                        8usize,
                    >(
                        &__value.hp,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::Some(
                            __storage::flat::default_bits::<i16>(&(150)),
                        ),
                    );
                    <<Option<
                        String,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<String>,
                    >>::put::<
                        8usize,
                    >(
                        &__value.nick,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u8,
                    >>::put::<
                        8usize,
                    >(
                        &__value.level,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::put::<
                        4usize,
                    >(
                        &__value.hp,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::Some(
                            __storage::flat::default_bits::<i16>(&(150)),
                        ),
                    );
                    <<Option<
                        String,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<String>,
                    >>::put::<
                        4usize,
                    >(
                        &__value.nick,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u8,
                    >>::put::<
                        4usize,
                    >(
                        &__value.level,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::put::<
                        2usize,
                    >(
                        &__value.hp,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::Some(
                            __storage::flat::default_bits::<i16>(&(150)),
                        ),
                    );
                    <<Option<
                        String,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<String>,
                    >>::put::<
                        2usize,
                    >(
                        &__value.nick,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u8,
                    >>::put::<
                        2usize,
                    >(
                        &__value.level,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::put::<
                        1usize,
                    >(
                        &__value.hp,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::Some(
                            __storage::flat::default_bits::<i16>(&(150)),
                        ),
                    );
                    <<Option<
                        String,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<String>,
                    >>::put::<
                        1usize,
                    >(
                        &__value.nick,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u8,
                    >>::put::<
                        1usize,
                    >(
                        &__value.level,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__IDS, 1) },
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
                <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    i16,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__IDS, 0) },
                    "hp",
                )?;
                <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    u8,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__IDS, 1) },
                    "level",
                )?;
                <<Option<
                    String,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<String>,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__IDS, 2) },
                    "nick",
                )?;
                ::core::result::Result::Ok(())
            }
        }
        #[inline]
        fn view<'__a>(__table: __storage::flat::Table<'__a>) -> StatsView<'__a> {
            StatsView { __table }
        }
        fn own(__view: StatsView<'_>) -> __storage::flat::Verdict<Self> {
            ::core::result::Result::Ok(Self {
                hp: <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    i16,
                >>::own(
                    <<i16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        i16,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__IDS, 0) },
                        ::core::option::Option::Some(
                            __storage::flat::default_bits::<i16>(&(150)),
                        ),
                    ),
                    "hp",
                )?,
                level: <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    u8,
                >>::own(
                    <<u8 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        u8,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    ),
                    "level",
                )?,
                nick: <<Option<
                    String,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<String>,
                >>::own(
                    <<Option<
                        String,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<String>,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    ),
                    "nick",
                )?,
            })
        }
    }
    impl Stats {
        /// The schema of `Stats` in the language of FlatBuffers: itself as the root, and every type it is made of.
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
