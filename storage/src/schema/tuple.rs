//! Tuples: how many parts they may have.

/// Calls `$each!` with the parts of every tuple, the last one apart. The only list of them, and where they end.
///
/// A part is `[K Q i]`: its type, another type for it, and its index.
macro_rules! for_each_tuple {
    ($each:ident) => {
        for_each_tuple! {
            $each [] [A QA 0] [B QB 1] [C QC 2] [D QD 3] [E QE 4] [F QF 5]
            [G QG 6] [H QH 7] [I QI 8] [J QJ 9] [K QK 10] [L QL 11]
        }
    };
    ($each:ident [$($leading:tt)*] $last:tt $($more:tt)*) => {
        $each! { [$($leading)*] $last }
        for_each_tuple! { $each [$($leading)* $last] $($more)* }
    };
    ($each:ident $parts:tt) => {};
}
pub(crate) use for_each_tuple;
