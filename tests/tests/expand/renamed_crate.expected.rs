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
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use crate::vault::__private::NotArchived as _;
    #[automatically_derived]
    impl crate::vault::__private::StoredType for User {
        #[inline]
        fn shape(
            __shapes: &mut crate::vault::__private::Shapes,
        ) -> crate::vault::__private::Shape {
            crate::vault::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "User",
                <Self as crate::vault::__private::FieldList>::LIST,
                crate::vault::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl crate::vault::__private::WholeField for User {}
    #[automatically_derived]
    impl crate::vault::__private::FieldList for User {
        const LIST: &'static [crate::vault::__private::FieldSchema] = &[
            crate::vault::__private::rkyv_field::<
                u64,
            >(
                "id",
                ::core::mem::offset_of!(
                    < Self as crate ::vault::__private::rkyv::Archive > ::Archived, id
                ),
            ),
            crate::vault::__private::rkyv_field::<
                String,
            >(
                "name",
                ::core::mem::offset_of!(
                    < Self as crate ::vault::__private::rkyv::Archive > ::Archived, name
                ),
            ),
            crate::vault::__private::rkyv_field::<
                Home,
            >(
                "home",
                ::core::mem::offset_of!(
                    < Self as crate ::vault::__private::rkyv::Archive > ::Archived, home
                ),
            ),
        ];
    }
    impl crate::vault::__private::HasField<0, u64> for User {}
    impl crate::vault::__private::HasField<1, String> for User {}
    impl crate::vault::__private::HasField<2, Home> for User {}
    fn __proof(__archived: &<User as crate::vault::__private::rkyv::Archive>::Archived) {
        let _: *const <u64 as crate::vault::__private::rkyv::Archive>::Archived = &raw const __archived
            .id;
        let _: *const <String as crate::vault::__private::rkyv::Archive>::Archived = &raw const __archived
            .name;
        let _: *const <Home as crate::vault::__private::rkyv::Archive>::Archived = &raw const __archived
            .home;
    }
    #[automatically_derived]
    impl<'__a> crate::vault::__private::EqFields<'__a> for User
    where
        (&'__a u64, &'__a String, &'__a Home): ::core::cmp::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> ::core::primitive::bool {
            (&self.id, &self.name, &self.home)
                == (&__other.id, &__other.name, &__other.home)
        }
    }
    #[automatically_derived]
    impl crate::vault::__private::StoredRecord for User {
        type Key = u64;
        type Codec = crate::vault::__private::Rkyv;
        const SCHEMA: &'static crate::vault::__private::RecordSchema = &crate::vault::__private::record_schema::<
            Self,
        >("User", "users", crate::vault::__private::CodecId::Rkyv, &["id"]);
        #[inline]
        fn encode_key(&self, __out: &mut crate::vault::__private::KeyBuf) {
            crate::vault::__private::encode_key::<Self>(&self.id, __out);
        }
    }
};
const _: () = {
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
        id: crate::vault::__private::Field<User, 0, u64, __P>,
        /// The field `name`.
        name: crate::vault::__private::Field<User, 1, String, __P>,
        /// The field `home`.
        home: crate::vault::__private::Field<User, 2, Home, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> crate::vault::__private::FieldSet<__P> for User {
        type Fields = UserFields<__P>;
        const FIELDS: &'static UserFields<__P> = &UserFields {
            id: crate::vault::__private::Field::HANDLE,
            name: crate::vault::__private::Field::HANDLE,
            home: crate::vault::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    /// The indexes of `User`, to find records by.
    #[allow(
        dead_code,
        unreachable_pub,
        reason = "as visible as the struct, used at will"
    )]
    #[derive(::core::clone::Clone, ::core::marker::Copy)]
    pub struct UserIndexes {
        /// The index `name`.
        pub name: crate::vault::__private::Index<User, 0>,
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
    impl crate::vault::__private::HasIndex<0> for User {
        type Key = <String as crate::vault::__private::Indexed>::Key;
    }
    #[automatically_derived]
    impl crate::vault::__private::Indexes for UserIndexes {
        const HANDLES: Self = Self {
            name: crate::vault::__private::Index::HANDLE,
        };
    }
    #[automatically_derived]
    impl crate::vault::__private::IndexSet for User {
        type Indexes = UserIndexes;
        const INDEXERS: &'static [crate::vault::__private::Indexer<Self>] = &[
            crate::vault::__private::Indexer::new(
                crate::vault::__private::index_schema::<Self, 0>("name", false, "name"),
                |__record, __keys| {
                    crate::vault::__private::push_field::<
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
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use crate::vault::__private::NotArchived as _;
    #[automatically_derived]
    impl crate::vault::__private::StoredType for Home {
        #[inline]
        fn shape(
            __shapes: &mut crate::vault::__private::Shapes,
        ) -> crate::vault::__private::Shape {
            crate::vault::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "Home",
                <Self as crate::vault::__private::FieldList>::LIST,
                crate::vault::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl crate::vault::__private::WholeField for Home {}
    #[automatically_derived]
    impl crate::vault::__private::FieldList for Home {
        const LIST: &'static [crate::vault::__private::FieldSchema] = &[
            crate::vault::__private::rkyv_field::<
                Town,
            >(
                "town",
                ::core::mem::offset_of!(
                    < Self as crate ::vault::__private::rkyv::Archive > ::Archived, town
                ),
            ),
        ];
    }
    impl crate::vault::__private::HasField<0, Town> for Home {}
    fn __proof(__archived: &<Home as crate::vault::__private::rkyv::Archive>::Archived) {
        let _: *const <Town as crate::vault::__private::rkyv::Archive>::Archived = &raw const __archived
            .town;
    }
};
const _: () = {
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
        town: crate::vault::__private::Field<Home, 0, Town, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> crate::vault::__private::FieldSet<__P> for Home {
        type Fields = HomeFields<__P>;
        const FIELDS: &'static HomeFields<__P> = &HomeFields {
            town: crate::vault::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use crate::vault::__private::NotArchived as _;
    #[automatically_derived]
    impl crate::vault::__private::StoredType for Town {
        #[inline]
        fn shape(
            __shapes: &mut crate::vault::__private::Shapes,
        ) -> crate::vault::__private::Shape {
            crate::vault::__private::enum_shape::<
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
                crate::vault::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl crate::vault::__private::WholeField for Town {
        const INLINE: ::core::primitive::bool = true;
    }
};
const _: () = {
    struct __Encoding;
    #[automatically_derived]
    impl crate::vault::__private::Encoding for __Encoding {
        type Key = ::core::primitive::u8;
    }
    #[automatically_derived]
    impl crate::vault::__private::Lookup<Self> for Town {
        #[inline]
        fn encode(
            &self,
            __out: &mut crate::vault::__private::KeyBuf,
            __place: crate::vault::__private::Place,
        ) {
            let __ordinal = match self {
                Self::Ely => 0,
                Self::Bath => 1,
            };
            crate::vault::__private::encode_as::<__Encoding>(&__ordinal, __out, __place);
        }
    }
    #[automatically_derived]
    impl crate::vault::__private::Key for Town {
        type Ref<'__a> = Self;
        const WIDTH: ::core::option::Option<::core::primitive::usize> = crate::vault::__private::width_as::<
            __Encoding,
        >();
        fn describe() -> crate::vault::__private::Shape {
            crate::vault::__private::choice_shape(&[("Ely", &[]), ("Bath", &[])])
        }
        #[inline]
        fn decode(
            __input: &mut crate::vault::__private::KeyReader<'_>,
            __place: crate::vault::__private::Place,
        ) -> ::core::result::Result<Self, crate::vault::__private::KeyError> {
            match crate::vault::__private::decode_as::<__Encoding>(__input, __place)? {
                0 => ::core::result::Result::Ok(Self::Ely),
                1 => ::core::result::Result::Ok(Self::Bath),
                _ => {
                    ::core::result::Result::Err(crate::vault::__private::KeyError::Invalid {
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
    impl crate::vault::__private::Indexed for Town {
        type Key = Self;
        fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
            __each(self);
        }
    }
    #[automatically_derived]
    impl crate::vault::__private::IndexedElement for Town {}
};
