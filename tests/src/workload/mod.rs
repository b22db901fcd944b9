//! What a program does with a store, and what must be there afterwards.
//!
//! A [`Script`] is made of a seed: steps of every kind, and the [`State`] after each, without a store. A [`Program`]
//! does the steps on a store. [`Trial::examine`] looks at what a crash has left of it, and says what is wrong.

mod defect;
mod growth;
mod member;
mod program;
mod record;
mod row;
mod script;
mod state;
mod trial;

pub use self::{
    defect::Defect,
    growth::{Growth, Member, Release},
    program::{Handles, Program, STORE, Stopped, backup_path},
    row::{Change, Row, Side},
    script::{Script, Step},
    state::State,
    trial::{Trial, message},
};
