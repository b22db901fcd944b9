//! What flatc 25.12.19 made of `fbs/`; `README.md` has the command. Not edited by hand.

/// `fbs/monster.fbs`.
#[rustfmt::skip]
pub mod monster;
/// `fbs/google/monster_test.fbs`.
#[rustfmt::skip]
pub mod monster_test;
