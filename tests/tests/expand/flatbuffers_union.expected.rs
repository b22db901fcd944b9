#[derive()]
enum Action {
    Idle,
    Move { to: Point, speed: u16 },
    Attack(Target),
}
#[derive()]
struct Point {
    x: i32,
}
#[derive()]
struct Target {
    name: String,
}

const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Action {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::flat::union_shape::<
                Self,
            >(
                __shapes,
                "Action",
                <Self as ::storage::__private::flat::FlatUnion>::VARIANTS,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Action {}
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::flat::FlatType for Action {
        type Kind = ::storage::__private::flat::Union;
    }
    const __FIELDS_1: [(
        &'static ::core::primitive::str,
        ::core::option::Option<::core::primitive::u16>,
        &'static [::core::primitive::u16],
    ); 2usize] = [
        (
            "to",
            ::core::option::Option::None,
            <Point as ::storage::__private::flat::TableField>::WIDTHS,
        ),
        (
            "speed",
            ::core::option::Option::None,
            <u16 as ::storage::__private::flat::TableField>::WIDTHS,
        ),
    ];
    const __IDS_1: [::core::primitive::u16; 2usize] = ::storage::__private::flat::assign(
        &__FIELDS_1,
        &[],
    );
    ///A `Action::Move` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct ActionMoveView<'__a> {
        __table: ::storage::__private::flat::Table<'__a>,
    }
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<'__a> ActionMoveView<'__a> {
        ///The field `to`.
        #[inline]
        fn to(&self) -> <Point as ::storage::__private::flat::TableField>::View<'__a> {
            <Point as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS_1, 0) },
                ::core::option::Option::None,
            )
        }
        ///The field `speed`.
        #[inline]
        fn speed(&self) -> <u16 as ::storage::__private::flat::TableField>::View<'__a> {
            <u16 as ::storage::__private::flat::TableField>::field(
                self.__table,
                const { ::storage::__private::flat::id_of(__IDS_1, 1) },
                ::core::option::Option::Some(
                    ::storage::__private::flat::default_bits::<u16>(&(3)),
                ),
            )
        }
    }
    #[automatically_derived]
    impl<'__a> ::core::fmt::Debug for ActionMoveView<'__a> {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Move");
            <Point as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "to",
                &<Point as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS_1, 0) },
                    ::core::option::Option::None,
                ),
            );
            <u16 as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "speed",
                &<u16 as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS_1, 1) },
                    ::core::option::Option::Some(
                        ::storage::__private::flat::default_bits::<u16>(&(3)),
                    ),
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    ///A `Action` in a stored value, read where it lies.
    #[allow(
        unreachable_pub,
        missing_docs,
        private_interfaces,
        reason = "as visible as the type that it views"
    )]
    pub enum ActionView<'__a> {
        Idle,
        Move(ActionMoveView<'__a>),
        Attack(<Target as ::storage::__private::flat::TableField>::View<'__a>),
    }
    #[automatically_derived]
    impl<'__a> ::core::clone::Clone for ActionView<'__a>
    where
        <Target as ::storage::__private::flat::TableField>::View<
            '__a,
        >: ::core::marker::Copy,
    {
        #[inline]
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl<'__a> ::core::marker::Copy for ActionView<'__a>
    where
        <Target as ::storage::__private::flat::TableField>::View<
            '__a,
        >: ::core::marker::Copy,
    {}
    #[automatically_derived]
    impl<'__a> ::core::fmt::Debug for ActionView<'__a> {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            match self {
                ActionView::Idle => {
                    ::core::fmt::Formatter::write_str(__formatter, "Idle")
                }
                ActionView::Move(__view) => ::core::fmt::Debug::fmt(__view, __formatter),
                ActionView::Attack(__view) => {
                    <Target as ::storage::__private::flat::TableField>::show_payload(
                        __formatter,
                        "Attack",
                        __view,
                    )
                }
            }
        }
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatUnion for Action {
        const VARIANTS: &'static [::storage::__private::VariantSchema] = &[
            ("Idle", ::core::option::Option::None, &[]),
            (
                "Move",
                ::core::option::Option::None,
                &[
                    ::storage::__private::flat::slot(
                        <Point as ::storage::__private::flat::TableField>::SLOT,
                        "to",
                        const { ::storage::__private::flat::id_of(__IDS_1, 0) },
                        ::core::option::Option::None,
                    ),
                    ::storage::__private::flat::slot(
                        <u16 as ::storage::__private::flat::TableField>::SLOT,
                        "speed",
                        const { ::storage::__private::flat::id_of(__IDS_1, 1) },
                        ::core::option::Option::Some(|| ::storage::__private::flat::default_bits::<
                            u16,
                        >(&(3))),
                    ),
                ],
            ),
            (
                "Attack",
                ::core::option::Option::None,
                &[<Target as ::storage::__private::flat::TableField>::PAYLOAD],
            ),
        ];
        type View<'__a> = ActionView<'__a>;
        fn write(
            __value: &Self,
            __out: &mut ::storage::__private::flat::Writer,
        ) -> (::core::primitive::u8, ::storage::__private::flat::Offset) {
            match __value {
                Self::Idle => {
                    (
                        1,
                        ::storage::__private::flat::write_table(
                            __out,
                            |_| (),
                            |_, ()| {},
                        ),
                    )
                }
                Self::Move { to: __0, speed: __1 } => {
                    (
                        2,
                        ::storage::__private::flat::write_table(
                            __out,
                            |__out| (
                                <Point as ::storage::__private::flat::TableField>::prepare(
                                    __0,
                                    __out,
                                ),
                                <u16 as ::storage::__private::flat::TableField>::prepare(
                                    __1,
                                    __out,
                                ),
                            ),
                            |__out, __ready| {
                                <u16 as ::storage::__private::flat::TableField>::put::<
                                    8usize,
                                >(
                                    __1,
                                    __ready.1,
                                    __out,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 1) },
                                    ::core::option::Option::Some(
                                        ::storage::__private::flat::default_bits::<u16>(&(3)),
                                    ),
                                );
                                <Point as ::storage::__private::flat::TableField>::put::<
                                    8usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 0) },
                                    ::core::option::Option::None,
                                );
                                <u16 as ::storage::__private::flat::TableField>::put::<
                                    4usize,
                                >(
                                    __1,
                                    __ready.1,
                                    __out,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 1) },
                                    ::core::option::Option::Some(
                                        ::storage::__private::flat::default_bits::<u16>(&(3)),
                                    ),
                                );
                                <Point as ::storage::__private::flat::TableField>::put::<
                                    4usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 0) },
                                    ::core::option::Option::None,
                                );
                                <u16 as ::storage::__private::flat::TableField>::put::<
                                    2usize,
                                >(
                                    __1,
                                    __ready.1,
                                    __out,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 1) },
                                    ::core::option::Option::Some(
                                        ::storage::__private::flat::default_bits::<u16>(&(3)),
                                    ),
                                );
                                <Point as ::storage::__private::flat::TableField>::put::<
                                    2usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 0) },
                                    ::core::option::Option::None,
                                );
                                <u16 as ::storage::__private::flat::TableField>::put::<
                                    1usize,
                                >(
                                    __1,
                                    __ready.1,
                                    __out,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 1) },
                                    ::core::option::Option::Some(
                                        ::storage::__private::flat::default_bits::<u16>(&(3)),
                                    ),
                                );
                                <Point as ::storage::__private::flat::TableField>::put::<
                                    1usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 0) },
                                    ::core::option::Option::None,
                                );
                            },
                        ),
                    )
                }
                Self::Attack(__payload) => {
                    (
                        3,
                        <Target as ::storage::__private::flat::TableField>::write_payload(
                            __payload,
                            __out,
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
                        ::storage::__private::flat::check_table(
                            __verifier,
                            __place,
                            {
                                const __WIDTHS: [::core::primitive::u16; ::storage::__private::flat::slot_count(
                                    &__FIELDS_1,
                                    &__IDS_1,
                                )] = ::storage::__private::flat::widths(
                                    &__FIELDS_1,
                                    &__IDS_1,
                                );
                                const {
                                    &::storage::__private::flat::Slots::new(
                                        &__WIDTHS,
                                        &__FIELDS_1,
                                        &__IDS_1,
                                    )
                                }
                            },
                            |__verifier, __table| {
                                <Point as ::storage::__private::flat::TableField>::check(
                                    __verifier,
                                    __table,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 0) },
                                    "to",
                                )?;
                                <u16 as ::storage::__private::flat::TableField>::check(
                                    __verifier,
                                    __table,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 1) },
                                    "speed",
                                )?;
                                ::core::result::Result::Ok(())
                            },
                        ),
                    )
                }
                3 => {
                    ::core::option::Option::Some(
                        <Target as ::storage::__private::flat::TableField>::check_payload(
                            __verifier,
                            __place,
                        ),
                    )
                }
                _ => ::core::option::Option::None,
            }
        }
        fn view<'__a>(
            __tag: ::core::primitive::u8,
            __place: ::storage::__private::flat::Table<'__a>,
        ) -> ActionView<'__a> {
            match __tag {
                1 => ActionView::Idle,
                2 => {
                    ActionView::Move(ActionMoveView {
                        __table: ::storage::__private::flat::variant_table(__place),
                    })
                }
                3 => {
                    ActionView::Attack(
                        <Target as ::storage::__private::flat::TableField>::payload(
                            __place,
                        ),
                    )
                }
                _ => ActionView::Idle,
            }
        }
        fn own(__view: ActionView<'_>) -> ::storage::__private::flat::Verdict<Self> {
            ::core::result::Result::Ok(
                match __view {
                    ActionView::Idle => Self::Idle,
                    ActionView::Move(__view) => {
                        Self::Move {
                            to: <Point as ::storage::__private::flat::TableField>::own(
                                <Point as ::storage::__private::flat::TableField>::field(
                                    __view.__table,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 0) },
                                    ::core::option::Option::None,
                                ),
                                "to",
                            )?,
                            speed: <u16 as ::storage::__private::flat::TableField>::own(
                                <u16 as ::storage::__private::flat::TableField>::field(
                                    __view.__table,
                                    const { ::storage::__private::flat::id_of(__IDS_1, 1) },
                                    ::core::option::Option::Some(
                                        ::storage::__private::flat::default_bits::<u16>(&(3)),
                                    ),
                                ),
                                "speed",
                            )?,
                        }
                    }
                    ActionView::Attack(__view) => {
                        Self::Attack(
                            <Target as ::storage::__private::flat::TableField>::own_payload(
                                __view,
                            )?,
                        )
                    }
                },
            )
        }
        fn show(
            __view: &ActionView<'_>,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Debug::fmt(__view, __formatter)
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
                i32,
            >(
                "x",
                ::storage::__private::FieldPlace::NONE
                    .with_flat(
                        ::storage::__private::FlatPlace::Inside(const {
                            &::storage::__private::flat::entry(
                                &[::storage::__private::flat::Layout::of::<i32>()],
                                0,
                            )
                        }),
                    ),
            ),
        ];
    }
    impl ::storage::__private::HasField<0, i32> for Point {}
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
        x: ::storage::__private::Field<Point, 0, i32, __P>,
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
            &[::storage::__private::flat::Layout::of::<i32>()],
        );
        const PLAIN: ::core::primitive::bool = true
            && ::storage::__private::flat::is_plain::<i32>();
        #[inline]
        fn write(
            __value: &Self,
            __out: &mut ::storage::__private::flat::FieldWriter<'_>,
        ) {
            ::storage::__private::flat::FieldWriter::write::<i32>(__out, &__value.x);
        }
        #[inline]
        fn verify(
            __fields: &mut ::storage::__private::flat::FieldCursor,
            __verifier: &mut ::storage::__private::flat::Verifier<'_>,
        ) -> ::storage::__private::flat::Verdict {
            ::storage::__private::flat::FieldCursor::verify::<
                i32,
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
                    i32,
                >(__fields, __bytes),
            }
        }
        fn show(
            __value: &Self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Point");
            ::storage::__private::flat::show_fixed::<i32>(&mut __out, "x", &__value.x);
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
};
const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Target {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::flat::table_shape::<
                Self,
            >(
                __shapes,
                "Target",
                <Self as ::storage::__private::FieldList>::LIST,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Target {}
    #[automatically_derived]
    impl ::storage::__private::FieldList for Target {
        const LIST: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::flat::slot(
                <String as ::storage::__private::flat::TableField>::SLOT,
                "name",
                ::storage::__private::flat::id_at(
                    <Target as ::storage::__private::flat::FieldIds>::IDS,
                    0,
                ),
                ::core::option::Option::None,
            ),
        ];
    }
    impl ::storage::__private::HasField<0, String> for Target {}
};
const _: () = {
    /// The fields of `Target`, to project, select and filter by.
    #[allow(
        dead_code,
        missing_copy_implementations,
        missing_debug_implementations,
        unreachable_pub,
        reason = "as visible as the struct, used at will, and by reference"
    )]
    pub struct TargetFields<__P> {
        /// The field `name`.
        name: ::storage::__private::Field<Target, 0, String, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for Target {
        type Fields = TargetFields<__P>;
        const FIELDS: &'static TargetFields<__P> = &TargetFields {
            name: ::storage::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::flat::FlatType for Target {
        type Kind = ::storage::__private::flat::Inline;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatLeaf for Target {
        type Leaf = ::storage::__private::flat::TableLeaf;
    }
    const __FIELDS: [(
        &'static ::core::primitive::str,
        ::core::option::Option<::core::primitive::u16>,
        &'static [::core::primitive::u16],
    ); 1usize] = [
        (
            "name",
            ::core::option::Option::None,
            <String as ::storage::__private::flat::TableField>::WIDTHS,
        ),
    ];
    const __IDS: [::core::primitive::u16; 1usize] = ::storage::__private::flat::assign(
        &__FIELDS,
        &[],
    );
    ///A `Target` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct TargetView<'__a> {
        __table: ::storage::__private::flat::Table<'__a>,
    }
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<'__a> TargetView<'__a> {
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
    }
    #[automatically_derived]
    impl<'__a> ::core::fmt::Debug for TargetView<'__a> {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Target");
            <String as ::storage::__private::flat::TableField>::show(
                &mut __out,
                "name",
                &<String as ::storage::__private::flat::TableField>::field(
                    self.__table,
                    const { ::storage::__private::flat::id_of(__IDS, 0) },
                    ::core::option::Option::None,
                ),
            );
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FieldIds for Target {
        const IDS: &'static [::core::primitive::u16] = &__IDS;
    }
    #[automatically_derived]
    impl ::storage::__private::flat::FlatTable for Target {
        type View<'__a> = TargetView<'__a>;
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
                ),
                |__out, __ready| {
                    <String as ::storage::__private::flat::TableField>::put::<
                        8usize,
                    >(
                        &__value.name,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
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
                    <String as ::storage::__private::flat::TableField>::put::<
                        2usize,
                    >(
                        &__value.name,
                        __ready.0,
                        __out,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
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
                ::core::result::Result::Ok(())
            }
        }
        #[inline]
        fn view<'__a>(
            __table: ::storage::__private::flat::Table<'__a>,
        ) -> TargetView<'__a> {
            TargetView { __table }
        }
        fn own(__view: TargetView<'_>) -> ::storage::__private::flat::Verdict<Self> {
            ::core::result::Result::Ok(Self {
                name: <String as ::storage::__private::flat::TableField>::own(
                    <String as ::storage::__private::flat::TableField>::field(
                        __view.__table,
                        const { ::storage::__private::flat::id_of(__IDS, 0) },
                        ::core::option::Option::None,
                    ),
                    "name",
                )?,
            })
        }
    }
    impl Target {
        /// The schema of `Target` in the language of FlatBuffers: itself as the root, and every type it is made of.
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
