//! A program whose records mean something else than before reads the rows of their older types as records of today,
//! by every verb, and rewrites none of them unless it writes them.

mod carried;
mod indexed;
mod pasted;
mod refused;
mod releases;
mod verbs;
