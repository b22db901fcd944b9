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
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
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
                Option<u8>,
            >("type", __storage::offset_of!(__storage::Archived < Self >, r#type)),
            __storage::FieldSchema::new(
                    "secret",
                    |__shapes| __storage::opaque_shape(
                        __shapes,
                        "secret-v1",
                        __storage::ArchivedWith::<rkyv::with::AsBox, String>::LAYOUT,
                    ),
                )
                .with_offset(__storage::offset_of!(__storage::Archived < Self >, secret)),
        ];
    }
    impl __storage::HasField<0, u64> for User {}
    impl __storage::HasField<1, String> for User {}
    impl __storage::HasField<2, Option<u8>> for User {}
    fn __proof(__archived: &__storage::Archived<User>) {
        let _: (
            *const __storage::Archived<u64>,
            *const __storage::Archived<String>,
            *const __storage::Archived<Option<u8>>,
        ) = (
            &raw const __archived.id,
            &raw const __archived.name,
            &raw const __archived.r#type,
        );
    }
    #[automatically_derived]
    impl<'__a> __storage::EqFields<'__a> for User
    where
        (&'__a u64, &'__a String, &'__a Option<u8>, &'__a String): __storage::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> __storage::bool {
            __storage::equal(
                (&self.id, &self.name, &self.r#type, &self.secret),
                (&__other.id, &__other.name, &__other.r#type, &__other.secret),
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
        pub id: __storage::Field<User, 0, u64, __P>,
        /// The field `name`.
        pub name: __storage::Field<User, 1, String, __P>,
        /// The field `type`.
        pub(crate) r#type: __storage::Field<User, 2, Option<u8>, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for User {
        type Fields = UserFields<__P>;
        const FIELDS: &'static UserFields<__P> = &UserFields {
            id: __storage::Field::HANDLE,
            name: __storage::Field::HANDLE,
            r#type: __storage::Field::HANDLE,
        };
    }
    #[automatically_derived]
    impl __storage::IndexSet for User {
        type Indexes = ();
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
                "secret",
                |__value| __storage::is_written::<
                    rkyv::with::AsBox,
                    String,
                >(&__value.secret),
                |__view| __storage::is_restored::<
                    rkyv::with::AsBox,
                    String,
                >(&__view.secret),
            ),
        ];
        #[inline]
        fn encode_key(&self, __out: &mut __storage::KeyBuf) {
            __storage::encode_key::<Self>(&self.id, __out);
        }
    }
};
