use crate::vault;
use vault::rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
#[rkyv(crate = vault::rkyv)]
struct User {
    id: u64,
    name: String,
    home: Home,
}
#[derive(Archive, Serialize, Deserialize)]
#[rkyv(crate = vault::rkyv)]
struct Home {
    town: Town,
}
#[derive(Debug, Archive, Serialize, Deserialize)]
#[rkyv(crate = vault::rkyv)]
enum Town {
    Ely,
    Bath,
}

const _: () = {
    use crate::vault::__private as __storage;
    #[automatically_derived]
    impl __storage::StoredType for User {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::rkyv_shape::<Self, _>(__shapes, "User", __proof)
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for User {}
    #[automatically_derived]
    impl __storage::FieldList for User {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::rkyv_field::<
                u64,
            >("id", __storage::offset_of!(__storage::Archived < Self >, id)),
            __storage::rkyv_field::<
                String,
            >("name", __storage::offset_of!(__storage::Archived < Self >, name)),
            __storage::rkyv_field::<
                Home,
            >("home", __storage::offset_of!(__storage::Archived < Self >, home)),
        ];
    }
    impl __storage::HasField<0, u64> for User {}
    impl __storage::HasField<1, String> for User {}
    impl __storage::HasField<2, Home> for User {}
    fn __proof(__archived: &__storage::Archived<User>) {
        let _: (
            *const __storage::Archived<u64>,
            *const __storage::Archived<String>,
            *const __storage::Archived<Home>,
        ) = (
            &raw const __archived.id,
            &raw const __archived.name,
            &raw const __archived.home,
        );
    }
    #[automatically_derived]
    impl<'__a> __storage::EqFields<'__a> for User
    where
        (&'__a u64, &'__a String, &'__a Home): __storage::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> __storage::bool {
            __storage::equal(
                (&self.id, &self.name, &self.home),
                (&__other.id, &__other.name, &__other.home),
            )
        }
    }
    /// The fields of `User`, to project, select and filter by.
    #[allow(
        dead_code,
        missing_copy_implementations,
        missing_debug_implementations,
        unreachable_pub,
        reason = "as visible as the struct, used at will, and by reference"
    )]
    pub struct UserFields<__P> {
        /// The field `id`.
        id: __storage::Field<User, 0, u64, __P>,
        /// The field `name`.
        name: __storage::Field<User, 1, String, __P>,
        /// The field `home`.
        home: __storage::Field<User, 2, Home, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for User {
        type Fields = UserFields<__P>;
        const FIELDS: &'static UserFields<__P> = &UserFields {
            id: __storage::Field::HANDLE,
            name: __storage::Field::HANDLE,
            home: __storage::Field::HANDLE,
        };
    }
    /// The indexes of `User`, to find records by.
    #[allow(
        dead_code,
        unreachable_pub,
        reason = "as visible as the struct, used at will"
    )]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct UserIndexes {
        /// The index `name`.
        pub name: __storage::Index<User, 0>,
    }
    #[automatically_derived]
    impl ::core::fmt::Debug for UserIndexes {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Formatter::write_str(__formatter, "UserIndexes")
        }
    }
    #[automatically_derived]
    impl __storage::HasIndex<0> for User {
        type Key = <String as __storage::Indexed>::Key;
    }
    #[automatically_derived]
    impl __storage::Indexes for UserIndexes {
        const HANDLES: Self = Self {
            name: __storage::Index::HANDLE,
        };
    }
    #[automatically_derived]
    impl __storage::IndexSet for User {
        type Indexes = UserIndexes;
        const INDEXERS: &'static [__storage::Indexer<Self>] = &[
            __storage::Indexer::new(
                __storage::index_schema::<Self, 0>("name", false, "name"),
                |__record, __keys| {
                    __storage::push_field::<Self, 0, String>(__keys, &__record.name);
                },
            ),
        ];
    }
    #[automatically_derived]
    impl __storage::StoredRecord for User {
        type Key = u64;
        type Codec = __storage::Rkyv;
        const SCHEMA: &'static __storage::RecordSchema = &__storage::record_schema::<
            Self,
        >("User", "users", __storage::CodecId::Rkyv, &["id"]);
        const TRIALS: &'static [__storage::Trial<Self>] = &[
            __storage::Trial::<
                Self,
            >::new(
                "home",
                |__value| __storage::is_written::<
                    __storage::rkyv::with::Identity,
                    Home,
                >(&__value.home),
                |__view| __storage::is_restored::<
                    __storage::rkyv::with::Identity,
                    Home,
                >(&__view.home),
            ),
        ];
        #[inline]
        fn encode_key(&self, __out: &mut __storage::KeyBuf) {
            __storage::encode_key::<Self>(&self.id, __out);
        }
    }
};
const _: () = {
    use crate::vault::__private as __storage;
    #[automatically_derived]
    impl __storage::StoredType for Home {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::rkyv_shape::<Self, _>(__shapes, "Home", __proof)
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Home {}
    #[automatically_derived]
    impl __storage::FieldList for Home {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::rkyv_field::<
                Town,
            >("town", __storage::offset_of!(__storage::Archived < Self >, town)),
        ];
    }
    impl __storage::HasField<0, Town> for Home {}
    fn __proof(__archived: &__storage::Archived<Home>) {
        let _: (*const __storage::Archived<Town>,) = (&raw const __archived.town,);
    }
    /// The fields of `Home`, to project, select and filter by.
    #[allow(
        dead_code,
        missing_copy_implementations,
        missing_debug_implementations,
        unreachable_pub,
        reason = "as visible as the struct, used at will, and by reference"
    )]
    pub struct HomeFields<__P> {
        /// The field `town`.
        town: __storage::Field<Home, 0, Town, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for Home {
        type Fields = HomeFields<__P>;
        const FIELDS: &'static HomeFields<__P> = &HomeFields {
            town: __storage::Field::HANDLE,
        };
    }
};
const _: () = {
    use crate::vault::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Town {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::enum_shape::<
                Self,
            >(
                __shapes,
                "Town",
                const {
                    &[
                        ("Ely", ::core::option::Option::None, &[]),
                        ("Bath", ::core::option::Option::None, &[]),
                    ]
                },
                __storage::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Town {
        const INLINE: ::core::primitive::bool = true;
    }
};
const _: () = {
    use crate::vault::__private as __storage;
    struct __Encoding;
    #[automatically_derived]
    impl __storage::Encoding for __Encoding {
        type Key = ::core::primitive::u8;
    }
    #[automatically_derived]
    impl __storage::Lookup<Self> for Town {
        #[inline]
        fn encode(&self, __out: &mut __storage::KeyBuf, __place: __storage::Place) {
            let __ordinal = match self {
                Self::Ely => 0,
                Self::Bath => 1,
            };
            __storage::encode_as::<__Encoding>(&__ordinal, __out, __place);
        }
    }
    #[automatically_derived]
    impl __storage::Key for Town {
        type Ref<'__a> = Self;
        const WIDTH: ::core::option::Option<::core::primitive::usize> = __storage::width_as::<
            __Encoding,
        >();
        fn describe() -> __storage::Shape {
            __storage::choice_shape(&[("Ely", &[]), ("Bath", &[])])
        }
        #[inline]
        fn decode(
            __input: &mut __storage::KeyReader<'_>,
            __place: __storage::Place,
        ) -> ::core::result::Result<Self, __storage::KeyError> {
            match __storage::decode_as::<__Encoding>(__input, __place)? {
                0 => ::core::result::Result::Ok(Self::Ely),
                1 => ::core::result::Result::Ok(Self::Bath),
                _ => {
                    ::core::result::Result::Err(__storage::KeyError::Invalid {
                        expected: "Town",
                    })
                }
            }
        }
        #[inline]
        fn from_ref(__borrowed: Self) -> Self {
            __borrowed
        }
    }
    #[automatically_derived]
    impl __storage::Indexed for Town {
        type Key = Self;
        fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
            __each(self);
        }
    }
    #[automatically_derived]
    impl __storage::IndexedElement for Town {}
};
