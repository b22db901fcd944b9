//! Numbers as wide as the machine: 64 bits, so that a file means the same on every machine.
//!
//! ```text
//! usize, isize                     as u64, i64
//! NonZero<usize>, NonZero<isize>   the same, without the bytes of zero
//! ```

use super::{Key, KeyBuf, KeyReader, Lookup, Place, kept_as::kept_as};
use crate::{
    error::KeyError,
    invariant::Invariant as _,
    schema::{Scalar, Shape},
};
use std::num::NonZero;

const FITS: &str = "no machine has words of more than 64 bits";

kept_as! {
    usize, "usize", Shape::Scalar(Scalar::U64), u64, |v| u64::try_from(v).invariant(FITS), |v| v.try_into().ok();
    isize, "isize", Shape::Scalar(Scalar::I64), i64, |v| i64::try_from(v).invariant(FITS), |v| v.try_into().ok();
    NonZero<usize>, "nonzero<usize>", Shape::NonZero(Scalar::U64), u64,
        |v| u64::try_from(v.get()).invariant(FITS), |v| v.try_into().ok().and_then(NonZero::new);
    NonZero<isize>, "nonzero<isize>", Shape::NonZero(Scalar::I64), i64,
        |v| i64::try_from(v.get()).invariant(FITS), |v| v.try_into().ok().and_then(NonZero::new);
}
