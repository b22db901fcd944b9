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
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
        const N: usize,
    > ::storage::__private::StoredType for Page<T, N>
    where
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::flat::table_shape::<
                Self,
            >(
                __shapes,
                "Page",
                const {
                    &[
                        ::storage::__private::flat::slot(
                            <Vec<T> as ::storage::__private::flat::TableField>::SLOT,
                            "items",
                            ::storage::__private::flat::id_at(
                                <Page<T, N> as ::storage::__private::flat::FieldIds>::IDS,
                                0,
                            ),
                            ::core::option::Option::None,
                        ),
                        ::storage::__private::flat::slot(
                            <[u8; N] as ::storage::__private::flat::TableField>::SLOT,
                            "few",
                            ::storage::__private::flat::id_at(
                                <Page<T, N> as ::storage::__private::flat::FieldIds>::IDS,
                                1,
                            ),
                            ::core::option::Option::None,
                        ),
                        ::storage::__private::flat::slot(
                            <Option<
                                Box<Page<T, N>>,
                            > as ::storage::__private::flat::TableField>::SLOT,
                            "next",
                            ::storage::__private::flat::id_at(
                                <Page<T, N> as ::storage::__private::flat::FieldIds>::IDS,
                                2,
                            ),
                            ::core::option::Option::None,
                        ),
                    ]
                },
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
        const N: usize,
    > ::storage::__private::WholeField for Page<T, N>
    where
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {}
};
const _: () = {
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
        const N: usize,
    > ::storage::__private::flat::FlatType for Page<T, N>
    where
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        type Kind = ::storage::__private::flat::Inline;
    }
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
        const N: usize,
    > ::storage::__private::flat::FlatLeaf for Page<T, N>
    where
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        type Leaf = ::storage::__private::flat::TableLeaf;
    }
    struct __Parts<T, const N: usize>(::core::marker::PhantomData<fn() -> (T,)>);
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
        const N: usize,
    > __Parts<T, N>
    where
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        const __FIELDS: [(
            &'static ::core::primitive::str,
            ::core::option::Option<::core::primitive::u16>,
            &'static [::core::primitive::u16],
        ); 3usize] = [
            (
                "items",
                ::core::option::Option::None,
                <Vec<T> as ::storage::__private::flat::TableField>::WIDTHS,
            ),
            (
                "few",
                ::core::option::Option::None,
                <[u8; N] as ::storage::__private::flat::TableField>::WIDTHS,
            ),
            (
                "next",
                ::core::option::Option::None,
                <Option<
                    Box<Page<T, N>>,
                > as ::storage::__private::flat::TableField>::WIDTHS,
            ),
        ];
        const __IDS: [::core::primitive::u16; 3usize] = ::storage::__private::flat::assign(
            &__Parts::<T, N>::__FIELDS,
            &[],
        );
        const __ROOM: [::core::primitive::u16; 6usize] = ::storage::__private::flat::widths(
            &__Parts::<T, N>::__FIELDS,
            &__Parts::<T, N>::__IDS,
        );
    }
    ///A `Page` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    pub struct PageView<'__a, T, const N: usize> {
        __table: ::storage::__private::flat::Table<'__a>,
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
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
        const N: usize,
    > PageView<'__a, T, N>
    where
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        ///The field `items`.
        #[inline]
        fn items(
            &self,
        ) -> <Vec<T> as ::storage::__private::flat::TableField>::View<'__a> {
            <Vec<
                T,
            > as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 0) },
                ::core::option::Option::None,
            )
        }
        ///The field `few`.
        #[inline]
        fn few(
            &self,
        ) -> <[u8; N] as ::storage::__private::flat::TableField>::View<'__a> {
            <[u8; N] as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 1) },
                ::core::option::Option::None,
            )
        }
        ///The field `next`.
        #[inline]
        fn next(
            &self,
        ) -> <Option<
            Box<Page<T, N>>,
        > as ::storage::__private::flat::TableField>::View<'__a> {
            <Option<
                Box<Page<T, N>>,
            > as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 2) },
                ::core::option::Option::None,
            )
        }
    }
    #[automatically_derived]
    impl<
        '__a,
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
        const N: usize,
    > ::core::fmt::Debug for PageView<'__a, T, N>
    where
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Page");
            <Vec<
                T,
            > as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "items",
                &<Vec<
                    T,
                > as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const {
                        ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 0)
                    },
                    ::core::option::Option::None,
                ),
            );
            <[u8; N] as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "few",
                &<[u8; N] as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const {
                        ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 1)
                    },
                    ::core::option::Option::None,
                ),
            );
            <Option<
                Box<Page<T, N>>,
            > as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "next",
                &<Option<
                    Box<Page<T, N>>,
                > as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const {
                        ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 2)
                    },
                    ::core::option::Option::None,
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
        const N: usize,
    > ::storage::__private::flat::FieldIds for Page<T, N>
    where
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        const IDS: &'static [::core::primitive::u16] = &__Parts::<T, N>::__IDS;
    }
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
        const N: usize,
    > ::storage::__private::flat::FlatTable for Page<T, N>
    where
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        type View<'__a> = PageView<'__a, T, N>;
        const FILE_IDENTIFIER: ::core::option::Option<&'static ::core::primitive::str> = ::core::option::Option::None;
        fn write(
            __value: &Self,
            __out: &mut ::storage::__private::flat::Writer,
        ) -> ::storage::__private::flat::Offset {
            ::storage::__private::flat::write_table(
                __out,
                |__out| (
                    <Vec<
                        T,
                    > as ::storage::__private::flat::TableField>::prepare(
                        &__value.items,
                        __out,
                    ),
                    <[u8; N] as ::storage::__private::flat::TableField>::prepare(
                        &__value.few,
                        __out,
                    ),
                    <Option<
                        Box<Page<T, N>>,
                    > as ::storage::__private::flat::TableField>::prepare(
                        &__value.next,
                        __out,
                    ),
                ),
                |__out, __ready| {
                    <Option<
                        Box<Page<T, N>>,
                    > as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.next,
                        __ready.2,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 2)
                        },
                        ::core::option::Option::None,
                    );
                    <[u8; N] as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.few,
                        __ready.1,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 1)
                        },
                        ::core::option::Option::None,
                    );
                    <Vec<
                        T,
                    > as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.items,
                        __ready.0,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 0)
                        },
                        ::core::option::Option::None,
                    );
                    <Option<
                        Box<Page<T, N>>,
                    > as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.next,
                        __ready.2,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 2)
                        },
                        ::core::option::Option::None,
                    );
                    <[u8; N] as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.few,
                        __ready.1,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 1)
                        },
                        ::core::option::Option::None,
                    );
                    <Vec<
                        T,
                    > as ::storage::__private::flat::TableField>::put::<
                        4usize,
                    >(
                        &__value.items,
                        __ready.0,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 0)
                        },
                        ::core::option::Option::None,
                    );
                    <Option<
                        Box<Page<T, N>>,
                    > as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.next,
                        __ready.2,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 2)
                        },
                        ::core::option::Option::None,
                    );
                    <[u8; N] as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.few,
                        __ready.1,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 1)
                        },
                        ::core::option::Option::None,
                    );
                    <Vec<
                        T,
                    > as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.items,
                        __ready.0,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 0)
                        },
                        ::core::option::Option::None,
                    );
                    <Option<
                        Box<Page<T, N>>,
                    > as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.next,
                        __ready.2,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 2)
                        },
                        ::core::option::Option::None,
                    );
                    <[u8; N] as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.few,
                        __ready.1,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 1)
                        },
                        ::core::option::Option::None,
                    );
                    <Vec<
                        T,
                    > as ::storage::__private::flat::TableField>::put::<
                        1usize,
                    >(
                        &__value.items,
                        __ready.0,
                        __out,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 0)
                        },
                        ::core::option::Option::None,
                    );
                },
            )
        }
        const SLOTS: &'static ::storage::__private::flat::Slots = const {
            let (__widths, _) = <[::core::primitive::u16]>::split_at(
                &__Parts::<T, N>::__ROOM,
                ::storage::__private::flat::slot_count(
                    &__Parts::<T, N>::__FIELDS,
                    &__Parts::<T, N>::__IDS,
                ),
            );
            &::storage::__private::flat::Slots::new(
                __widths,
                &__Parts::<T, N>::__FIELDS,
                &__Parts::<T, N>::__IDS,
            )
        };
        #[inline]
        fn verify(
            __verifier: &mut ::storage::__private::flat::Verifier<'_>,
            __table: &::storage::__private::flat::Table<'_>,
        ) -> ::storage::__private::flat::Verdict {
            {
                <Vec<
                    T,
                > as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const {
                        ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 0)
                    },
                    "items",
                )?;
                <[u8; N] as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const {
                        ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 1)
                    },
                    "few",
                )?;
                <Option<
                    Box<Page<T, N>>,
                > as ::storage::__private::flat::TableField>::check(
                    __verifier,
                    __table,
                    const {
                        ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 2)
                    },
                    "next",
                )?;
                ::core::result::Result::Ok(())
            }
        }
        #[inline]
        fn view<'__a>(
            __table: ::storage::__private::flat::Table<'__a>,
        ) -> PageView<'__a, T, N> {
            PageView {
                __table,
                __of: ::core::marker::PhantomData,
            }
        }
        fn own(__view: PageView<'_, T, N>) -> ::storage::__private::flat::Verdict<Self> {
            ::core::result::Result::Ok(Self {
                items: <Vec<
                    T,
                > as ::storage::__private::flat::TableField>::own(
                    <Vec<
                        T,
                    > as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 0)
                        },
                        ::core::option::Option::None,
                    ),
                    "items",
                )?,
                few: <[u8; N] as ::storage::__private::flat::TableField>::own(
                    <[u8; N] as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 1)
                        },
                        ::core::option::Option::None,
                    ),
                    "few",
                )?,
                next: <Option<
                    Box<Page<T, N>>,
                > as ::storage::__private::flat::TableField>::own(
                    <Option<
                        Box<Page<T, N>>,
                    > as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T, N>::__IDS, 2)
                        },
                        ::core::option::Option::None,
                    ),
                    "next",
                )?,
            })
        }
    }
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
        const N: usize,
    > Page<T, N>
    where
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        /// The schema of `Page` in the language of FlatBuffers: itself as the root, and every type it is made of.
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
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    > ::storage::__private::StoredType for Answer<T>
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::flat::union_shape::<
                Self,
            >(
                __shapes,
                "Answer",
                <Self as ::storage::__private::flat::FlatUnion>::VARIANTS,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    > ::storage::__private::WholeField for Answer<T>
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {}
};
const _: () = {
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    > ::storage::__private::flat::FlatType for Answer<T>
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        type Kind = ::storage::__private::flat::Union;
    }
    struct __Parts<T>(::core::marker::PhantomData<fn() -> (T,)>);
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    > __Parts<T>
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        const __FIELDS_2: [(
            &'static ::core::primitive::str,
            ::core::option::Option<::core::primitive::u16>,
            &'static [::core::primitive::u16],
        ); 1usize] = [
            (
                "items",
                ::core::option::Option::None,
                <Vec<T> as ::storage::__private::flat::TableField>::WIDTHS,
            ),
        ];
        const __IDS_2: [::core::primitive::u16; 1usize] = ::storage::__private::flat::assign(
            &__Parts::<T>::__FIELDS_2,
            &[],
        );
        const __ROOM_2: [::core::primitive::u16; 2usize] = ::storage::__private::flat::widths(
            &__Parts::<T>::__FIELDS_2,
            &__Parts::<T>::__IDS_2,
        );
    }
    ///A `Answer::Many` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    pub struct AnswerManyView<'__a, T> {
        __table: ::storage::__private::flat::Table<'__a>,
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
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    > AnswerManyView<'__a, T>
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        ///The field `items`.
        #[inline]
        fn items(
            &self,
        ) -> <Vec<T> as ::storage::__private::flat::TableField>::View<'__a> {
            <Vec<
                T,
            > as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__Parts::<T>::__IDS_2, 0) },
                ::core::option::Option::None,
            )
        }
    }
    #[automatically_derived]
    impl<
        '__a,
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    > ::core::fmt::Debug for AnswerManyView<'__a, T>
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Many");
            <Vec<
                T,
            > as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "items",
                &<Vec<
                    T,
                > as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const {
                        ::storage::__private::flat::id_of(__Parts::<T>::__IDS_2, 0)
                    },
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
    pub enum AnswerView<
        '__a,
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    >
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        Nothing,
        One(<T as ::storage::__private::flat::TableField>::View<'__a>),
        Many(AnswerManyView<'__a, T>),
    }
    #[automatically_derived]
    impl<
        '__a,
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    > ::core::clone::Clone for AnswerView<'__a, T>
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        <T as ::storage::__private::flat::TableField>::View<'__a>: ::core::marker::Copy,
    {
        #[inline]
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl<
        '__a,
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    > ::core::marker::Copy for AnswerView<'__a, T>
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        <T as ::storage::__private::flat::TableField>::View<'__a>: ::core::marker::Copy,
    {}
    #[automatically_derived]
    impl<
        '__a,
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    > ::core::fmt::Debug for AnswerView<'__a, T>
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
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
                    <T as ::storage::__private::flat::TableField>::show_payload(
                        __formatter,
                        "One",
                        __view,
                    )
                }
                AnswerView::Many(__view) => ::core::fmt::Debug::fmt(__view, __formatter),
            }
        }
    }
    #[automatically_derived]
    impl<
        T: ::storage::__private::StoredType + ::storage::__private::flat::FlatType,
    > ::storage::__private::flat::FlatUnion for Answer<T>
    where
        T: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
        Vec<T>: ::storage::__private::flat::FlatType + ::storage::__private::StoredType,
    {
        const VARIANTS: &'static [::storage::__private::VariantSchema] = &[
            ("Nothing", ::core::option::Option::None, &[]),
            (
                "One",
                ::core::option::Option::None,
                &[<T as ::storage::__private::flat::TableField>::PAYLOAD],
            ),
            (
                "Many",
                ::core::option::Option::None,
                &[
                    ::storage::__private::flat::slot(
                        <Vec<T> as ::storage::__private::flat::TableField>::SLOT,
                        "items",
                        const {
                            ::storage::__private::flat::id_of(__Parts::<T>::__IDS_2, 0)
                        },
                        ::core::option::Option::None,
                    ),
                ],
            ),
        ];
        type View<'__a> = AnswerView<'__a, T>;
        fn write(
            __value: &Self,
            __out: &mut ::storage::__private::flat::Writer,
        ) -> (::core::primitive::u8, ::storage::__private::flat::Offset) {
            match __value {
                Self::Nothing => {
                    (
                        1,
                        ::storage::__private::flat::write_table(
                            __out,
                            |_| (),
                            |_, ()| {},
                        ),
                    )
                }
                Self::One(__payload) => {
                    (
                        2,
                        <T as ::storage::__private::flat::TableField>::write_payload(
                            __payload,
                            __out,
                        ),
                    )
                }
                Self::Many { items: __0 } => {
                    (
                        3,
                        ::storage::__private::flat::write_table(
                            __out,
                            |__out| (
                                <Vec<
                                    T,
                                > as ::storage::__private::flat::TableField>::prepare(
                                    __0,
                                    __out,
                                ),
                            ),
                            |__out, __ready| {
                                <Vec<
                                    T,
                                > as ::storage::__private::flat::TableField>::put::<
                                    8usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const {
                                        ::storage::__private::flat::id_of(__Parts::<T>::__IDS_2, 0)
                                    },
                                    ::core::option::Option::None,
                                );
                                <Vec<
                                    T,
                                > as ::storage::__private::flat::TableField>::put::<
                                    4usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const {
                                        ::storage::__private::flat::id_of(__Parts::<T>::__IDS_2, 0)
                                    },
                                    ::core::option::Option::None,
                                );
                                <Vec<
                                    T,
                                > as ::storage::__private::flat::TableField>::put::<
                                    2usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const {
                                        ::storage::__private::flat::id_of(__Parts::<T>::__IDS_2, 0)
                                    },
                                    ::core::option::Option::None,
                                );
                                <Vec<
                                    T,
                                > as ::storage::__private::flat::TableField>::put::<
                                    1usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const {
                                        ::storage::__private::flat::id_of(__Parts::<T>::__IDS_2, 0)
                                    },
                                    ::core::option::Option::None,
                                );
                            },
                        ),
                    )
                }
            }
        }
        fn verify(
            __verifier: &mut ::storage::__private::flat::Verifier<'_>,
            __tag: ::core::primitive::u8,
            __place: &::storage::__private::flat::Table<'_>,
        ) -> ::core::option::Option<::storage::__private::flat::Verdict> {
            match __tag {
                1 => {
                    ::core::option::Option::Some(
                        ::storage::__private::flat::check_table(
                            __verifier,
                            __place,
                            ::storage::__private::flat::Slots::NONE,
                            |_, _| ::core::result::Result::Ok(()),
                        ),
                    )
                }
                2 => {
                    ::core::option::Option::Some(
                        <T as ::storage::__private::flat::TableField>::check_payload(
                            __verifier,
                            __place,
                        ),
                    )
                }
                3 => {
                    ::core::option::Option::Some(
                        ::storage::__private::flat::check_table(
                            __verifier,
                            __place,
                            const {
                                let (__widths, _) = <[::core::primitive::u16]>::split_at(
                                    &__Parts::<T>::__ROOM_2,
                                    ::storage::__private::flat::slot_count(
                                        &__Parts::<T>::__FIELDS_2,
                                        &__Parts::<T>::__IDS_2,
                                    ),
                                );
                                &::storage::__private::flat::Slots::new(
                                    __widths,
                                    &__Parts::<T>::__FIELDS_2,
                                    &__Parts::<T>::__IDS_2,
                                )
                            },
                            |__verifier, __table| {
                                <Vec<
                                    T,
                                > as ::storage::__private::flat::TableField>::check(
                                    __verifier,
                                    __table,
                                    const {
                                        ::storage::__private::flat::id_of(__Parts::<T>::__IDS_2, 0)
                                    },
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
            __place: ::storage::__private::flat::Table<'__a>,
        ) -> AnswerView<'__a, T> {
            match __tag {
                1 => AnswerView::Nothing,
                2 => {
                    AnswerView::One(
                        <T as ::storage::__private::flat::TableField>::payload(__place),
                    )
                }
                3 => {
                    AnswerView::Many(AnswerManyView {
                        __table: ::storage::__private::flat::variant_table(__place),
                        __of: ::core::marker::PhantomData,
                    })
                }
                _ => AnswerView::Nothing,
            }
        }
        fn own(__view: AnswerView<'_, T>) -> ::storage::__private::flat::Verdict<Self> {
            ::core::result::Result::Ok(
                match __view {
                    AnswerView::Nothing => Self::Nothing,
                    AnswerView::One(__view) => {
                        Self::One(
                            <T as ::storage::__private::flat::TableField>::own_payload(
                                __view,
                            )?,
                        )
                    }
                    AnswerView::Many(__view) => {
                        Self::Many {
                            items: <Vec<
                                T,
                            > as ::storage::__private::flat::TableField>::own(
                                <Vec<
                                    T,
                                > as ::storage::__private::flat::TableField>::field(
                                    __view.__table,
                                    const {
                                        ::storage::__private::flat::id_of(__Parts::<T>::__IDS_2, 0)
                                    },
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
