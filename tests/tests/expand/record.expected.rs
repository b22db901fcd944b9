use rkyv::{Archive, Deserialize, Serialize};
/// A user.
#[derive(Archive, Serialize, Deserialize)]
pub struct User {
    pub id: u64,
    pub name: String,
    pub(crate) r#type: Option<u8>,
    #[rkyv(with = rkyv::with::AsBox)]
    secret: String,
}

const _: () = {
    #[automatically_derived]
    impl ::storage::__private::StoredType for User {
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            let __fields = <Self as ::storage::__private::StoredRecord>::SCHEMA.fields();
            ::storage::__private::struct_shape::<Self>(__shapes, "User", __fields)
        }
    }
    #[automatically_derived]
    impl ::storage::__private::FieldType for User {
        type View<'__a> = Self;
        type Owned = Self;
        const INLINE: ::core::primitive::bool = false;
        fn own(__view: Self) -> Self {
            __view
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for User {}
    #[automatically_derived]
    impl ::storage::__private::HasField<0, u64> for User {
        const NAME: &'static ::core::primitive::str = "id";
        const PLACE: ::storage::__private::FieldPlace = ::storage::__private::FieldPlace::NONE
            .with_offset({
                let _: fn(
                    &<Self as ::storage::__private::rkyv::Archive>::Archived,
                ) -> *const <u64 as ::storage::__private::rkyv::Archive>::Archived = |
                    __archived|
                &raw const __archived.id;
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, id
                )
            });
    }
    #[automatically_derived]
    impl ::storage::__private::HasField<1, String> for User {
        const NAME: &'static ::core::primitive::str = "name";
        const PLACE: ::storage::__private::FieldPlace = ::storage::__private::FieldPlace::NONE
            .with_offset({
                let _: fn(
                    &<Self as ::storage::__private::rkyv::Archive>::Archived,
                ) -> *const <String as ::storage::__private::rkyv::Archive>::Archived = |
                    __archived|
                &raw const __archived.name;
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, name
                )
            });
    }
    #[automatically_derived]
    impl ::storage::__private::HasField<2, Option<u8>> for User {
        const NAME: &'static ::core::primitive::str = "type";
        const PLACE: ::storage::__private::FieldPlace = ::storage::__private::FieldPlace::NONE
            .with_offset({
                let _: fn(
                    &<Self as ::storage::__private::rkyv::Archive>::Archived,
                ) -> *const <Option<
                    u8,
                > as ::storage::__private::rkyv::Archive>::Archived = |__archived| {
                    &raw const __archived.r#type
                };
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, r#type
                )
            });
    }
    #[automatically_derived]
    impl ::storage::__private::StoredRecord for User {
        type Key = u64;
        type Codec = ::storage::__private::Rkyv;
        const SCHEMA: &'static ::storage::__private::RecordSchema = &::storage::__private::RecordSchema::new(
                "User",
                "users",
                ::storage::__private::CodecId::Rkyv,
            )
            .with_key(&["id"], ::storage::__private::describe_key::<Self>)
            .with_fields(
                &[
                    ::storage::__private::field_schema::<Self, 0, u64>(),
                    ::storage::__private::field_schema::<Self, 1, String>(),
                    ::storage::__private::field_schema::<Self, 2, Option<u8>>(),
                    ::storage::__private::FieldSchema::new(
                        "secret",
                        |_| ::storage::__private::opaque_shape("secret-v1"),
                    ),
                ],
            );
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
        unreachable_pub,
        reason = "as visible as the struct, used at will"
    )]
    pub struct UserFields<__P> {
        /// The field `id`.
        pub id: ::storage::__private::Field<User, 0, u64, __P>,
        /// The field `name`.
        pub name: ::storage::__private::Field<User, 1, String, __P>,
        /// The field `type`.
        pub(crate) r#type: ::storage::__private::Field<User, 2, Option<u8>, __P>,
    }
    #[automatically_derived]
    impl<__P> ::core::clone::Clone for UserFields<__P> {
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl<__P> ::core::marker::Copy for UserFields<__P> {}
    #[automatically_derived]
    impl<__P> ::core::fmt::Debug for UserFields<__P> {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Formatter::write_str(__formatter, "UserFields")
        }
    }
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for User {
        type Fields = UserFields<__P>;
        const FIELDS: &'static UserFields<__P> = &UserFields {
            id: ::storage::__private::Field::HANDLE,
            name: ::storage::__private::Field::HANDLE,
            r#type: ::storage::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::IndexSet for User {
        type Indexes = ();
        const INDEXES: () = ();
        const INDEXERS: &'static [::storage::__private::Indexer<Self>] = &[];
    }
};
