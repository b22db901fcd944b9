use rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
struct Reading {
    station: String,
    pm25: Option<f32>,
    hour: u32,
}

const _: () = {
    #[allow(unused_imports, reason = "the type can be archived, or not")]
    use ::storage::__private::NotArchived as _;
    #[automatically_derived]
    impl ::storage::__private::StoredType for Reading {
        #[inline]
        fn shape(
            __shapes: &mut ::storage::__private::Shapes,
        ) -> ::storage::__private::Shape {
            ::storage::__private::struct_shape::<
                Self,
            >(
                __shapes,
                "Reading",
                <Self as ::storage::__private::FieldList>::LIST,
                ::storage::__private::ArchivedOf::<Self>::LAYOUT,
            )
        }
    }
    #[automatically_derived]
    impl ::storage::__private::WholeField for Reading {}
    #[automatically_derived]
    impl ::storage::__private::FieldList for Reading {
        const LIST: &'static [::storage::__private::FieldSchema] = &[
            ::storage::__private::rkyv_field::<
                String,
            >(
                "station",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, station
                ),
            ),
            ::storage::__private::rkyv_field::<
                Option<f32>,
            >(
                "pm25",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, pm25
                ),
            ),
            ::storage::__private::rkyv_field::<
                u32,
            >(
                "hour",
                ::core::mem::offset_of!(
                    < Self as ::storage::__private::rkyv::Archive > ::Archived, hour
                ),
            ),
        ];
    }
    impl ::storage::__private::HasField<0, String> for Reading {}
    impl ::storage::__private::HasField<1, Option<f32>> for Reading {}
    impl ::storage::__private::HasField<2, u32> for Reading {}
    fn __proof(__archived: &<Reading as ::storage::__private::rkyv::Archive>::Archived) {
        let _: *const <String as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .station;
        let _: *const <Option<f32> as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .pm25;
        let _: *const <u32 as ::storage::__private::rkyv::Archive>::Archived = &raw const __archived
            .hour;
    }
    #[automatically_derived]
    impl<'__a> ::storage::__private::EqFields<'__a> for Reading
    where
        (&'__a String, &'__a Option<f32>, &'__a u32): ::core::cmp::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> ::core::primitive::bool {
            (&self.station, &self.pm25, &self.hour)
                == (&__other.station, &__other.pm25, &__other.hour)
        }
    }
    #[automatically_derived]
    impl ::storage::__private::IndexSet for Reading {
        type Indexes = ();
    }
    #[automatically_derived]
    impl ::storage::__private::StoredRecord for Reading {
        type Key = (String, u32);
        type Codec = ::storage::__private::Rkyv;
        const SCHEMA: &'static ::storage::__private::RecordSchema = &::storage::__private::record_schema::<
            Self,
        >(
            "Reading",
            "readings",
            ::storage::__private::CodecId::Rkyv,
            &["station", "hour"],
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
        missing_copy_implementations,
        missing_debug_implementations,
        unreachable_pub,
        reason = "as visible as the struct, used at will, and by reference"
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
    impl<__P: 'static> ::storage::__private::FieldSet<__P> for Reading {
        type Fields = ReadingFields<__P>;
        const FIELDS: &'static ReadingFields<__P> = &ReadingFields {
            station: ::storage::__private::Field::HANDLE,
            pm25: ::storage::__private::Field::HANDLE,
            hour: ::storage::__private::Field::HANDLE,
        };
    }
};
