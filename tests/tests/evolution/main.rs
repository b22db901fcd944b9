//! A program whose record has changed reads the rows that older releases wrote, by every verb, and rewrites none of
//! them unless it writes them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod catalog;
mod downgrade;
mod refused;
mod releases;
mod revived;
mod verbs;

use self::releases::{flat_new, flat_old, flat1, flat2, middle, new, old, v1, v2, v3};
