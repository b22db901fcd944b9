//! The disk fails at any call: never a panic, never wrong data, and an error that says the way out.
//!
//! A program is run once for each call that it makes to the disk, and that call fails: in seven ways. What it is told
//! must name the file or the table and the way out. Then the disk is healed and the store re-opened: it is as it was
//! acknowledged, or, if the outcome of a commit was said to be unknown, as that commit leaves it; it goes on through
//! the handles that the program had; and what was not finished is in nobody's way.
//!
//! `STORAGE_FAULTS=20 cargo test --release -p tests --test io_faults -- --nocapture` runs 20 programs in each way
//! instead of one, and `STORAGE_SEED=7` begins with another. What fails is printed with the seed and the
//! call that repeat it.

mod campaign;
mod every_call;
mod found_out;
mod held;
mod together;
