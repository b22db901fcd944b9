//! Internet addresses, version 4 before version 6.
//!
//! ```text
//! Ipv4Addr   the octets                                  4 bytes
//! Ipv6Addr   the octets                                  16 bytes
//! IpAddr     04 ‖ octets of version 4, 06 ‖ octets of version 6
//! ```

use super::{Key, KeyBuf, KeyReader, Lookup, Place, integer::fixed_width};
use crate::{
    error::KeyError,
    schema::{Shape, Standard},
};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

const V4: u8 = 4;
const V6: u8 = 6;

fixed_width! {
    Ipv4Addr, Shape::Standard(Standard::Ipv4), |v| v.octets(), |b| Ok(Ipv4Addr::from(b));
    Ipv6Addr, Shape::Standard(Standard::Ipv6), |v| v.octets(), |b| Ok(Ipv6Addr::from(b));
}

impl Lookup<IpAddr> for IpAddr {
    fn encode(&self, out: &mut KeyBuf, place: Place) {
        match self {
            Self::V4(address) => {
                out.push(V4);
                address.encode(out, place);
            }
            Self::V6(address) => {
                out.push(V6);
                address.encode(out, place);
            }
        }
    }
}

impl Key for IpAddr {
    type Ref<'a> = Self;
    const WIDTH: Option<usize> = None;

    fn describe() -> Shape {
        Shape::Standard(Standard::Ip)
    }

    fn decode(input: &mut KeyReader<'_>, place: Place) -> Result<Self, KeyError> {
        match input.take()? {
            [V4] => Ipv4Addr::decode(input, place).map(Self::V4),
            [V6] => Ipv6Addr::decode(input, place).map(Self::V6),
            _ => Err(KeyError::Invalid { expected: "ip" }),
        }
    }

    fn from_ref(borrowed: Self) -> Self {
        borrowed
    }
}
