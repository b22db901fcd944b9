#[derive()]
struct Stats {
    hp: i16,
    level: u8,
    nick: Option<String>,
}

const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Stats {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::flat::table_shape::<
                Self,
            >(
                __shapes,
                "Stats",
                <Self as ::storage::__private::FieldList>::LIST,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Stats {}
    #[automatically_derived]
    impl ::storage::__private::FieldList for Stats {
        const LIST: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::flat::slot(
                <i16 as ::storage::__private::flat::TableField>::SLOT,
                "hp",
                ::storage::__private::flat::id_at(
                    <Stats as ::storage::__private::flat::FieldIds>::IDS,
                    0,
                ),
                ::core::option::Option::Some(|| ::storage::__private::flat::default_bits::<
                    i16,
                >(&(150))),
            ),
            ::storage::__private::flat::slot(
                <u8 as ::storage::__private::flat::TableField>::SLOT,
                "level",
                ::storage::__private::flat::id_at(
                    <Stats as ::storage::__private::flat::FieldIds>::IDS,
                    1,
                ),
                ::core::option::Option::None,
            ),
            ::storage::__private::flat::slot(
                <Option<String> as ::storage::__private::flat::TableField>::SLOT,
                "nick",
                ::storage::__private::flat::id_at(
                    <Stats as ::storage::__private::flat::FieldIds>::IDS,
                    2,
                ),
                ::core::option::Option::None,
            ),
        ];
    }
    impl ::storage::__private::HasField<0, i16> for Stats {}
    impl ::storage::__private::HasField<1, u8> for Stats {}
    impl ::storage::__private::HasField<2, Option<String>> for Stats {}
};
const _: () = {
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
        hp: ::storage::__private::Field<Stats, 0, i16, __P>,
        /// The field `level`.
        level: ::storage::__private::Field<Stats, 1, u8, __P>,
        /// The field `nick`.
        nick: ::storage::__private::Field<Stats, 2, Option<String>, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for Stats {
        type Fields = StatsFields<__P>;
        const FIELDS: &'static StatsFields<__P> = &StatsFields {
            hp: ::storage::__private::Field::HANDLE,
            level: ::storage::__private::Field::HANDLE,
            nick: ::storage::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::flat::FlatType for Stats {
        type Kind = ::storage::__private::flat::Inline;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatLeaf for Stats {
        type Leaf = ::storage::__private::flat::TableLeaf;
    }
    const __FIELDS: [(
        &'static ::core::primitive::str,
        ::core::option::Option<::core::primitive::u16>,
        &'static [::core::primitive::u16],
    ); 3usize] = [
        (
            "hp",
            ::core::option::Option::Some(4),
            <i16 as ::storage::__private::flat::TableField>::WIDTHS,
        ),
        (
            "level",
            ::core::option::Option::Some(0),
            <u8 as ::storage::__private::flat::TableField>::WIDTHS,
        ),
        (
            "nick",
            ::core::option::Option::Some(2),
            <Option<String> as ::storage::__private::flat::TableField>::WIDTHS,
        ),
    ];
    const __IDS: [::core::primitive::u16; 3usize] = ::storage::__private::flat::assign(
        &__FIELDS,
        &[
            (1, <i16 as ::storage::__private::flat::FlatField>::SLOTS),
            (3, <Option<String> as ::storage::__private::flat::FlatField>::SLOTS),
        ],
    );
    ///A `Stats` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct StatsView<'__a> {
        __table: ::storage::__private::flat::Table<'__a>,
    }
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<'__a> StatsView<'__a> {
        ///The field `hp`.
        #[inline]
        fn hp(&self) -> <i16 as ::storage::__private::flat::TableField>::View<'__a> {
            <i16 as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS, 0) },
                ::core::option::Option::Some(
                    ::storage::__private::flat::default_bits::<i16>(&(150)),
                ),
            )
        }
        ///The field `level`.
        #[inline]
        fn level(&self) -> <u8 as ::storage::__private::flat::TableField>::View<'__a> {
            <u8 as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS, 1) },
                ::core::option::Option::None,
            )
        }
        ///The field `nick`.
        #[inline]
        fn nick(
            &self,
        ) -> <Option<String> as ::storage::__private::flat::TableField>::View<'__a> {
            <Option<
                String,
            > as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS, 2) },
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
            <i16 as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "hp",
                &<i16 as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS, 0) },
                    ::core::option::Option::Some(
                        ::storage::__private::flat::default_bits::<i16>(&(150)),
                    ),
                ),
            );
            <u8 as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "level",
                &<u8 as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS, 1) },
                    ::core::option::Option::None,
                ),
            );
            <Option<
                String,
            > as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "nick",
                &<Option<
                    String,
                > as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS, 2) },
                    ::core::option::Option::None,
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FieldIds for Stats {
        const IDS: &'static [::core::primitive::u16] = &__IDS;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatTable for Stats {
        type View<'__a> = StatsView<'__a>;
        const FILE_IDENTIFIER: ::core::option::Option<&'static ::core::primitive::str> = ::core::option::Option::None;
        const REMOVED: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::flat::removed::<i16>("mana", 1),
            ::storage::__private::flat::removed::<Option<String>>("title", 3),
        ];
        fn write(
            __value: &Self,
            __out: &mut ::storage::__private::flat::Writer,
        ) -> ::storage::__private::flat::Offset {
            ::storage::__private::flat::write_table(
                __out,
                |__out| (
                    <u8 as ::storage::__private::flat::TableField>::prepare(
                        &__value.level,
                        __out,
                    ),
                    <Option<
                        String,
                    > as ::storage::__private::flat::TableField>::prepare(
                        &__value.nick,
                        __out,
                    ),
                    <i16 as ::storage::__private::flat::TableField>::prepare(
                        &__value.hp,
                        __out,
                    ),
                ),
                |__out, __ready| {
                    <i16 as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.hp,
                        __ready.2,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::Some(
                            ::storage::__private::flat::default_bits::<i16>(&(150)),
                        ),
                    );
                    <Option<
                        String,
                    > as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.nick,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <u8 as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.level,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <i16 as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.hp,
                        __ready.2,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::Some(
                            ::storage::__private::flat::default_bits::<i16>(&(150)),
                        ),
                    );
                    <Option<
                        String,
                    > as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.nick,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <u8 as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.level,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <i16 as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.hp,
                        __ready.2,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::Some(
                            ::storage::__private::flat::default_bits::<i16>(&(150)),
                        ),
                    );
                    <Option<
                        String,
                    > as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.nick,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <u8 as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.level,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <i16 as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.hp,
                        __ready.2,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::Some(
                            ::storage::__private::flat::default_bits::<i16>(&(150)),
                        ),
                    );
                    <Option<
                        String,
                    > as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.nick,
                        __ready.1,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <u8 as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.level,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
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
                <i16 as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const { ::storage::__private::flat::id_of(__IDS, 0) },
                    "hp",
                )?;
                <u8 as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const { ::storage::__private::flat::id_of(__IDS, 1) },
                    "level",
                )?;
                <Option<
                    String,
                > as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const { ::storage::__private::flat::id_of(__IDS, 2) },
                    "nick",
                )?;
                ::core::result::Result::Ok(())
            }
        }
        #[inline]
        fn view<'__a>(
            __table: ::storage::__private::flat::Table<'__a>,
        ) -> StatsView<'__a> {
            StatsView { __table }
        }
        fn own(__view: StatsView<'_>) -> ::storage::__private::flat::Verdict<Self> {
            ::core::result::Result::Ok(Self {
                hp: <i16 as ::storage::__private::flat::TableField>::own(
                    <i16 as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::Some(
                            ::storage::__private::flat::default_bits::<i16>(&(150)),
                        ),
                    ),
                    "hp",
                )?,
                level: <u8 as ::storage::__private::flat::TableField>::own(
                    <u8 as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const { ::storage::__private::flat::id_of(__IDS, 1) },
                        ::core::option::Option::None,
                    ),
                    "level",
                )?,
                nick: <Option<
                    String,
                > as ::storage::__private::flat::TableField>::own(
                    <Option<
                        String,
                    > as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const { ::storage::__private::flat::id_of(__IDS, 2) },
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
        pub fn fbs() -> ::storage::__private::String {
            <Self as ::storage::__private::flat::FlatbuffersSchema>::fbs()
        }
    }
};
