use rkyv::{Archive, Deserialize, Serialize};
#[derive(Archive, Serialize, Deserialize)]
struct Reading {
    station: String,
    pm25: Option<f32>,
    hour: u32,
}

const _: () = {
    use ::storage::__private as __storage;
    #[automatically_derived]
    impl __storage::StoredType for Reading {
        #[inline]
        fn shape(__shapes: &mut __storage::Shapes) -> __storage::Shape {
            __storage::rkyv_shape::<Self, _>(__shapes, "Reading", __proof)
        }
    }
    #[automatically_derived]
    impl __storage::WholeField for Reading {}
    #[automatically_derived]
    impl __storage::FieldList for Reading {
        const LIST: &'static [__storage::FieldSchema] = &[
            __storage::rkyv_field::<
                String,
            >("station", __storage::offset_of!(__storage::Archived < Self >, station)),
            __storage::rkyv_field::<
                Option<f32>,
            >("pm25", __storage::offset_of!(__storage::Archived < Self >, pm25)),
            __storage::rkyv_field::<
                u32,
            >("hour", __storage::offset_of!(__storage::Archived < Self >, hour)),
        ];
    }
    impl __storage::HasField<0, String> for Reading {}
    impl __storage::HasField<1, Option<f32>> for Reading {}
    impl __storage::HasField<2, u32> for Reading {}
    fn __proof(__archived: &__storage::Archived<Reading>) {
        let _: (
            *const __storage::Archived<String>,
            *const __storage::Archived<Option<f32>>,
            *const __storage::Archived<u32>,
        ) = (
            &raw const __archived.station,
            &raw const __archived.pm25,
            &raw const __archived.hour,
        );
    }
    #[automatically_derived]
    impl<'__a> __storage::EqFields<'__a> for Reading
    where
        (&'__a String, &'__a Option<f32>, &'__a u32): __storage::PartialEq,
    {
        #[inline]
        fn eq_fields(&'__a self, __other: &'__a Self) -> __storage::bool {
            __storage::equal(
                (&self.station, &self.pm25, &self.hour),
                (&__other.station, &__other.pm25, &__other.hour),
            )
        }
    }
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
        station: __storage::Field<Reading, 0, String, __P>,
        /// The field `pm25`.
        pm25: __storage::Field<Reading, 1, Option<f32>, __P>,
        /// The field `hour`.
        hour: __storage::Field<Reading, 2, u32, __P>,
    }
    #[automatically_derived]
    impl<__P: 'static> __storage::FieldSet<__P> for Reading {
        type Fields = ReadingFields<__P>;
        const FIELDS: &'static ReadingFields<__P> = &ReadingFields {
            station: __storage::Field::HANDLE,
            pm25: __storage::Field::HANDLE,
            hour: __storage::Field::HANDLE,
        };
    }
    #[automatically_derived]
    impl __storage::IndexSet for Reading {
        type Indexes = ();
    }
    #[automatically_derived]
    impl __storage::StoredRecord for Reading {
        type Key = (String, u32);
        type Codec = __storage::Rkyv;
        const SCHEMA: &'static __storage::RecordSchema = &__storage::record_schema::<
            Self,
        >("Reading", "readings", __storage::CodecId::Rkyv, &["station", "hour"]);
        #[inline]
        fn encode_key(&self, __out: &mut __storage::KeyBuf) {
            __storage::encode_part::<
                String,
            >(&self.station, __out, __storage::Place::Inner);
            __storage::encode_part::<u32>(&self.hour, __out, __storage::Place::Last);
        }
    }
};
