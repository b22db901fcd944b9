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
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for User {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "User",
                <Self as ::storage::__private::FieldList>::LIST,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for User {}
    #[automatically_derived]
    impl ::storage::__private::FieldList for User {
        const LIST: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::rkyv_field::<
                u64,
            >(
                "id",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, id
                ),
            ),
            ::storage::__private::rkyv_field::<
                String,
            >(
                "email",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, email
                ),
            ),
            ::storage::__private::rkyv_field::<
                String,
            >(
                "country",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, country
                ),
            ),
            ::storage::__private::rkyv_field::<
                Option<String>,
            >(
                "city",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, city
                ),
            ),
            ::storage::__private::rkyv_field::<
                u8,
            >(
                "age",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, age
                ),
            ),
        ];
    }
    impl ::storage::__private::HasField<0, u64> for User {}
    impl ::storage::__private::HasField<1, String> for User {}
    impl ::storage::__private::HasField<2, String> for User {}
    impl ::storage::__private::HasField<3, Option<String>> for User {}
    impl ::storage::__private::HasField<4, u8> for User {}
    fn __proof(__archived: &<User as ::storage::__private::rkyv::Archive>::Archived) {
        let _: *const <u64 as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .id;
        let _: *const <String as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .email;
        let _: *const <String as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .country;
        let _: *const <Option<
            String,
        > as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived.city;
        let _: *const <u8 as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .age;
    }
    #[automatically_derived]
    impl<'__a> ::storage::__private::EqFields<'__a> for User
    where
        (
            &'__a u64,
            &'__a String,
            &'__a String,
            &'__a Option<String>,
            &'__a u8,
        ): ::core::cmp::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> ::core::primitive::bool {
            (&self.id, &self.email, &self.country, &self.city, &self.age)
                == (
                    &__other.id,
                    &__other.email,
                    &__other.country,
                    &__other.city,
                    &__other.age,
                )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::StoredRecord for User {
        type Key = u64;
        type Codec = ::storage::__private::Rkyv;
        const SCHEMA: &'static ::storage::__private::RecordSchema = &::storage::__private::record_schema::<
            Self,
        >("User", "users", ::storage::__private::CodecId::Rkyv, &["id"]);
        #[inline]
        fn encode_key(&self, __out: &mut ::storage::__private::KeyBuf) {
            ::storage::__private::encode_key::<Self>(&self.id, __out);
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
        id: ::storage::__private::Field<User, 0, u64, __P>,
        /// The field `email`.
        email: ::storage::__private::Field<User, 1, String, __P>,
        /// The field `country`.
        country: ::storage::__private::Field<User, 2, String, __P>,
        /// The field `city`.
        city: ::storage::__private::Field<User, 3, Option<String>, __P>,
        /// The field `age`.
        age: ::storage::__private::Field<User, 4, u8, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for User {
        type Fields = UserFields<__P>;
        const FIELDS: &'static UserFields<__P> = &UserFields {
            id: ::storage::__private::Field::HANDLE,
            email: ::storage::__private::Field::HANDLE,
            country: ::storage::__private::Field::HANDLE,
            city: ::storage::__private::Field::HANDLE,
            age: ::storage::__private::Field::HANDLE,
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
        /// The unique index `email`.
        pub email: ::storage::__private::Index<User, 0>,
        /// The index `country`.
        pub country: ::storage::__private::Index<User, 1>,
        /// The index `by_place`.
        pub by_place: ::storage::__private::Index<User, 2>,
        /// The unique index `adult`.
        pub adult: ::storage::__private::Index<User, 3>,
        /// The index `initial`.
        pub initial: ::storage::__private::Index<User, 4>,
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
    impl ::storage::__private::HasIndex<0> for User {
        type Key = <String as ::storage::__private::Indexed>::Key;
    }
    #[automatically_derived]
    impl ::storage::__private::UniqueIndex<0> for User {}
    #[automatically_derived]
    impl ::storage::__private::HasIndex<1> for User {
        type Key = <String as ::storage::__private::Indexed>::Key;
    }
    #[automatically_derived]
    impl ::storage::__private::HasIndex<2> for User {
        type Key = (
            <String as ::storage::__private::Indexed>::Key,
            <Option<String> as ::storage::__private::Indexed>::Key,
        );
    }
    #[automatically_derived]
    impl ::storage::__private::HasIndex<3> for User {
        type Key = <u8 as ::storage::__private::Indexed>::Key;
    }
    #[automatically_derived]
    impl ::storage::__private::UniqueIndex<3> for User {}
    #[automatically_derived]
    impl ::storage::__private::HasIndex<4> for User {
        type Key = char;
    }
    #[automatically_derived]
    impl ::storage::__private::Indexes for UserIndexes {
        const HANDLES: Self = Self {
            email: ::storage::__private::Index::HANDLE,
            country: ::storage::__private::Index::HANDLE,
            by_place: ::storage::__private::Index::HANDLE,
            adult: ::storage::__private::Index::HANDLE,
            initial: ::storage::__private::Index::HANDLE,
        };
    }
    #[automatically_derived]
    impl ::storage::__private::IndexSet for User {
        type Indexes = UserIndexes;
        const INDEXERS: &'static [::storage::__private::Indexer<Self>] = &[
            ::storage::__private::Indexer::new(
                ::storage::__private::index_schema::<Self, 0>("email", true, "email"),
                |__record, __keys| {
                    ::storage::__private::push_field::<
                        Self,
                        0,
                        String,
                    >(__keys, &__record.email);
                },
            ),
            ::storage::__private::Indexer::new(
                ::storage::__private::index_schema::<
                    Self,
                    1,
                >("country", false, "country"),
                |__record, __keys| {
                    ::storage::__private::push_field::<
                        Self,
                        1,
                        String,
                    >(__keys, &__record.country);
                },
            ),
            ::storage::__private::Indexer::new(
                ::storage::__private::index_schema::<
                    Self,
                    2,
                >("by_place", false, "country, city"),
                |__record, __keys| {
                    <String as ::storage::__private::Indexed>::for_each_key(
                        &__record.country,
                        &mut |__0| {
                            <Option<
                                String,
                            > as ::storage::__private::Indexed>::for_each_key(
                                &__record.city,
                                &mut |__1| {
                                    ::storage::__private::IndexKeys::push_with(
                                        __keys,
                                        |__out| {
                                            ::storage::__private::encode_field::<String>(__0, __out);
                                            ::storage::__private::encode_field::<
                                                Option<String>,
                                            >(__1, __out);
                                        },
                                    );
                                },
                            );
                        },
                    );
                },
            ),
            ::storage::__private::Indexer::new(
                ::storage::__private::index_schema::<
                    Self,
                    3,
                >("adult", true, "age if is_adult"),
                |__record, __keys| {
                    if is_adult(__record) {
                        ::storage::__private::push_field::<
                            Self,
                            3,
                            u8,
                        >(__keys, &__record.age);
                    }
                },
            ),
            ::storage::__private::Indexer::new(
                ::storage::__private::index_schema::<
                    Self,
                    4,
                >("initial", false, "with initial"),
                |__record, __keys| {
                    ::storage::__private::push_keys::<
                        Self,
                        4,
                        _,
                    >(__keys, &initial(__record));
                },
            ),
        ];
    }
};
