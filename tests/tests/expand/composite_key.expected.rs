use rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
struct Reading {
    station: String,
    pm25: Option<f32>,
    hour: u32,
}

const _: () = {
    #[automatically_derived]
    impl ::storage::__private::StoredType for Reading {
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            let __fields = <Self as ::storage::__private::StoredRecord>::SCHEMA.fields();
            ::storage::__private::struct_shape::<Self>(__shapes, "Reading", __fields)
        }
    }
    #[automatically_derived]
    impl ::storage::__private::FieldType for Reading {
        type View<'__a> = Self;
        type Owned = Self;
        const INLINE: ::core::primitive::bool = false;
        fn own(__view: Self) -> Self {
            __view
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Reading {}
    #[automatically_derived]
    impl ::storage::__private::HasField<0, String> for Reading {
        const NAME: &'static ::core::primitive::str = "station";
        const PLACE: ::storage::__private::FieldPlace = ::storage::__private::FieldPlace::NONE
            .with_offset({
                let _: fn(
                    &<Self as ::storage::__private::rkyv::Archive>::Archived,
                ) -> *const <String as ::storage::__private::rkyv::Archive>::Archived = |
                    __archived|
                &raw const __archived.station;
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, station
                )
            });
    }
    #[automatically_derived]
    impl ::storage::__private::HasField<1, Option<f32>> for Reading {
        const NAME: &'static ::core::primitive::str = "pm25";
        const PLACE: ::storage::__private::FieldPlace = ::storage::__private::FieldPlace::NONE
            .with_offset({
                let _: fn(
                    &<Self as ::storage::__private::rkyv::Archive>::Archived,
                ) -> *const <Option<
                    f32,
                > as ::storage::__private::rkyv::Archive>::Archived = |__archived| {
                    &raw const __archived.pm25
                };
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, pm25
                )
            });
    }
    #[automatically_derived]
    impl ::storage::__private::HasField<2, u32> for Reading {
        const NAME: &'static ::core::primitive::str = "hour";
        const PLACE: ::storage::__private::FieldPlace = ::storage::__private::FieldPlace::NONE
            .with_offset({
                let _: fn(
                    &<Self as ::storage::__private::rkyv::Archive>::Archived,
                ) -> *const <u32 as ::storage::__private::rkyv::Archive>::Archived = |
                    __archived|
                &raw const __archived.hour;
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, hour
                )
            });
    }
    #[automatically_derived]
    impl ::storage::__private::StoredRecord for Reading {
        type Key = (String, u32);
        type Codec = ::storage::__private::Rkyv;
        const SCHEMA: &'static ::storage::__private::RecordSchema = &::storage::__private::RecordSchema::new(
                "Reading",
                "readings",
                ::storage::__private::CodecId::Rkyv,
            )
            .with_key(&["station", "hour"], ::storage::__private::describe_key::<Self>)
            .with_fields(
                &[
                    ::storage::__private::field_schema::<Self, 0, String>(),
                    ::storage::__private::field_schema::<Self, 1, Option<f32>>(),
                    ::storage::__private::field_schema::<Self, 2, u32>(),
                ],
            );
        #[inline]
        fn encode_key(&self, __out: &mut ::storage::__private::KeyBuf) {
            ::storage::__private::encode_part::<
                String,
            >(&self.station, __out, ::storage::__private::Place::Inner);
            ::storage::__private::encode_part::<
                u32,
            >(&self.hour, __out, ::storage::__private::Place::Last);
        }
    }
};
const _: () = {
    /// The fields of `Reading`, to project, select and filter by.
    #[allow(
        dead_code,
        unreachable_pub,
        reason = "as visible as the struct, used at will"
    )]
    pub struct ReadingFields<__P> {
        /// The field `station`.
        station: ::storage::__private::Field<Reading, 0, String, __P>,
        /// The field `pm25`.
        pm25: ::storage::__private::Field<Reading, 1, Option<f32>, __P>,
        /// The field `hour`.
        hour: ::storage::__private::Field<Reading, 2, u32, __P>,
    }
    #[automatically_derived]
    impl<__P> ::core::clone::Clone for ReadingFields<__P> {
        fn clone(&self) -> Self {
            *self
        }
    }
    #[automatically_derived]
    impl<__P> ::core::marker::Copy for ReadingFields<__P> {}
    #[automatically_derived]
    impl<__P> ::core::fmt::Debug for ReadingFields<__P> {
        fn fmt(
            &self,
            __formatter: &mut ::core::fmt::Formatter<'_>,
        ) -> ::core::fmt::Result {
            ::core::fmt::Formatter::write_str(__formatter, "ReadingFields")
        }
    }
    #[automatically_derived]
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for Reading {
        type Fields = ReadingFields<__P>;
        const FIELDS: &'static ReadingFields<__P> = &ReadingFields {
            station: ::storage::__private::Field::HANDLE,
            pm25: ::storage::__private::Field::HANDLE,
            hour: ::storage::__private::Field::HANDLE,
        };
    }
};
const _: () = {
    #[automatically_derived]
    impl ::storage::__private::IndexSet for Reading {
        type Indexes = ();
        const INDEXES: () = ();
        const INDEXERS: &'static [::storage::__private::Indexer<Self>] = &[];
    }
};
