//! What the derive writes down of the attributes that speak of the past of fields and variants: constants.

use super::{Hints, Past};

/// What the attributes on a field or a variant say of its past.
#[derive(Clone, Copy, Debug)]
pub struct MemberPast {
    variant: Option<&'static str>,
    name: &'static str,
    was: &'static [&'static str],
    default: Option<fn() -> Option<Vec<u8>>>,
    is_revived: bool,
}

impl Hints {
    /// The same hints and those of the type `name`: it had the names `was`, if it is a record, and fields of the names
    /// `removed`.
    pub(super) fn and(
        mut self,
        name: &str,
        was: &[&str],
        removed: &[&str],
        members: &[MemberPast],
    ) -> Self {
        self = self.record_was(was.iter().copied()).removed(name, removed.iter().copied());
        for member in members {
            let owner = match member.variant {
                None => name.to_owned(),
                Some(variant) => format!("{name}::{variant}"),
            };
            if member.is_revived {
                self = self.revived(&owner, member.name);
            }
            if member.was.is_empty() && member.default.is_none() {
                continue;
            }
            let past = Past {
                was: member.was.iter().map(|&was| was.to_owned()).collect(),
                default: member.default.and_then(|default| default()),
            };
            self = self.member(&owner, member.name, past);
        }
        self
    }
}

impl MemberPast {
    /// Of the field or variant `name`, which had the names `was`.
    #[must_use]
    pub const fn new(name: &'static str, was: &'static [&'static str]) -> Self {
        Self { variant: None, name, was, default: None, is_revived: false }
    }

    /// The same as a field of `variant`.
    #[must_use]
    pub const fn in_variant(mut self, variant: &'static str) -> Self {
        self.variant = Some(variant);
        self
    }

    /// The same with the function that encodes the value which it has where a file has none; it returns nothing if
    /// that cannot be encoded.
    #[must_use]
    pub const fn with_default(mut self, default: fn() -> Option<Vec<u8>>) -> Self {
        self.default = Some(default);
        self
    }

    /// The same of a field that takes the values it had before it was removed.
    #[must_use]
    pub const fn revived(mut self) -> Self {
        self.is_revived = true;
        self
    }
}
