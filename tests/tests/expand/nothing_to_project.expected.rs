use rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
struct Id {
    id: u64,
}

const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Id {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "Id",
                <Self as ::storage::__private::FieldList>::LIST,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Id {}
    #[automatically_derived]
    impl ::storage::__private::FieldList for Id {
        const LIST: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::FieldSchema::new(
                    "id",
                    |__shapes| ::storage::__private::opaque_shape(
                        __shapes,
                        "id-v1",
                        ::storage::__private::ArchivedOf::<u64>::LAYOUT,
                    ),
                )
                .with_offset(
                    ::core::mem::offset_of!(
                        < Self as ::storage::__private::rkyv::Archive > ::Archived, id
                    ),
                ),
        ];
    }
    fn __proof(__archived: &<Id as ::storage::__private::rkyv::Archive>::Archived) {}
    #[automatically_derived]
    impl<'__a> ::storage::__private::EqFields<'__a> for Id
    where
        (&'__a u64,): ::core::cmp::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> ::core::primitive::bool {
            (&self.id,) == (&__other.id,)
        }
    }
    #[automatically_derived]
    impl ::storage::__private::IndexSet for Id {
        type Indexes = ();
    }
    #[automatically_derived]
    impl ::storage::__private::StoredRecord for Id {
        type Key = u64;
        type Codec = ::storage::__private::Rkyv;
        const SCHEMA: &'static ::storage::__private::RecordSchema = &::storage::__private::record_schema::<
            Self,
        >("Id", "ids", ::storage::__private::CodecId::Rkyv, &["id"]);
        #[inline]
        fn encode_key(&self, __out: &mut ::storage::__private::KeyBuf) {
            ::storage::__private::encode_key::<Self>(&self.id, __out);
        }
    }
};
const _: () = {
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for Id {
        type Fields = ();
        const FIELDS: &'static () = &();
    }
};
