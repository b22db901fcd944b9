//! The power goes at any moment: what was acknowledged is there, whole, and the store goes on.
//!
//! A program is run once on a simulated disk that writes everything down. At every position of what was written, and
//! at many positions more than once, a power cut is simulated: of the changes that were not synced some survive, some
//! not, some in part. A third of what is left is cut again while the store recovers. Then the store is opened and
//! compared with the states that it may be in.
//!
//! `STORAGE_CUTS=250000 cargo test --release -p tests --test power_cuts -- --nocapture` is the long run, and
//! `STORAGE_SEED=7` begins with another seed. What fails is printed with the seed and the position that repeat it:
//! `STORAGE_SEED=7 STORAGE_POSITION=120` cuts there only, 200 times.

mod campaign;
mod found_out;
mod honest;
mod killed;
mod report;
mod together;
