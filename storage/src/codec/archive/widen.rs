//! Numbers that become wider ones: every value of the old type is one of the new.

use crate::schema::Scalar;

/// Whether every value of the old type is one of the new, which is another.
pub(super) fn widens(old: Scalar, new: Scalar) -> bool {
    let is_wider = old.width() < new.width();
    match (old, new) {
        (Scalar::F32, Scalar::F64) => true,
        (
            Scalar::U8 | Scalar::U16 | Scalar::U32 | Scalar::U64,
            Scalar::U16 | Scalar::U32 | Scalar::U64 | Scalar::U128,
        )
        | (
            Scalar::U8
            | Scalar::U16
            | Scalar::U32
            | Scalar::U64
            | Scalar::I8
            | Scalar::I16
            | Scalar::I32
            | Scalar::I64,
            Scalar::I16 | Scalar::I32 | Scalar::I64 | Scalar::I128,
        ) => is_wider,
        _ => false,
    }
}

/// The bits of a number as those of a wider one.
pub(super) fn widened(raw: u128, old: Scalar, new: Scalar) -> u128 {
    match (old, new) {
        (Scalar::F32, Scalar::F64) => {
            let bits = u32::try_from(raw).unwrap_or_default();
            f64::from(f32::from_bits(bits)).to_bits().into()
        }
        (Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::I64, _) => {
            let bits = u32::try_from(old.width()).unwrap_or(16).saturating_mul(8);
            let spare = u128::BITS.saturating_sub(bits);
            raw.wrapping_shl(spare).cast_signed().wrapping_shr(spare).cast_unsigned()
        }
        _ => raw,
    }
}
