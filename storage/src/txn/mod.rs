//! Transactions over several tables: a snapshot to read from, and a write that is whole or not at all.

mod migrate;
mod read;
mod watch;
mod write;

pub use self::{read::ReadTxn, write::WriteTxn};
