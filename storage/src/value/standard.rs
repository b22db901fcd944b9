//! Values of standard types, made of what they are stored as.

use super::{TimeValue, Value};
use crate::schema::Standard;
use std::net::{IpAddr, SocketAddr, SocketAddrV4, SocketAddrV6};

impl Value {
    /// The value of the type `standard` that is stored as these parts; `None` if there is none.
    pub(crate) fn of_standard(standard: Standard, parts: Vec<Self>) -> Option<Self> {
        let mut parts = parts.into_iter();
        let mut next = || parts.next();
        Some(Self::Time(match standard {
            Standard::Duration => {
                TimeValue::Duration { seconds: whole(next()?)?, nanos: whole(next()?)? }
            }
            Standard::SignedDuration => {
                TimeValue::SignedDuration { seconds: whole(next()?)?, nanos: whole(next()?)? }
            }
            Standard::Timestamp => {
                TimeValue::Timestamp { seconds: whole(next()?)?, nanos: whole(next()?)? }
            }
            Standard::Datetime => {
                TimeValue::Datetime { seconds: whole(next()?)?, nanos: whole(next()?)? }
            }
            Standard::OffsetTimestamp => TimeValue::OffsetTimestamp {
                seconds: whole(next()?)?,
                nanos: whole(next()?)?,
                offset: whole(next()?)?,
            },
            Standard::Zoned => match (next()?, next()?) {
                (Self::Time(TimeValue::Timestamp { seconds, nanos }), Self::Text(zone)) => {
                    TimeValue::Zoned { seconds, nanos, zone }
                }
                _ => return None,
            },
            Standard::Date => TimeValue::Date { days: whole(next()?)? },
            Standard::Time => TimeValue::Time { seconds: whole(next()?)?, nanos: whole(next()?)? },
            Standard::Offset => TimeValue::Offset { seconds: whole(next()?)? },
            Standard::Ipv4 => return Some(Self::Ip(IpAddr::V4(octets::<4>(next()?)?.into()))),
            Standard::Ipv6 => return Some(Self::Ip(IpAddr::V6(octets::<16>(next()?)?.into()))),
            Standard::Uuid => return octets(next()?).map(Self::Uuid),
            // One of two, told apart before.
            Standard::Ip | Standard::Socket | Standard::Text => return next(),
            Standard::Socketv4 => {
                let (ip, port) = (next()?, whole(next()?)?);
                let Self::Ip(IpAddr::V4(ip)) = ip else { return None };
                return Some(Self::Socket(SocketAddr::V4(SocketAddrV4::new(ip, port))));
            }
            Standard::Socketv6 => {
                let (ip, port) = (next()?, whole(next()?)?);
                let Self::Ip(IpAddr::V6(ip)) = ip else { return None };
                let (flow, scope) = (whole(next()?)?, whole(next()?)?);
                return Some(Self::Socket(SocketAddrV6::new(ip, port, flow, scope).into()));
            }
            _ => return None,
        }))
    }
}

fn whole<T: TryFrom<i128> + TryFrom<u128>>(value: Value) -> Option<T> {
    match value {
        Value::Signed(number) => T::try_from(number).ok(),
        Value::Unsigned(number) => T::try_from(number).ok(),
        _ => None,
    }
}

fn octets<const N: usize>(value: Value) -> Option<[u8; N]> {
    match value {
        Value::Bytes(bytes) => bytes.try_into().ok(),
        _ => None,
    }
}
