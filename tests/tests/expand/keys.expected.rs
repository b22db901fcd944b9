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
    struct __Encoding;
    #[automatically_derived]
    impl ::storage::__private::Encoding for __Encoding {
        type Key = u32;
    }
    #[automatically_derived]
    impl ::storage::__private::Lookup<Self> for StationId {
        #[inline]
        fn encode(
            &self,
            __out: &mut ::storage::__private::KeyBuf,
            __place: ::storage::__private::Place,
        ) {
            ::storage::__private::encode_as::<__Encoding>(&self.0, __out, __place);
        }
    }
    #[automatically_derived]
    impl ::storage::__private::Key for StationId {
        type Ref<'__a> = Self;
        const WIDTH: ::core::option::Option<::core::primitive::usize> = ::storage::__private::width_as::<
            __Encoding,
        >();
        fn describe() -> ::storage::__private::Shape {
            ::storage::__private::describe_as::<__Encoding>()
        }
        #[inline]
        fn decode(
            __input: &mut ::storage::__private::KeyReader<'_>,
            __place: ::storage::__private::Place,
        ) -> ::core::result::Result<Self, ::storage::__private::KeyError> {
            let __0 = ::storage::__private::decode_as::<__Encoding>(__input, __place)?;
            ::core::result::Result::Ok(Self { 0: __0 })
        }
        #[inline]
        fn from_ref(__borrowed: Self) -> Self {
            __borrowed
        }
    }
    #[automatically_derived]
    impl ::storage::__private::Indexed for StationId {
        type Key = Self;
        fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
            __each(self);
        }
    }
    #[automatically_derived]
    impl ::storage::__private::IndexedElement for StationId {}
};
const _: () = {
    struct __Encoding;
    #[automatically_derived]
    impl ::storage::__private::Encoding for __Encoding {
        type Key = (StationId, u32);
    }
    #[automatically_derived]
    impl ::storage::__private::Lookup<Self> for Slot {
        #[inline]
        fn encode(
            &self,
            __out: &mut ::storage::__private::KeyBuf,
            __place: ::storage::__private::Place,
        ) {
            ::storage::__private::encode_part::<
                StationId,
            >(&self.station, __out, ::storage::__private::Place::Inner);
            ::storage::__private::encode_part::<u32>(&self.hour, __out, __place);
        }
    }
    #[automatically_derived]
    impl ::storage::__private::Key for Slot {
        type Ref<'__a> = Self;
        const WIDTH: ::core::option::Option<::core::primitive::usize> = ::storage::__private::width_as::<
            __Encoding,
        >();
        fn describe() -> ::storage::__private::Shape {
            ::storage::__private::describe_as::<__Encoding>()
        }
        #[inline]
        fn decode(
            __input: &mut ::storage::__private::KeyReader<'_>,
            __place: ::storage::__private::Place,
        ) -> ::core::result::Result<Self, ::storage::__private::KeyError> {
            let (__0, __1) = ::storage::__private::decode_as::<
                __Encoding,
            >(__input, __place)?;
            ::core::result::Result::Ok(Self { station: __0, hour: __1 })
        }
        #[inline]
        fn from_ref(__borrowed: Self) -> Self {
            __borrowed
        }
    }
    #[automatically_derived]
    impl ::storage::__private::Indexed for Slot {
        type Key = Self;
        fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
            __each(self);
        }
    }
    #[automatically_derived]
    impl ::storage::__private::IndexedElement for Slot {}
};
const _: () = {
    struct __Encoding;
    #[automatically_derived]
    impl ::storage::__private::Encoding for __Encoding {
        type Key = ::core::primitive::u8;
    }
    #[automatically_derived]
    impl ::storage::__private::Lookup<Self> for Pollutant {
        #[inline]
        fn encode(
            &self,
            __out: &mut ::storage::__private::KeyBuf,
            __place: ::storage::__private::Place,
        ) {
            let __ordinal = match self {
                Self::Pm25 => 0,
                Self::r#Pm10 => 1,
                Self::No2 => 2,
            };
            ::storage::__private::encode_as::<__Encoding>(&__ordinal, __out, __place);
        }
    }
    #[automatically_derived]
    impl ::storage::__private::Key for Pollutant {
        type Ref<'__a> = Self;
        const WIDTH: ::core::option::Option<::core::primitive::usize> = ::storage::__private::width_as::<
            __Encoding,
        >();
        fn describe() -> ::storage::__private::Shape {
            ::storage::__private::choice_shape(
                &[("Pm25", &[]), ("Pm10", &[]), ("No2", &[])],
            )
        }
        #[inline]
        fn decode(
            __input: &mut ::storage::__private::KeyReader<'_>,
            __place: ::storage::__private::Place,
        ) -> ::core::result::Result<Self, ::storage::__private::KeyError> {
            match ::storage::__private::decode_as::<__Encoding>(__input, __place)? {
                0 => ::core::result::Result::Ok(Self::Pm25),
                1 => ::core::result::Result::Ok(Self::r#Pm10),
                2 => ::core::result::Result::Ok(Self::No2),
                _ => {
                    ::core::result::Result::Err(::storage::__private::KeyError::Invalid {
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
    impl ::storage::__private::Indexed for Pollutant {
        type Key = Self;
        fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
            __each(self);
        }
    }
    #[automatically_derived]
    impl ::storage::__private::IndexedElement for Pollutant {}
};
const _: () = {
    struct __Encoding;
    #[automatically_derived]
    impl ::storage::__private::Encoding for __Encoding {
        type Key = ::core::primitive::u8;
    }
    #[automatically_derived]
    impl ::storage::__private::Lookup<Self> for Sender {
        #[inline]
        fn encode(
            &self,
            __out: &mut ::storage::__private::KeyBuf,
            __place: ::storage::__private::Place,
        ) {
            match self {
                Self::Nobody {} => {
                    ::storage::__private::encode_as::<
                        __Encoding,
                    >(&0, __out, ::storage::__private::Place::Inner);
                }
                Self::Short { 0: __0 } => {
                    ::storage::__private::encode_as::<
                        __Encoding,
                    >(&1, __out, ::storage::__private::Place::Inner);
                    ::storage::__private::encode_part::<u16>(__0, __out, __place);
                }
                Self::Named { site: __0, r#number: __1 } => {
                    ::storage::__private::encode_as::<
                        __Encoding,
                    >(&2, __out, ::storage::__private::Place::Inner);
                    ::storage::__private::encode_part::<
                        String,
                    >(__0, __out, ::storage::__private::Place::Inner);
                    ::storage::__private::encode_part::<u32>(__1, __out, __place);
                }
            }
        }
    }
    #[automatically_derived]
    impl ::storage::__private::Key for Sender {
        type Ref<'__a> = Self;
        const WIDTH: ::core::option::Option<::core::primitive::usize> = ::storage::__private::no_width::<
            __Encoding,
        >();
        fn describe() -> ::storage::__private::Shape {
            ::storage::__private::choice_shape(
                &[
                    ("Nobody", &[]),
                    ("Short", &[::storage::__private::describe_part::<u16>]),
                    (
                        "Named",
                        &[
                            ::storage::__private::describe_part::<String>,
                            ::storage::__private::describe_part::<u32>,
                        ],
                    ),
                ],
            )
        }
        #[inline]
        fn decode(
            __input: &mut ::storage::__private::KeyReader<'_>,
            __place: ::storage::__private::Place,
        ) -> ::core::result::Result<Self, ::storage::__private::KeyError> {
            match ::storage::__private::decode_as::<
                __Encoding,
            >(__input, ::storage::__private::Place::Inner)? {
                0 => ::core::result::Result::Ok(Self::Nobody),
                1 => {
                    ::core::result::Result::Ok(Self::Short {
                        0: ::storage::__private::decode_part::<u16>(__input, __place)?,
                    })
                }
                2 => {
                    ::core::result::Result::Ok(Self::Named {
                        site: ::storage::__private::decode_part::<
                            String,
                        >(__input, ::storage::__private::Place::Inner)?,
                        r#number: ::storage::__private::decode_part::<
                            u32,
                        >(__input, __place)?,
                    })
                }
                _ => {
                    ::core::result::Result::Err(::storage::__private::KeyError::Invalid {
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
    impl ::storage::__private::Indexed for Sender {
        type Key = Self;
        fn for_each_key(&self, __each: &mut dyn ::core::ops::FnMut(&Self)) {
            __each(self);
        }
    }
    #[automatically_derived]
    impl ::storage::__private::IndexedElement for Sender {}
};
