use rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
pub struct User {
    id: u64,
    email: String,
    country: String,
    city: Option<String>,
    age: u8,
}
fn is_adult(user: &User) -> bool {
    user.age >= 18
}
fn initial(user: &User) -> Option<char> {
    user.email.chars().next()
}

const _: () = {
    use ::storage::__private as __storage;
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
            >("email", __storage::offset_of!(__storage::Archived < Self >, email)),
            __storage::rkyv_field::<
                String,
            >("country", __storage::offset_of!(__storage::Archived < Self >, country)),
            __storage::rkyv_field::<
                Option<String>,
            >("city", __storage::offset_of!(__storage::Archived < Self >, city)),
            __storage::rkyv_field::<
                u8,
            >("age", __storage::offset_of!(__storage::Archived < Self >, age)),
        ];
    }
    impl __storage::HasField<0, u64> for User {}
    impl __storage::HasField<1, String> for User {}
    impl __storage::HasField<2, String> for User {}
    impl __storage::HasField<3, Option<String>> for User {}
    impl __storage::HasField<4, u8> for User {}
    fn __proof(__archived: &__storage::Archived<User>) {
        let _: (
            *const __storage::Archived<u64>,
            *const __storage::Archived<String>,
            *const __storage::Archived<String>,
            *const __storage::Archived<Option<String>>,
            *const __storage::Archived<u8>,
        ) = (
            &raw const __archived.id,
            &raw const __archived.email,
            &raw const __archived.country,
            &raw const __archived.city,
            &raw const __archived.age,
        );
    }
    #[automatically_derived]
    impl<'__a> __storage::EqFields<'__a> for User
    where
        (
            &'__a u64,
            &'__a String,
            &'__a String,
            &'__a Option<String>,
            &'__a u8,
        ): __storage::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> __storage::bool {
            __storage::equal(
                (&self.id, &self.email, &self.country, &self.city, &self.age),
                (
                    &__other.id,
                    &__other.email,
                    &__other.country,
                    &__other.city,
                    &__other.age,
                ),
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
        /// The field `email`.
        email: __storage::Field<User, 1, String, __P>,
        /// The field `country`.
        country: __storage::Field<User, 2, String, __P>,
        /// The field `city`.
        city: __storage::Field<User, 3, Option<String>, __P>,
        /// The field `age`.
        age: __storage::Field<User, 4, u8, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for User {
        type Fields = UserFields<__P>;
        const FIELDS: &'static UserFields<__P> = &UserFields {
            id: __storage::Field::HANDLE,
            email: __storage::Field::HANDLE,
            country: __storage::Field::HANDLE,
            city: __storage::Field::HANDLE,
            age: __storage::Field::HANDLE,
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
        /// The unique index `email`.
        pub email: __storage::Index<User, 0>,
        /// The index `country`.
        pub country: __storage::Index<User, 1>,
        /// The index `by_place`.
        pub by_place: __storage::Index<User, 2>,
        /// The unique index `adult`.
        pub adult: __storage::Index<User, 3>,
        /// The index `initial`.
        pub initial: __storage::Index<User, 4>,
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
    impl __storage::UniqueIndex<0> for User {}
    #[automatically_derived]
    impl __storage::HasIndex<1> for User {
        type Key = <String as __storage::Indexed>::Key;
    }
    #[automatically_derived]
    impl __storage::HasIndex<2> for User {
        type Key = (
            <String as __storage::Indexed>::Key,
            <Option<String> as __storage::Indexed>::Key,
        );
    }
    #[automatically_derived]
    impl __storage::HasIndex<3> for User {
        type Key = <u8 as __storage::Indexed>::Key;
    }
    #[automatically_derived]
    impl __storage::UniqueIndex<3> for User {}
    #[automatically_derived]
    impl __storage::HasIndex<4> for User {
        type Key = char;
    }
    #[automatically_derived]
    impl __storage::Indexes for UserIndexes {
        const HANDLES: Self = Self {
            email: __storage::Index::HANDLE,
            country: __storage::Index::HANDLE,
            by_place: __storage::Index::HANDLE,
            adult: __storage::Index::HANDLE,
            initial: __storage::Index::HANDLE,
        };
    }
    #[automatically_derived]
    impl __storage::IndexSet for User {
        type Indexes = UserIndexes;
        const INDEXERS: &'static [__storage::Indexer<Self>] = &[
            __storage::Indexer::new(
                __storage::index_schema::<Self, 0>("email", true, "email"),
                |__record, __keys| {
                    __storage::push_field::<Self, 0, String>(__keys, &__record.email);
                },
            ),
            __storage::Indexer::new(
                __storage::index_schema::<Self, 1>("country", false, "country"),
                |__record, __keys| {
                    __storage::push_field::<Self, 1, String>(__keys, &__record.country);
                },
            ),
            __storage::Indexer::new(
                __storage::index_schema::<Self, 2>("by_place", false, "country, city"),
                |__record, __keys| {
                    <String as __storage::Indexed>::for_each_key(
                        &__record.country,
                        &mut |__0| {
                            <Option<
                                String,
                            > as __storage::Indexed>::for_each_key(
                                &__record.city,
                                &mut |__1| {
                                    __storage::IndexKeys::push_with(
                                        __keys,
                                        |__out| {
                                            __storage::encode_field::<String>(__0, __out);
                                            __storage::encode_field::<Option<String>>(__1, __out);
                                        },
                                    );
                                },
                            );
                        },
                    );
                },
            ),
            __storage::Indexer::new(
                __storage::index_schema::<Self, 3>("adult", true, "age if is_adult"),
                |__record, __keys| {
                    if is_adult(__record) {
                        __storage::push_field::<Self, 3, u8>(__keys, &__record.age);
                    }
                },
            ),
            __storage::Indexer::new(
                __storage::index_schema::<Self, 4>("initial", false, "with initial"),
                |__record, __keys| {
                    __storage::push_keys::<Self, 4, _>(__keys, &initial(__record));
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
        #[inline]
        fn encode_key(&self, __out: &mut __storage::KeyBuf) {
            __storage::encode_key::<Self>(&self.id, __out);
        }
    }
};
