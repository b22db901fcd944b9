//! Numbers as wide as the machine: 64 bits, so that a file means the same on every machine.
//!
//! ```text
//! usize, isize   as u64, i64
//! ```

use super::{Key, KeyBuf, KeyReader, Lookup, Place, kept_as::kept_as};
use crate::{
    error::KeyError,
    invariant::Invariant as _,
    schema::{Scalar, Shape},
};

const FITS: &str = "no machine has words of more than 64 bits";

kept_as! {
    usize, "usize", Shape::Scalar(Scalar::U64), u64, |v| u64::try_from(v).invariant(FITS), |v| v.try_into().ok();
    isize, "isize", Shape::Scalar(Scalar::I64), i64, |v| i64::try_from(v).invariant(FITS), |v| v.try_into().ok();
}
