//! Enums with data: the variant first, then its fields.

use super::{Keys, ascending};
use proptest::{prelude::*, sample::select};
use std::cmp::Ordering;
use storage::key::{decode, describe, encode};

/// An enum with data, which the standard library orders.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, storage::StoredKey)]
pub(crate) enum Sender {
    Nobody,
    Short(u16),
    Named { site: String, number: i8 },
    Empty(),
    Long([u8; 3], Vec<u8>),
    Relayed(Relay),
    Unknown {},
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, storage::StoredKey)]
pub(crate) enum Relay {
    Text(String),
    Bytes(Option<Vec<u8>>),
}

impl Keys for Sender {
    fn order(&self, other: &Self) -> Ordering {
        self.cmp(other)
    }

    fn any() -> BoxedStrategy<Self> {
        prop_oneof![
            select(vec![Self::Nobody, Self::Empty(), Self::Unknown {}]),
            u16::any().prop_map(Self::Short),
            (String::any(), i8::any()).prop_map(|(site, number)| Self::Named { site, number }),
            (<[u8; 3]>::any(), <Vec<u8>>::any()).prop_map(|(head, rest)| Self::Long(head, rest)),
            String::any().prop_map(|text| Self::Relayed(Relay::Text(text))),
            <Option<Vec<u8>>>::any().prop_map(|bytes| Self::Relayed(Relay::Bytes(bytes))),
        ]
        .boxed()
    }
}

#[test]
fn enums_in_order() {
    let named = |site: &str, number| Sender::Named { site: site.to_owned(), number };
    let text = |text: &str| Sender::Relayed(Relay::Text(text.to_owned()));
    let bytes = |bytes: Option<&[u8]>| Sender::Relayed(Relay::Bytes(bytes.map(<[u8]>::to_vec)));
    ascending(&[
        Sender::Nobody,
        Sender::Short(0),
        Sender::Short(u16::MAX),
        named("", 127),
        named("a", -128),
        named("a", 0),
        named("a\0", -128),
        Sender::Empty(),
        Sender::Long([0; 3], vec![0xFF]),
        Sender::Long([0, 0, 1], vec![]),
        text(""),
        text("\u{10FFFF}"),
        bytes(None),
        bytes(Some(b"")),
        bytes(Some(b"\0")),
        Sender::Unknown {},
    ]);
    let shape = "enum(Nobody, Short(u16), Named(string, i8), Empty, Long([u8; 3], bytes), \
                 Relayed(enum(Text(string), Bytes(option<bytes>))), Unknown)";
    assert_eq!(describe::<Sender>(), shape);
    assert_eq!(*encode::<Sender>(&Sender::Short(0x0102)), [1, 1, 2]);
    assert_eq!(*encode::<Sender>(&named("a", -128)), [2, b'a', 0, 0, 0]);
    for bad in [&[7][..], &[], &[1, 1], &[1, 1, 2, 3], &[0, 0], &[5, 2], &[2, b'a', 0]] {
        decode::<Sender>(bad).unwrap_err();
    }
}
