//! Writes the FlatBuffers schema of every record of a program, for programs in other languages.
//!
//! `cargo run -p examples --example fbs -- target/fbs`, then `flatc --python target/fbs/creature.fbs`.

use schemas::{
    matrix::{Creature, Everything},
    player::Player,
};
use std::{env, error::Error};
use storage::StoredRecord as _;

#[expect(clippy::print_stdout, reason = "it tells what it wrote")]
fn main() -> Result<(), Box<dyn Error>> {
    let folder = env::args().nth(1).unwrap_or_else(|| "target/fbs".to_owned());
    for path in
        storage::codec::write_fbs(folder, &[Creature::SCHEMA, Everything::SCHEMA, Player::SCHEMA])?
    {
        println!("{}", path.display());
    }
    Ok(())
}
