#[derive(Debug)]
pub struct StationId(u32);
#[derive(Debug)]
pub struct Slot {
    station: StationId,
    hour: u32,
}
#[derive(Debug)]
pub enum Pollutant {
    Pm25,
    r#Pm10,
    No2 = 7,
}
#[derive(Debug)]
pub enum Sender {
    Nobody,
    Short(u16),
    Named { site: String, r#number: u32 },
}

const _: () = {
    use ::storage::__private as __storage;
    struct __Encoding;
    #[automatically_derived]
    impl __storage::Encoding for __Encoding {
        type Key = u32;
    }
    #[automatically_derived]
    impl __storage::Lookup<Self> for StationId {
        #[inline]
        fn encode(&self, __out: &mut __storage::KeyBuf, __place: __storage::Place) {
            __storage::encode_as::<__Encoding>(&self.0, __out, __place);
        }
    }
    #[automatically_derived]
    impl __storage::Key for StationId {
        type Ref<'__a> = Self;
        const WIDTH: ::core::option::Option<::core::primitive::usize> = __storage::width_as::<
            __Encoding,
        >();
        fn describe() -> __storage::Shape {
            __storage::describe_as::<__Encoding>()
        }
        #[inline]
        fn decode(
            __input: &mut __storage::KeyReader<'_>,
            __place: __storage::Place,
        ) -> ::core::result::Result<Self, __storage::KeyError> {
            let __0 = __storage::decode_as::<__Encoding>(__input, __place)?;
            ::core::result::Result::Ok(Self { 0: __0 })
        }
        #[inline]
        fn from_ref(__borrowed: Self) -> Self {
            __borrowed
        }
    }
    #[automatically_derived]
    impl __storage::Indexed for StationId {
        type Key = Self;
        fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
            __each(self);
        }
    }
    #[automatically_derived]
    impl __storage::IndexedElement for StationId {}
};
const _: () = {
    use ::storage::__private as __storage;
    struct __Encoding;
    #[automatically_derived]
    impl __storage::Encoding for __Encoding {
        type Key = (StationId, u32);
    }
    #[automatically_derived]
    impl __storage::Lookup<Self> for Slot {
        #[inline]
        fn encode(&self, __out: &mut __storage::KeyBuf, __place: __storage::Place) {
            __storage::encode_part::<
                StationId,
            >(&self.station, __out, __storage::Place::Inner);
            __storage::encode_part::<u32>(&self.hour, __out, __place);
        }
    }
    #[automatically_derived]
    impl __storage::Key for Slot {
        type Ref<'__a> = Self;
        const WIDTH: ::core::option::Option<::core::primitive::usize> = __storage::width_as::<
            __Encoding,
        >();
        fn describe() -> __storage::Shape {
            __storage::describe_as::<__Encoding>()
        }
        #[inline]
        fn decode(
            __input: &mut __storage::KeyReader<'_>,
            __place: __storage::Place,
        ) -> ::core::result::Result<Self, __storage::KeyError> {
            let (__0, __1) = __storage::decode_as::<__Encoding>(__input, __place)?;
            ::core::result::Result::Ok(Self { station: __0, hour: __1 })
        }
        #[inline]
        fn from_ref(__borrowed: Self) -> Self {
            __borrowed
        }
    }
    #[automatically_derived]
    impl __storage::Indexed for Slot {
        type Key = Self;
        fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
            __each(self);
        }
    }
    #[automatically_derived]
    impl __storage::IndexedElement for Slot {}
};
const _: () = {
    use ::storage::__private as __storage;
    struct __Encoding;
    #[automatically_derived]
    impl __storage::Encoding for __Encoding {
        type Key = ::core::primitive::u8;
    }
    #[automatically_derived]
    impl __storage::Lookup<Self> for Pollutant {
        #[inline]
        fn encode(&self, __out: &mut __storage::KeyBuf, __place: __storage::Place) {
            let __ordinal = match self {
                Self::Pm25 => 0,
                Self::r#Pm10 => 1,
                Self::No2 => 2,
            };
            __storage::encode_as::<__Encoding>(&__ordinal, __out, __place);
        }
    }
    #[automatically_derived]
    impl __storage::Key for Pollutant {
        type Ref<'__a> = Self;
        const WIDTH: ::core::option::Option<::core::primitive::usize> = __storage::width_as::<
            __Encoding,
        >();
        fn describe() -> __storage::Shape {
            __storage::choice_shape(&[("Pm25", &[]), ("Pm10", &[]), ("No2", &[])])
        }
        #[inline]
        fn decode(
            __input: &mut __storage::KeyReader<'_>,
            __place: __storage::Place,
        ) -> ::core::result::Result<Self, __storage::KeyError> {
            match __storage::decode_as::<__Encoding>(__input, __place)? {
                0 => ::core::result::Result::Ok(Self::Pm25),
                1 => ::core::result::Result::Ok(Self::r#Pm10),
                2 => ::core::result::Result::Ok(Self::No2),
                _ => {
                    ::core::result::Result::Err(__storage::KeyError::Invalid {
                        expected: "Pollutant",
                    })
                }
            }
        }
        #[inline]
        fn from_ref(__borrowed: Self) -> Self {
            __borrowed
        }
    }
    #[automatically_derived]
    impl __storage::Indexed for Pollutant {
        type Key = Self;
        fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
            __each(self);
        }
    }
    #[automatically_derived]
    impl __storage::IndexedElement for Pollutant {}
};
const _: () = {
    use ::storage::__private as __storage;
    struct __Encoding;
    #[automatically_derived]
    impl __storage::Encoding for __Encoding {
        type Key = ::core::primitive::u8;
    }
    #[automatically_derived]
    impl __storage::Lookup<Self> for Sender {
        #[inline]
        fn encode(&self, __out: &mut __storage::KeyBuf, __place: __storage::Place) {
            match self {
                Self::Nobody {} => {
                    __storage::encode_as::<
                        __Encoding,
                    >(&0, __out, __storage::Place::Inner);
                }
                Self::Short { 0: __0 } => {
                    __storage::encode_as::<
                        __Encoding,
                    >(&1, __out, __storage::Place::Inner);
                    __storage::encode_part::<u16>(__0, __out, __place);
                }
                Self::Named { site: __0, r#number: __1 } => {
                    __storage::encode_as::<
                        __Encoding,
                    >(&2, __out, __storage::Place::Inner);
                    __storage::encode_part::<
                        String,
                    >(__0, __out, __storage::Place::Inner);
                    __storage::encode_part::<u32>(__1, __out, __place);
                }
            }
        }
    }
    #[automatically_derived]
    impl __storage::Key for Sender {
        type Ref<'__a> = Self;
        const WIDTH: ::core::option::Option<::core::primitive::usize> = __storage::no_width::<
            __Encoding,
        >();
        fn describe() -> __storage::Shape {
            __storage::choice_shape(
                &[
                    ("Nobody", &[]),
                    ("Short", &[__storage::describe_part::<u16>]),
                    (
                        "Named",
                        &[
                            __storage::describe_part::<String>,
                            __storage::describe_part::<u32>,
                        ],
                    ),
                ],
            )
        }
        #[inline]
        fn decode(
            __input: &mut __storage::KeyReader<'_>,
            __place: __storage::Place,
        ) -> ::core::result::Result<Self, __storage::KeyError> {
            match __storage::decode_as::<__Encoding>(__input, __storage::Place::Inner)? {
                0 => ::core::result::Result::Ok(Self::Nobody),
                1 => {
                    ::core::result::Result::Ok(Self::Short {
                        0: __storage::decode_part::<u16>(__input, __place)?,
                    })
                }
                2 => {
                    ::core::result::Result::Ok(Self::Named {
                        site: __storage::decode_part::<
                            String,
                        >(__input, __storage::Place::Inner)?,
                        r#number: __storage::decode_part::<u32>(__input, __place)?,
                    })
                }
                _ => {
                    ::core::result::Result::Err(__storage::KeyError::Invalid {
                        expected: "Sender",
                    })
                }
            }
        }
        #[inline]
        fn from_ref(__borrowed: Self) -> Self {
            __borrowed
        }
    }
    #[automatically_derived]
    impl __storage::Indexed for Sender {
        type Key = Self;
        fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
            __each(self);
        }
    }
    #[automatically_derived]
    impl __storage::IndexedElement for Sender {}
};
