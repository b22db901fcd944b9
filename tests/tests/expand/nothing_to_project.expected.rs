use rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
struct Id {
    id: u64,
}

const _: () = {
    use ::storage::__private as __storage;
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use __storage::NotArchived as _;
    #[automatically_derived]
    impl __storage::StoredType for Id {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::rkyv_shape::<Self, _>(__shapes, "Id", __proof)
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Id {}
    #[automatically_derived]
    impl __storage::FieldList for Id {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::FieldSchema::new(
                    "id",
                    |__shapes| __storage::opaque_shape(
                        __shapes,
                        "id-v1",
                        __storage::ArchivedOf::<u64>::LAYOUT,
                    ),
                )
                .with_offset(__storage::offset_of!(__storage::Archived < Self >, id)),
        ];
    }
    fn __proof(__archived: &__storage::Archived<Id>) {
        let _: () = ();
    }
    #[automatically_derived]
    impl<'__a> __storage::EqFields<'__a> for Id
    where
        (&'__a u64,): __storage::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> __storage::bool {
            __storage::equal((&self.id,), (&__other.id,))
        }
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for Id {
        type Fields = ();
        const FIELDS: &'static () = &();
    }
    #[automatically_derived]
    impl __storage::IndexSet for Id {
        type Indexes = ();
    }
    #[automatically_derived]
    impl __storage::StoredRecord for Id {
        type Key = u64;
        type Codec = __storage::Rkyv;
        const SCHEMA: &'static __storage::RecordSchema = &__storage::record_schema::<
            Self,
        >("Id", "ids", __storage::CodecId::Rkyv, &["id"]);
        #[inline]
        fn encode_key(&self, __out: &mut __storage::KeyBuf) {
            __storage::encode_key::<Self>(&self.id, __out);
        }
    }
};
