//! What flatc 25.12.19 made of `fbs/`; `README.md` has the command. Not edited by hand.

/// `fbs/creature.fbs`.
#[rustfmt::skip]
pub mod creature;
/// `fbs/everything.fbs`.
#[rustfmt::skip]
pub mod everything;
/// `fbs/monster.fbs`.
#[rustfmt::skip]
pub mod monster;
/// `fbs/google/monster_test.fbs`.
#[rustfmt::skip]
pub mod monster_test;
/// `fbs/player.fbs`.
#[rustfmt::skip]
pub mod player;
