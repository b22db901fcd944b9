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
                "name",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, name
                ),
            ),
            ::storage::__private::rkyv_field::<
                Option<u8>,
            >(
                "type",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, r#type
                ),
            ),
            ::storage::__private::FieldSchema::new(
                    "secret",
                    |__shapes| ::storage::__private::opaque_shape(
                        __shapes,
                        "secret-v1",
                        ::storage::__private::ArchivedWith::<
                            rkyv::with::AsBox,
                            String,
                        >::LAYOUT,
                    ),
                )
                .with_offset(
                    ::core::mem::offset_of!(
                        < Self as ::storage::__private::rkyv::Archive > ::Archived,
                        secret
                    ),
                ),
        ];
    }
    impl ::storage::__private::HasField<0, u64> for User {}
    impl ::storage::__private::HasField<1, String> for User {}
    impl ::storage::__private::HasField<2, Option<u8>> for User {}
    fn __proof(__archived: &<User as ::storage::__private::rkyv::Archive>::Archived) {
        let _: *const <u64 as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .id;
        let _: *const <String as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .name;
        let _: *const <Option<u8> as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .r#type;
    }
    #[automatically_derived]
    impl<'__a> ::storage::__private::EqFields<'__a> for User
    where
        (
            &'__a u64,
            &'__a String,
            &'__a Option<u8>,
            &'__a String,
        ): ::core::cmp::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> ::core::primitive::bool {
            (&self.id, &self.name, &self.r#type, &self.secret)
                == (&__other.id, &__other.name, &__other.r#type, &__other.secret)
        }
    }
    #[automatically_derived]
    impl ::storage::__private::IndexSet for User {
        type Indexes = ();
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
        pub id: ::storage::__private::Field<User, 0, u64, __P>,
        /// The field `name`.
        pub name: ::storage::__private::Field<User, 1, String, __P>,
        /// The field `type`.
        pub(crate) r#type: ::storage::__private::Field<User, 2, Option<u8>, __P>,
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
