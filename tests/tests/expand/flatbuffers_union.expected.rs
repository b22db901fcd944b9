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
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Action {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::flat::union_shape::<
                Self,
            >(
                __shapes,
                "Action",
                <Self as __storage::flat::FlatUnion>::VARIANTS,
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Action {}
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::flat::FlatType for Action {
        type Kind = __storage::flat::Union;
    }
    const __FIELDS_1: [(
        &'static ::core::primitive::str,
        ::core::option::Option<::core::primitive::u16>,
        &'static [::core::primitive::u16],
    ); 2usize] = [
        (
            "to",
            ::core::option::Option::None,
            <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Point,
            >>::WIDTHS,
        ),
        (
            "speed",
            ::core::option::Option::None,
            <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                u16,
            >>::WIDTHS,
        ),
    ];
    const __IDS_1: [::core::primitive::u16; 2usize] = __storage::flat::assign(
        &__FIELDS_1,
        &[],
    );
    ///A `Action::Move` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct ActionMoveView<'__a> {
        __table: __storage::flat::Table<'__a>,
    }
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<'__a> ActionMoveView<'__a> {
        ///The field `to`.
        #[inline]
        fn to(
            &self,
        ) -> <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            Point,
        >>::View<'__a> {
            <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Point,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__IDS_1, 0) },
                ::core::option::Option::None,
            )
        }
        ///The field `speed`.
        #[inline]
        fn speed(
            &self,
        ) -> <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            u16,
        >>::View<'__a> {
            <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                u16,
            >>::field(
                self.__table,
                const { __storage::flat::id_of(__IDS_1, 1) },
                ::core::option::Option::Some(__storage::flat::default_bits::<u16>(&(3))),
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
            <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Point,
            >>::show(
                &mut __out,
                "to",
                &<<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    Point,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS_1, 0) },
                    ::core::option::Option::None,
                ),
            );
            <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                u16,
            >>::show(
                &mut __out,
                "speed",
                &<<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    u16,
                >>::field(
                    self.__table,
                    const { __storage::flat::id_of(__IDS_1, 1) },
                    ::core::option::Option::Some(
                        __storage::flat::default_bits::<u16>(&(3)),
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
        Attack(
            <<Target as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                Target,
            >>::View<'__a>,
        ),
    }
    #[automatically_derived]
    impl<'__a> ::core::clone::Clone for ActionView<'__a>
    where
        <<Target as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            Target,
        >>::View<'__a>: ::core::marker::Copy,
    {
        #[inline]
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl<'__a> ::core::marker::Copy for ActionView<'__a>
    where
        <<Target as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
            Target,
        >>::View<'__a>: ::core::marker::Copy,
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
                    <<Target as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Target,
                    >>::show_payload(__formatter, "Attack", __view)
                }
            }
        }
    }
    #[automatically_derived]
    impl __storage::flat::FlatUnion for Action {
        const VARIANTS: &'static [__storage::VariantSchema] = &[
            ("Idle", ::core::option::Option::None, &[]),
            (
                "Move",
                ::core::option::Option::None,
                &[
                    __storage::flat::slot(
                        <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                            Point,
                        >>::SLOT,
                        "to",
                        const { __storage::flat::id_of(__IDS_1, 0) },
                        ::core::option::Option::None,
                    ),
                    __storage::flat::slot(
                        <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                            u16,
                        >>::SLOT,
                        "speed",
                        const { __storage::flat::id_of(__IDS_1, 1) },
                        ::core::option::Option::Some(|| __storage::flat::default_bits::<
                            u16,
                        >(&(3))),
                    ),
                ],
            ),
            (
                "Attack",
                ::core::option::Option::None,
                &[
                    <<Target as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                        Target,
                    >>::PAYLOAD,
                ],
            ),
        ];
        type View<'__a> = ActionView<'__a>;
        fn write(
            __value: &Self,
            __out: &mut __storage::flat::Writer,
        ) -> (::core::primitive::u8, __storage::flat::Offset) {
            match __value {
                Self::Idle => {
                    (1, __storage::flat::write_table(__out, |_| (), |_, ()| {}))
                }
                Self::Move { to: __0, speed: __1 } => {
                    (
                        2,
                        __storage::flat::write_table(
                            __out,
                            |__out| (
                                <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Point,
                                >>::prepare(__0, __out),
                                <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    u16,
                                >>::prepare(__1, __out),
                            ),
                            |__out, __ready| {
                                <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    u16,
                                >>::put::<
                                    8usize,
                                >(
                                    __1,
                                    __ready.1,
                                    __out,
                                    const { __storage::flat::id_of(__IDS_1, 1) },
                                    ::core::option::Option::Some(
                                        __storage::flat::default_bits::<u16>(&(3)),
                                    ),
                                );
                                <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Point,
                                >>::put::<
                                    8usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { __storage::flat::id_of(__IDS_1, 0) },
                                    ::core::option::Option::None,
                                );
                                <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    u16,
                                >>::put::<
                                    4usize,
                                >(
                                    __1,
                                    __ready.1,
                                    __out,
                                    const { __storage::flat::id_of(__IDS_1, 1) },
                                    ::core::option::Option::Some(
                                        __storage::flat::default_bits::<u16>(&(3)),
                                    ),
                                );
                                <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Point,
                                >>::put::<
                                    4usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { __storage::flat::id_of(__IDS_1, 0) },
                                    ::core::option::Option::None,
                                );
                                <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    u16,
                                >>::put::<
                                    2usize,
                                >(
                                    __1,
                                    __ready.1,
                                    __out,
                                    const { __storage::flat::id_of(__IDS_1, 1) },
                                    ::core::option::Option::Some(
                                        __storage::flat::default_bits::<u16>(&(3)),
                                    ),
                                );
                                <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Point,
                                >>::put::<
                                    2usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { __storage::flat::id_of(__IDS_1, 0) },
                                    ::core::option::Option::None,
                                );
                                <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    u16,
                                >>::put::<
                                    1usize,
                                >(
                                    __1,
                                    __ready.1,
                                    __out,
                                    const { __storage::flat::id_of(__IDS_1, 1) },
                                    ::core::option::Option::Some(
                                        __storage::flat::default_bits::<u16>(&(3)),
                                    ),
                                );
                                <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Point,
                                >>::put::<
                                    1usize,
                                >(
                                    __0,
                                    __ready.0,
                                    __out,
                                    const { __storage::flat::id_of(__IDS_1, 0) },
                                    ::core::option::Option::None,
                                );
                            },
                        ),
                    )
                }
                Self::Attack(__payload) => {
                    (
                        3,
                        <<Target as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                            Target,
                        >>::write_payload(__payload, __out),
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
                        __storage::flat::check_table(
                            __verifier,
                            __place,
                            {
                                const __WIDTHS: [::core::primitive::u16; __storage::flat::slot_count(
                                    &__FIELDS_1,
                                    &__IDS_1,
                                )] = __storage::flat::widths(&__FIELDS_1, &__IDS_1);
                                const {
                                    &__storage::flat::Slots::new(
                                        &__WIDTHS,
                                        &__FIELDS_1,
                                        &__IDS_1,
                                    )
                                }
                            },
                            |__verifier, __table| {
                                <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Point,
                                >>::check(
                                    __verifier,
                                    __table,
                                    const { __storage::flat::id_of(__IDS_1, 0) },
                                    "to",
                                )?;
                                <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    u16,
                                >>::check(
                                    __verifier,
                                    __table,
                                    const { __storage::flat::id_of(__IDS_1, 1) },
                                    "speed",
                                )?;
                                ::core::result::Result::Ok(())
                            },
                        ),
                    )
                }
                3 => {
                    ::core::option::Option::Some(
                        <<Target as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                            Target,
                        >>::check_payload(__verifier, __place),
                    )
                }
                _ => ::core::option::Option::None,
            }
        }
        fn view<'__a>(
            __tag: ::core::primitive::u8,
            __place: __storage::flat::Table<'__a>,
        ) -> ActionView<'__a> {
            match __tag {
                1 => ActionView::Idle,
                2 => {
                    ActionView::Move(ActionMoveView {
                        __table: __storage::flat::variant_table(__place),
                    })
                }
                3 => {
                    ActionView::Attack(
                        <<Target as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                            Target,
                        >>::payload(__place),
                    )
                }
                _ => ActionView::Idle,
            }
        }
        fn own(__view: ActionView<'_>) -> __storage::flat::Verdict<Self> {
            ::core::result::Result::Ok(
                match __view {
                    ActionView::Idle => Self::Idle,
                    ActionView::Move(__view) => {
                        Self::Move {
                            to: <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                Point,
                            >>::own(
                                <<Point as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    Point,
                                >>::field(
                                    __view.__table,
                                    const { __storage::flat::id_of(__IDS_1, 0) },
                                    ::core::option::Option::None,
                                ),
                                "to",
                            )?,
                            speed: <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                u16,
                            >>::own(
                                <<u16 as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                    u16,
                                >>::field(
                                    __view.__table,
                                    const { __storage::flat::id_of(__IDS_1, 1) },
                                    ::core::option::Option::Some(
                                        __storage::flat::default_bits::<u16>(&(3)),
                                    ),
                                ),
                                "speed",
                            )?,
                        }
                    }
                    ActionView::Attack(__view) => {
                        Self::Attack(
                            <<Target as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                                Target,
                            >>::own_payload(__view)?,
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
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Point {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::struct_shape::<
                Self,
            >(
                __shapes,
                "Point",
                <Self as __storage::FieldList>::LIST,
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Point {}
    #[automatically_derived]
    impl __storage::FieldList for Point {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::field::<
                i32,
            >(
                "x",
                __storage::FieldPlace::NONE
                    .with_flat(
                        __storage::FlatPlace::Inside(const {
                            &__storage::flat::entry(
                                &[__storage::flat::Layout::of::<i32>()],
                                0,
                            )
                        }),
                    ),
            ),
        ];
    }
    impl __storage::HasField<0, i32> for Point {}
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
        x: __storage::Field<Point, 0, i32, __P>,
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
            &[__storage::flat::Layout::of::<i32>()],
        );
        const PLAIN: ::core::primitive::bool = true
            && __storage::flat::is_plain::<i32>();
        #[inline]
        fn write(__value: &Self, __out: &mut __storage::flat::FieldWriter<'_>) {
            __storage::flat::FieldWriter::write::<i32>(__out, &__value.x);
        }
        #[inline]
        fn verify(
            __fields: &mut __storage::flat::FieldCursor,
            __verifier: &mut __storage::flat::Verifier<'_>,
        ) -> __storage::flat::Verdict {
            __storage::flat::FieldCursor::verify::<i32>(__fields, __verifier, "x")?;
            ::core::result::Result::Ok(())
        }
        #[inline]
        fn read(
            __fields: &mut __storage::flat::FieldCursor,
            __bytes: &[::core::primitive::u8],
        ) -> Self {
            Self {
                x: __storage::flat::FieldCursor::read::<i32>(__fields, __bytes),
            }
        }
        fn show(
            __value: &Self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Point");
            __storage::flat::show_fixed::<i32>(&mut __out, "x", &__value.x);
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Target {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::flat::table_shape::<
                Self,
            >(
                __shapes,
                "Target",
                <Self as __storage::FieldList>::LIST,
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Target {}
    #[automatically_derived]
    impl __storage::FieldList for Target {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::flat::slot(
                <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                    String,
                >>::SLOT,
                "name",
                __storage::flat::id_at(<Target as __storage::flat::FieldIds>::IDS, 0),
                ::core::option::Option::None,
            ),
        ];
    }
    impl __storage::HasField<0, String> for Target {}
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
        name: __storage::Field<Target, 0, String, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for Target {
        type Fields = TargetFields<__P>;
        const FIELDS: &'static TargetFields<__P> = &TargetFields {
            name: __storage::Field::HANDLE,
        };
    }
};
const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::flat::FlatType for Target {
        type Kind = __storage::flat::Inline;
    }
    #[automatically_derived]
    impl __storage::flat::FlatLeaf for Target {
        type Leaf = __storage::flat::TableLeaf;
    }
    const __FIELDS: [(
        &'static ::core::primitive::str,
        ::core::option::Option<::core::primitive::u16>,
        &'static [::core::primitive::u16],
    ); 1usize] = [
        (
            "name",
            ::core::option::Option::None,
            <<String as __storage::flat::FlatType>::Kind as __storage::flat::TableField<
                String,
            >>::WIDTHS,
        ),
    ];
    const __IDS: [::core::primitive::u16; 1usize] = __storage::flat::assign(
        &__FIELDS,
        &[],
    );
    ///A `Target` in a stored value, read where it lies.
    #[allow(unreachable_pub, reason = "as visible as the type that it views")]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct TargetView<'__a> {
        __table: __storage::flat::Table<'__a>,
    }
    #[allow(dead_code, clippy::must_use_candidate, reason = "used at will")]
    impl<'__a> TargetView<'__a> {
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
    }
    #[automatically_derived]
    impl<'__a> ::core::fmt::Debug for TargetView<'__a> {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            let mut __out = ::core::fmt::Formatter::debug_struct(__formatter, "Target");
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
            ::core::fmt::DebugStruct::finish(&mut __out)
        }
    }
    #[automatically_derived]
    impl __storage::flat::FieldIds for Target {
        const IDS: &'static [::core::primitive::u16] = &__IDS;
    }
    #[automatically_derived]
    impl __storage::flat::FlatTable for Target {
        type View<'__a> = TargetView<'__a>;
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
                ),
                |__out, __ready| {
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
                ::core::result::Result::Ok(())
            }
        }
        #[inline]
        fn view<'__a>(__table: __storage::flat::Table<'__a>) -> TargetView<'__a> {
            TargetView { __table }
        }
        fn own(__view: TargetView<'_>) -> __storage::flat::Verdict<Self> {
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
        pub fn fbs() -> __storage::String {
            <Self as __storage::flat::FlatbuffersSchema>::fbs()
        }
    }
};
