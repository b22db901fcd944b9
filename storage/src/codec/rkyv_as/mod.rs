//! Fields that are archived in another form than their type has: the adapters of `#[rkyv(with = ...)]`.

mod converted;
#[cfg(feature = "serde")]
mod serde;
mod stored;
mod text;
mod tried;

pub use self::{
    converted::RkyvConversion,
    stored::{Adapted, AsStored},
    tried::{is_restored, is_written},
};
