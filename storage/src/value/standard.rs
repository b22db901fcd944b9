//! Values of standard types, made of what they are stored as, and taken apart into it.

use super::{TimeValue, Value, pack::pack};
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

    /// What a value of the type `standard` is stored as, in the parts that [`of_standard`](Self::of_standard) takes;
    /// `None` if it is of another type.
    pub(crate) fn standard_parts(&self, standard: Standard) -> Option<Vec<Self>> {
        Some(match (standard, self) {
            (Standard::Text, Self::Text(_)) => vec![self.clone()],
            (Standard::Serde, value) => vec![Self::Bytes(pack(value)?)],
            (Standard::Uuid, Self::Uuid(bytes)) => vec![Self::Bytes(bytes.to_vec())],
            (Standard::Ipv4, Self::Ip(IpAddr::V4(ip))) => vec![Self::Bytes(ip.octets().to_vec())],
            (Standard::Ipv6, Self::Ip(IpAddr::V6(ip))) => vec![Self::Bytes(ip.octets().to_vec())],
            (Standard::Socketv4, Self::Socket(SocketAddr::V4(socket))) => {
                vec![Self::Ip((*socket.ip()).into()), unsigned(socket.port())]
            }
            (Standard::Socketv6, Self::Socket(SocketAddr::V6(socket))) => vec![
                Self::Ip((*socket.ip()).into()),
                unsigned(socket.port()),
                unsigned(socket.flowinfo()),
                unsigned(socket.scope_id()),
            ],
            (standard, Self::Time(time)) => time_parts(standard, time)?,
            _ => return None,
        })
    }
}

fn time_parts(standard: Standard, time: &TimeValue) -> Option<Vec<Value>> {
    Some(match (standard, time) {
        (Standard::Duration, TimeValue::Duration { seconds, nanos }) => {
            vec![unsigned(*seconds), unsigned(*nanos)]
        }
        (Standard::SignedDuration, TimeValue::SignedDuration { seconds, nanos }) => {
            vec![signed(*seconds), signed(*nanos)]
        }
        (Standard::Timestamp, TimeValue::Timestamp { seconds, nanos })
        | (Standard::Datetime, TimeValue::Datetime { seconds, nanos }) => {
            vec![signed(*seconds), unsigned(*nanos)]
        }
        (Standard::OffsetTimestamp, TimeValue::OffsetTimestamp { seconds, nanos, offset }) => {
            vec![signed(*seconds), unsigned(*nanos), signed(*offset)]
        }
        (Standard::Zoned, TimeValue::Zoned { seconds, nanos, zone }) => {
            let moment = TimeValue::Timestamp { seconds: *seconds, nanos: *nanos };
            vec![Value::Time(moment), Value::Text(zone.clone())]
        }
        (Standard::Date, TimeValue::Date { days }) => vec![signed(*days)],
        (Standard::Time, TimeValue::Time { seconds, nanos }) => {
            vec![unsigned(*seconds), unsigned(*nanos)]
        }
        (Standard::Offset, TimeValue::Offset { seconds }) => vec![signed(*seconds)],
        _ => return None,
    })
}

fn signed(number: impl Into<i128>) -> Value {
    Value::Signed(number.into())
}

fn unsigned(number: impl Into<u128>) -> Value {
    Value::Unsigned(number.into())
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
