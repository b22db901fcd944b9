#[derive()]
struct Page<T, const N: usize> {
    items: Vec<T>,
    few: [u8; N],
    next: Option<Box<Self>>,
}
#[derive()]
enum Answer<T> {
    Nothing,
    One(T),
    Many { items: Vec<T> },
}

const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl<
        T: __storage::StoredType + __storage::flat::FlatType,
        const N: usize,
    > __storage::StoredType for Page<T, N>
    where
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::flat::table_shape::<
                Self,
            >(
                __shapes,
                "Page",
                const {
                    &[
                        __storage::flat::slot(
                            <<Vec<
                                T,
                            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                Vec<T>,
                            >>::SLOT,
                            "items",
                            __storage::flat::id_at(
                                <Page<T, N> as __storage::flat::FieldIds>::IDS,
                                0,
                            ),
                            ::core::option::Option::None,
                        ),
                        __storage::flat::slot(
                            <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                [u8; N],
                            >>::SLOT,
                            "few",
                            __storage::flat::id_at(
                                <Page<T, N> as __storage::flat::FieldIds>::IDS,
                                1,
                            ),
                            ::core::option::Option::None,
                        ),
                        __storage::flat::slot(
                            <<Option<
                                Box<Page<T, N>>,
                            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                Option<Box<Page<T, N>>>,
                            >>::SLOT,
                            "next",
                            __storage::flat::id_at(
                                <Page<T, N> as __storage::flat::FieldIds>::IDS,
                                2,
                            ),
                            ::core::option::Option::None,
                        ),
                    ]
                },
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl<
        T: __storage::StoredType + __storage::flat::FlatType,
        const N: usize,
    > __storage::WholeField for Page<T, N>
    where
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {}
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl<
        T: __storage::StoredType + __storage::flat::FlatType,
        const N: usize,
    > __storage::flat::FlatType for Page<T, N>
    where
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        type Kind = __storage::flat::Inline;
    }
    #[automatically_derived]
    impl<
        T: __storage::StoredType + __storage::flat::FlatType,
        const N: usize,
    > __storage::flat::FlatLeaf for Page<T, N>
    where
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        type Leaf = __storage::flat::TableLeaf;
    }
    struct __Parts<T, const N: usize>(::core::marker::PhantomData<fn() -> (T,)>);
    impl<
        T: __storage::StoredType + __storage::flat::FlatType,
        const N: usize,
    > __Parts<T, N>
    where
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        const __FIELDS: [(
            &'static ::core::primitive::str,
            ::core::option::Option<::core::primitive::u16>,
            &'static [::core::primitive::u16],
        ); 3usize] = [
            (
                "items",
                ::core::option::Option::None,
                <<Vec<
                    T,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<T>,
                >>::WIDTHS,
            ),
            (
                "few",
                ::core::option::Option::None,
                <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    [u8; N],
                >>::WIDTHS,
            ),
            (
                "next",
                ::core::option::Option::None,
                <<Option<
                    Box<Page<T, N>>,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<Box<Page<T, N>>>,
                >>::WIDTHS,
            ),
        ];
        const __IDS: [::core::primitive::u16; 3usize] = __storage::flat::assign(
            &__Parts::<T, N>::__FIELDS,
            &[],
        );
        const __ROOM: [::core::primitive::u16; 6usize] = __storage::flat::widths(
            &__Parts::<T, N>::__FIELDS,
            &__Parts::<T, N>::__IDS,
        );
    }
    ///A `Page` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    pub struct PageView<'__a, T, const N: usize> {
        __table: __storage::flat::Table<'__a>,
        __of: ::core::marker::PhantomData<fn() -> (T,)>,
    }
    #[automatically_derived]
    impl<'__a, T, const N: usize> ::core::clone::Clone for PageView<'__a, T, N> {
        #[inline]
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl<'__a, T, const N: usize> ::core::marker::Copy for PageView<'__a, T, N> {}
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<
        '__a,
        T: __storage::StoredType + __storage::flat::FlatType,
        const N: usize,
    > PageView<'__a, T, N>
    where
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        ///The field `items`.
        #[inline]
        fn items(
            &self,
        ) -> <<Vec<
            T,
        > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            Vec<T>,
        >>::View<'__a> {
            <<Vec<
                T,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Vec<T>,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 0) },
                ::core::option::Option::None,
            )
        }
        ///The field `few`.
        #[inline]
        fn few(
            &self,
        ) -> <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            [u8; N],
        >>::View<'__a> {
            <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                [u8; N],
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 1) },
                ::core::option::Option::None,
            )
        }
        ///The field `next`.
        #[inline]
        fn next(
            &self,
        ) -> <<Option<
            Box<Page<T, N>>,
        > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            Option<Box<Page<T, N>>>,
        >>::View<'__a> {
            <<Option<
                Box<Page<T, N>>,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Option<Box<Page<T, N>>>,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 2) },
                ::core::option::Option::None,
            )
        }
    }
    #[automatically_derived]
    impl<
        '__a,
        T: __storage::StoredType + __storage::flat::FlatType,
        const N: usize,
    > ::core::fmt::Debug for PageView<'__a, T, N>
    where
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Page");
            <<Vec<
                T,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Vec<T>,
            >>::show(
                &mut __out,
                "items",
                &<<Vec<
                    T,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<T>,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 0) },
                    ::core::option::Option::None,
                ),
            );
            <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                [u8; N],
            >>::show(
                &mut __out,
                "few",
                &<<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    [u8; N],
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 1) },
                    ::core::option::Option::None,
                ),
            );
            <<Option<
                Box<Page<T, N>>,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Option<Box<Page<T, N>>>,
            >>::show(
                &mut __out,
                "next",
                &<<Option<
                    Box<Page<T, N>>,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<Box<Page<T, N>>>,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 2) },
                    ::core::option::Option::None,
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    #[automatically_derived]
    impl<
        T: __storage::StoredType + __storage::flat::FlatType,
        const N: usize,
    > __storage::flat::FieldIds for Page<T, N>
    where
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        const IDS: &'static [::core::primitive::u16] = &__Parts::<T, N>::__IDS;
    }
    #[automatically_derived]
    impl<
        T: __storage::StoredType + __storage::flat::FlatType,
        const N: usize,
    > __storage::flat::FlatTable for Page<T, N>
    where
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        type View<'__a> = PageView<'__a, T, N>;
        const FILE_IDENTIFIER: ::core::option::Option<&'static ::core::primitive::str> = ::core::option::Option::None;
        fn write(
            __value: &Self,
            __out: &mut __storage::flat::Writer,
        ) -> __storage::flat::Offset {
            __storage::flat::write_table(
                __out,
                |__out| (
                    <<Vec<
                        T,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<T>,
                    >>::prepare(&__value.items, __out),
                    <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        [u8; N],
                    >>::prepare(&__value.few, __out),
                    <<Option<
                        Box<Page<T, N>>,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Box<Page<T, N>>>,
                    >>::prepare(&__value.next, __out),
                ),
                |__out, __ready| {
                    <<Option<
                        Box<Page<T, N>>,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Box<Page<T, N>>>,
                    >>::put::<
                        8usize,
                    >(
                        &__value.next,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        [u8; N],
                    >>::put::<
                        8usize,
                    >(
                        &__value.few,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<Vec<
                        T,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<T>,
                    >>::put::<
                        8usize,
                    >(
                        &__value.items,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <<Option<
                        Box<Page<T, N>>,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Box<Page<T, N>>>,
                    >>::put::<
                        4usize,
                    >(
                        &__value.next,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        [u8; N],
                    >>::put::<
                        4usize,
                    >(
                        &__value.few,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<Vec<
                        T,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<T>,
                    >>::put::<
                        4usize,
                    >(
                        &__value.items,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <<Option<
                        Box<Page<T, N>>,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Box<Page<T, N>>>,
                    >>::put::<
                        2usize,
                    >(
                        &__value.next,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        [u8; N],
                    >>::put::<
                        2usize,
                    >(
                        &__value.few,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<Vec<
                        T,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<T>,
                    >>::put::<
                        2usize,
                    >(
                        &__value.items,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 0) },
                        ::core::option::Option::None,
                    );
                    <<Option<
                        Box<Page<T, N>>,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Box<Page<T, N>>>,
                    >>::put::<
                        1usize,
                    >(
                        &__value.next,
                        __ready.2,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 2) },
                        ::core::option::Option::None,
                    );
                    <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        [u8; N],
                    >>::put::<
                        1usize,
                    >(
                        &__value.few,
                        __ready.1,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 1) },
                        ::core::option::Option::None,
                    );
                    <<Vec<
                        T,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<T>,
                    >>::put::<
                        1usize,
                    >(
                        &__value.items,
                        __ready.0,
                        __out,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 0) },
                        ::core::option::Option::None,
                    );
                },
            )
        }
        const SLOTS: &'static __storage::flat::Slots = const {
            let (__widths, _) = <[::core::primitive::u16]>::split_at(
                &__Parts::<T, N>::__ROOM,
                __storage::flat::slot_count(
                    &__Parts::<T, N>::__FIELDS,
                    &__Parts::<T, N>::__IDS,
                ),
            );
            &__storage::flat::Slots::new(
                __widths,
                &__Parts::<T, N>::__FIELDS,
                &__Parts::<T, N>::__IDS,
            )
        };
        #[inline]
        fn verify(
            __verifier: &mut __storage::flat::Verifier<'_>,
            __table: &__storage::flat::Table<'_>,
        ) -> __storage::flat::Verdict {
            {
                <<Vec<
                    T,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<T>,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 0) },
                    "items",
                )?;
                <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    [u8; N],
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 1) },
                    "few",
                )?;
                <<Option<
                    Box<Page<T, N>>,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<Box<Page<T, N>>>,
                >>::check(
                    __verifier,
                    __table,
                    const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 2) },
                    "next",
                )?;
                ::core::result::Result::Ok(())
            }
        }
        #[inline]
        fn view<'__a>(__table: __storage::flat::Table<'__a>) -> PageView<'__a, T, N> {
            PageView {
                __table,
                __of: ::core::marker::PhantomData,
            }
        }
        fn own(__view: PageView<'_, T, N>) -> __storage::flat::Verdict<Self> {
            ::core::result::Result::Ok(Self {
                items: <<Vec<
                    T,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<T>,
                >>::own(
                    <<Vec<
                        T,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Vec<T>,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 0) },
                        ::core::option::Option::None,
                    ),
                    "items",
                )?,
                few: <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    [u8; N],
                >>::own(
                    <<[u8; N] as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        [u8; N],
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 1) },
                        ::core::option::Option::None,
                    ),
                    "few",
                )?,
                next: <<Option<
                    Box<Page<T, N>>,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Option<Box<Page<T, N>>>,
                >>::own(
                    <<Option<
                        Box<Page<T, N>>,
                    > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Option<Box<Page<T, N>>>,
                    >>::field(
                        __view.__table,
                        const { __storage::flat::id_of(__Parts::<T, N>::__IDS, 2) },
                        ::core::option::Option::None,
                    ),
                    "next",
                )?,
            })
        }
    }
    impl<T: __storage::StoredType + __storage::flat::FlatType, const N: usize> Page<T, N>
    where
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        /// The schema of `Page` in the language of FlatBuffers: itself as the root, and every type it is made of.
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
    impl<T: __storage::StoredType + __storage::flat::FlatType> __storage::StoredType
    for Answer<T>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::flat::union_shape::<
                Self,
            >(
                __shapes,
                "Answer",
                <Self as __storage::flat::FlatUnion>::VARIANTS,
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl<T: __storage::StoredType + __storage::flat::FlatType> __storage::WholeField
    for Answer<T>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {}
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl<T: __storage::StoredType + __storage::flat::FlatType> __storage::flat::FlatType
    for Answer<T>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        type Kind = __storage::flat::Union;
    }
    struct __Parts<T>(::core::marker::PhantomData<fn() -> (T,)>);
    impl<T: __storage::StoredType + __storage::flat::FlatType> __Parts<T>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        const __FIELDS_2: [(
            &'static ::core::primitive::str,
            ::core::option::Option<::core::primitive::u16>,
            &'static [::core::primitive::u16],
        ); 1usize] = [
            (
                "items",
                ::core::option::Option::None,
                <<Vec<
                    T,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<T>,
                >>::WIDTHS,
            ),
        ];
        const __IDS_2: [::core::primitive::u16; 1usize] = __storage::flat::assign(
            &__Parts::<T>::__FIELDS_2,
            &[],
        );
        const __ROOM_2: [::core::primitive::u16; 2usize] = __storage::flat::widths(
            &__Parts::<T>::__FIELDS_2,
            &__Parts::<T>::__IDS_2,
        );
    }
    ///A `Answer::Many` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    pub struct AnswerManyView<'__a, T> {
        __table: __storage::flat::Table<'__a>,
        __of: ::core::marker::PhantomData<fn() -> (T,)>,
    }
    #[automatically_derived]
    impl<'__a, T> ::core::clone::Clone for AnswerManyView<'__a, T> {
        #[inline]
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl<'__a, T> ::core::marker::Copy for AnswerManyView<'__a, T> {}
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<
        '__a,
        T: __storage::StoredType + __storage::flat::FlatType,
    > AnswerManyView<'__a, T>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        ///The field `items`.
        #[inline]
        fn items(
            &self,
        ) -> <<Vec<
            T,
        > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            Vec<T>,
        >>::View<'__a> {
            <<Vec<
                T,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Vec<T>,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__Parts::<T>::__IDS_2, 0) },
                ::core::option::Option::None,
            )
        }
    }
    #[automatically_derived]
    impl<'__a, T: __storage::StoredType + __storage::flat::FlatType> ::core::fmt::Debug
    for AnswerManyView<'__a, T>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Many");
            <<Vec<
                T,
            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Vec<T>,
            >>::show(
                &mut __out,
                "items",
                &<<Vec<
                    T,
                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Vec<T>,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__Parts::<T>::__IDS_2, 0) },
                    ::core::option::Option::None,
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    ///A `Answer` in a stored value, read where it lies.
    #[allow(
        unreachable_pub,
        missing_docs,
        private_interfaces,
        reason = "as visible as the type that it views"
    )]
    pub enum AnswerView<'__a, T: __storage::StoredType + __storage::flat::FlatType>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        Nothing,
        One(
            <<T as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                T,
            >>::View<'__a>,
        ),
        Many(AnswerManyView<'__a, T>),
    }
    #[automatically_derived]
    impl<'__a, T: __storage::StoredType + __storage::flat::FlatType> ::core::clone::Clone
    for AnswerView<'__a, T>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
        <<T as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            T,
        >>::View<'__a>: ::core::marker::Copy,
    {
        #[inline]
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl<'__a, T: __storage::StoredType + __storage::flat::FlatType> ::core::marker::Copy
    for AnswerView<'__a, T>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
        <<T as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            T,
        >>::View<'__a>: ::core::marker::Copy,
    {}
    #[automatically_derived]
    impl<'__a, T: __storage::StoredType + __storage::flat::FlatType> ::core::fmt::Debug
    for AnswerView<'__a, T>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            match self {
                AnswerView::Nothing => {
                    ::core::fmt::Formatter::write_str(__formatter, "Nothing")
                }
                AnswerView::One(__view) => {
                    <<T as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        T,
                    >>::show_payload(__formatter, "One", __view)
                }
                AnswerView::Many(__view) => ::core::fmt::Debug::fmt(__view, __formatter),
            }
        }
    }
    #[automatically_derived]
    impl<T: __storage::StoredType + __storage::flat::FlatType> __storage::flat::FlatUnion
    for Answer<T>
    where
        T: __storage::flat::FlatType + __storage::StoredType,
        Vec<T>: __storage::flat::FlatType + __storage::StoredType,
    {
        const VARIANTS: &'static [__storage::VariantSchema] = &[
            ("Nothing", ::core::option::Option::None, &[]),
            (
                "One",
                ::core::option::Option::None,
                &[
                    <<T as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        T,
                    >>::PAYLOAD,
                ],
            ),
            (
                "Many",
                ::core::option::Option::None,
                &[
                    __storage::flat::slot(
                        <<Vec<
                            T,
                        > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                            Vec<T>,
                        >>::SLOT,
                        "items",
                        const { __storage::flat::id_of(__Parts::<T>::__IDS_2, 0) },
                        ::core::option::Option::None,
                    ),
                ],
            ),
        ];
        type View<'__a> = AnswerView<'__a, T>;
        fn write(
            __value: &Self,
            __out: &mut __storage::flat::Writer,
        ) -> (::core::primitive::u8, __storage::flat::Offset) {
            match __value {
                Self::Nothing => {
                    (1, __storage::flat::write_table(__out, |_| (), |_, ()| {}))
                }
                Self::One(__payload) => {
                    (
                        2,
                        <<T as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                            T,
                        >>::write_payload(__payload, __out),
                    )
                }
                Self::Many { items: __0 } => {
                    (
                        3,
                        __storage::flat::write_table(
                            __out,
                            |__out| (
                                <<Vec<
                                    T,
                                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Vec<T>,
                                >>::prepare(__0, __out),
                            ),
                            |__out, __ready| {
                                <<Vec<
                                    T,
                                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Vec<T>,
                                >>::put::<
                                    8usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { __storage::flat::id_of(__Parts::<T>::__IDS_2, 0) },
                                    ::core::option::Option::None,
                                );
                                <<Vec<
                                    T,
                                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Vec<T>,
                                >>::put::<
                                    4usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { __storage::flat::id_of(__Parts::<T>::__IDS_2, 0) },
                                    ::core::option::Option::None,
                                );
                                <<Vec<
                                    T,
                                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Vec<T>,
                                >>::put::<
                                    2usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { __storage::flat::id_of(__Parts::<T>::__IDS_2, 0) },
                                    ::core::option::Option::None,
                                );
                                <<Vec<
                                    T,
                                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Vec<T>,
                                >>::put::<
                                    1usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { __storage::flat::id_of(__Parts::<T>::__IDS_2, 0) },
                                    ::core::option::Option::None,
                                );
                            },
                        ),
                    )
                }
            }
        }
        fn verify(
            __verifier: &mut __storage::flat::Verifier<'_>,
            __tag: ::core::primitive::u8,
            __place: &__storage::flat::Table<'_>,
        ) -> ::core::option::Option<__storage::flat::Verdict> {
            match __tag {
                1 => {
                    ::core::option::Option::Some(
                        __storage::flat::check_table(
                            __verifier,
                            __place,
                            __storage::flat::Slots::NONE,
                            |_, _| ::core::result::Result::Ok(()),
                        ),
                    )
                }
                2 => {
                    ::core::option::Option::Some(
                        <<T as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                            T,
                        >>::check_payload(__verifier, __place),
                    )
                }
                3 => {
                    ::core::option::Option::Some(
                        __storage::flat::check_table(
                            __verifier,
                            __place,
                            const {
                                let (__widths, _) = <[::core::primitive::u16]>::split_at(
                                    &__Parts::<T>::__ROOM_2,
                                    __storage::flat::slot_count(
                                        &__Parts::<T>::__FIELDS_2,
                                        &__Parts::<T>::__IDS_2,
                                    ),
                                );
                                &__storage::flat::Slots::new(
                                    __widths,
                                    &__Parts::<T>::__FIELDS_2,
                                    &__Parts::<T>::__IDS_2,
                                )
                            },
                            |__verifier, __table| {
                                <<Vec<
                                    T,
                                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Vec<T>,
                                >>::check(
                                    __verifier,
                                    __table,
                                    const { __storage::flat::id_of(__Parts::<T>::__IDS_2, 0) },
                                    "items",
                                )?;
                                ::core::result::Result::Ok(())
                            },
                        ),
                    )
                }
                _ => ::core::option::Option::None,
            }
        }
        fn view<'__a>(
            __tag: ::core::primitive::u8,
            __place: __storage::flat::Table<'__a>,
        ) -> AnswerView<'__a, T> {
            match __tag {
                1 => AnswerView::Nothing,
                2 => {
                    AnswerView::One(
                        <<T as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                            T,
                        >>::payload(__place),
                    )
                }
                3 => {
                    AnswerView::Many(AnswerManyView {
                        __table: __storage::flat::variant_table(__place),
                        __of: ::core::marker::PhantomData,
                    })
                }
                _ => AnswerView::Nothing,
            }
        }
        fn own(__view: AnswerView<'_, T>) -> __storage::flat::Verdict<Self> {
            ::core::result::Result::Ok(
                match __view {
                    AnswerView::Nothing => Self::Nothing,
                    AnswerView::One(__view) => {
                        Self::One(
                            <<T as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                T,
                            >>::own_payload(__view)?,
                        )
                    }
                    AnswerView::Many(__view) => {
                        Self::Many {
                            items: <<Vec<
                                T,
                            > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                Vec<T>,
                            >>::own(
                                <<Vec<
                                    T,
                                > as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Vec<T>,
                                >>::field(
                                    __view.__table,
                                    const { __storage::flat::id_of(__Parts::<T>::__IDS_2, 0) },
                                    ::core::option::Option::None,
                                ),
                                "items",
                            )?,
                        }
                    }
                },
            )
        }
        fn show(
            __view: &AnswerView<'_, T>,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Debug::fmt(__view, __formatter)
        }
    }
};
